"""Data at rest: models, the session door, row security, the embedded server."""
