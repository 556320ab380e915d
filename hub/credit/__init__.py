"""Listings of dishonest judgment debtors as their courts tell them: a mirror, moved by courts alone."""
