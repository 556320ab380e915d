"""Listings of dishonest judgment debtors."""
