"""The demonstration world as one value: what the data files say, dated into one year.

The facts are those of the five notices in our own words; holders of posts are named by their post, telephone numbers
and USCCs are artificial.
"""

from __future__ import annotations

from dataclasses import dataclass

from hub.demo.clients import Client
from hub.demo.linkage import Coordination, DoubleList, Matter, Meeting
from hub.organizations.register.entries import Register


@dataclass(frozen=True, kw_only=True)
class DemoWorld(Register):
    """The register and the work of the data files, dated into ``year``, with every reference checked."""

    year: int
    clients: tuple[Client, ...]
    lists: tuple[DoubleList, ...]
    meetings: tuple[Meeting, ...]
    matters: tuple[Matter, ...]
    coordination_requests: tuple[Coordination, ...]
