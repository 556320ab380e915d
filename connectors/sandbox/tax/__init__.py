"""The tax authority's credit system, for trying it."""
