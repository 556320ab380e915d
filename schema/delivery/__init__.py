"""Webhooks over GraphQL: endpoints, their deliveries, and what their owners do with them."""
