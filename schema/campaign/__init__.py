"""Special enforcement campaigns through GraphQL."""
