"""The one engine under every workflow: change, audit entry and outbox event in one transaction."""
