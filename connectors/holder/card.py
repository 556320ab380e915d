"""What each holder's interface says of itself, from its shape."""

from __future__ import annotations

from connectors.holder.shape import Shape
from hub.canonical.connector import Capability, Card


def card_of(shape: Shape) -> Card:
    return Card(
        name=shape.title,
        owner=shape.owner,
        contact=shape.contact,
        specification=f"{shape.specification} · {shape.name} · {shape.level}",
        capabilities=frozenset({Capability.PUSH}),
        zone=shape.zone,
    )
