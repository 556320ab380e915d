"""What the worker does by itself, once: a scheduled job, or a round with the links of a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hub.runtime import Runtime
from hub.schedule import jobs_of


def with_links(runtime: Runtime, links: Path) -> Runtime:
    """The same, with the links of another folder."""
    return replace(runtime, settings=runtime.settings.model_copy(update={"links": links}))


async def run_job(runtime: Runtime, name: str) -> int:
    """Run one of the scheduler's jobs; how much it did."""
    (job,) = (job for job in jobs_of(runtime) if job.name == name)
    async with runtime.sessions.system(name) as session:
        return await job.work(session)
