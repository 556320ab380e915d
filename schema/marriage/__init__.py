"""Marriage-information sharing in the schema."""
