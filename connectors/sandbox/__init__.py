"""Outside systems for trying things out: they speak the real protocol, and go wrong when asked to."""
