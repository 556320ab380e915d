"""A bank that takes lists into its loan system, acknowledges them or does not, and refuses what it cannot use."""
