"""The registered parameters by subject. A default is what holds where the notices are silent, and says why."""
