"""The non-GraphQL edge: health, metrics, request log, security headers."""
