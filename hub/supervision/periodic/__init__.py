"""Periodic reports: what a jurisdiction reports every month or quarter, its numbers frozen at a cut-off."""
