"""Integrity of public bodies: clearing progress, records and files."""
