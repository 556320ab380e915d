"""Checks of a subject before a department licenses, pays, tenders or awards (自动比对、自动拦截)."""
