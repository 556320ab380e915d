"""Jurisdictions, organisations, coordination bodies, members and liaisons over GraphQL."""
