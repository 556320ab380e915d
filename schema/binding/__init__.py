"""How GraphQL types are declared: once, each field bound to a column, a relation, an SQL expression or a Python function.

``declare`` holds the decorators and the register, ``fields`` the kinds of bindings, ``conditions`` filters and lookup
arguments, ``orders`` the orders a connection may be read in, ``codecs`` the two sides of every scalar, ``realise`` turns
declarations into Strawberry types. Only this package and ``schema.planner`` know SQLAlchemy.
"""
