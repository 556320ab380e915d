"""A finance department's budget system, for trying out."""
