"""What a caller may see and do: rules as data, one file per role."""
