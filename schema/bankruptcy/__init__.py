"""Bankruptcy coordination and funds in the schema."""
