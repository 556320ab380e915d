"""Alerts become messages to liaisons: what is told to whom, when, over which channel, in which words."""
