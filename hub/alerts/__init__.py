"""Alerts of every slice: told once per target, recipient, kind, date and threshold."""
