"""Facts leaving the domain: an outbox row in the transaction of the change."""
