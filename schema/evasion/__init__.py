"""Clues to refusing or evading enforcement in the schema."""
