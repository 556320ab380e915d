"""Service addresses in the schema."""
