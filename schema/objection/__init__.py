"""GraphQL of objections."""
