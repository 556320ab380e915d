"""Jurisdictions, organisations, coordination bodies: members, liaisons."""
