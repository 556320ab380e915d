"""Policy packs and the working calendar over GraphQL."""
