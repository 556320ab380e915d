"""What counts as a purpose: words, not punctuation."""

from __future__ import annotations

from hub.core.errors import Reason
from hub.policy.pack import PolicyPack


def purpose_problems(text: str, pack: PolicyPack, path: tuple[str, ...]) -> tuple[Reason, ...]:
    """PURPOSE_INSUFFICIENT when the text has fewer distinct letters and digits than the policy asks for."""
    minimum = pack.number("inquiry.purpose_characters")
    enough = len({character for character in text if character.isalnum()}) >= minimum
    return () if enough else (Reason("PURPOSE_INSUFFICIENT", path, {"minimum": minimum}),)
