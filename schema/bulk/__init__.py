"""Bulk exports over GraphQL: asked for, watched, cancelled; and the reading itself, through the planner."""
