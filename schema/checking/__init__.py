"""Checks of subjects before a department decides."""
