"""Execution queries at the edge."""
