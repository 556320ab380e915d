"""How connectors stand, and which of their messages wait for a person."""
