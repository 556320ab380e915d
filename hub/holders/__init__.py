"""Holders with a system: orders go there by the standing deliveries, answers come back, verified and applied."""
