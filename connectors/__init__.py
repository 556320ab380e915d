"""The outside world: one folder per system, seen from the hub only through ``hub.canonical.connector``."""
