"""The state machines of the linkage slice, as tables a lawyer could read."""
