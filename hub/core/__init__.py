"""Vocabulary of the platform. Standard library only, except ``keyring`` (cryptography)."""
