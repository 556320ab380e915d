"""What Python answers about several rows at once: files of bodies and persons, proofs that measures were lifted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hub.core.ids import encode_node_id
from hub.db import models
from tests.support.rows import Content
from tests.support.world import CITY, World

BODIES = ("county.police", "county.court", "neighbour.office")
FILE = "standing score grade awardRestrictedYears categories { category standing } entries { recordId title status }"
FIGURES = "livelihood administrativeOrgan enforcementEvasion cluesSent cluesReceived cluesReturned cluesFiled"
PROOF = "listingStatus endedBy complete residual clocks { dueOn } measures { id status receiptNumber implementer }"


def answered(world: World, content: Content) -> list[tuple[str, dict[str, Any]]]:
    """Queries with their variables, about rows of every county."""
    bodies = [world.organizations[key] for key in BODIES]
    persons = [row["id"] for row in content.of(models.IntegrityPerson)[1::3]]
    listings = [row["record_id"] for row in content.of(models.JointPunishmentMeasure)[::5]]
    return [
        _asked("integrityFile(organizationId: $%s) { organizationName " + FILE + " }", "OR", bodies),
        _asked(
            'personIntegrityFile(personId: $%s, purpose: "核实") { personNameMasked personPost ' + FILE + " }",
            "IP",
            persons,
        ),
        _asked("liftProof(recordId: $%s) { " + PROOF + " }", "DR", listings),
        (f'{{ executionLinkageFigures(jurisdictionCode: "{CITY}", year: 2026) {{ courtName {FIGURES} }} }}', {}),
    ]


def _asked(field: str, tag: str, keys: list[UUID]) -> tuple[str, dict[str, Any]]:
    names = [f"v{number}" for number in range(len(keys))]
    fields = " ".join(f"{name}: {field % name}" for name in names)
    declared = ", ".join(f"${name}: ID!" for name in names)
    variables = {name: encode_node_id(tag, key) for name, key in zip(names, keys, strict=True)}
    return f"query({declared}) {{ {fields} }}", variables
