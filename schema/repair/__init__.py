"""GraphQL of credit repair."""
