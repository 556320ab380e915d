"""The audit log and the explanation of access over GraphQL."""
