"""Lists told to banks: each what changed since the last time, in order, with an acknowledgement that is chased."""
