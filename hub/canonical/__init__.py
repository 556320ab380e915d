"""Data in motion: records and identifiers in the form the hub keeps them."""
