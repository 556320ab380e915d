"""Objections to listings: put to the court or the credit office, each with its time."""
