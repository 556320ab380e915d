"""Persons and bodies that cases and listings are about."""
