"""Lookouts at the edge."""
