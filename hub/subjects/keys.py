"""Blind indexes of subjects: keyed hashes by which they are found without their identifiers being read."""

from __future__ import annotations

from hub.core.keyring import KeyRing
from hub.subjects.units import plain_name


def citizen_key(keyring: KeyRing, number: str) -> bytes:
    """Of a resident identity number (GB 11643)."""
    return keyring.digest(number, purpose="citizen-id")


def code_key(keyring: KeyRing, uscc: str) -> bytes:
    """Of a unified social credit code (GB 32100)."""
    return keyring.digest(uscc, purpose="uscc")


def name_key(keyring: KeyRing, name: str) -> bytes:
    """Of a name, white space and the width of brackets aside."""
    return keyring.digest(plain_name(name), purpose="subject-name")
