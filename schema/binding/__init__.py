"""GraphQL types declared once and bound to columns, relations, SQL expressions or Python functions.

``declare`` and ``fields`` are the words of a declaration; ``realise`` makes the types; the planner reads the bindings.
"""
