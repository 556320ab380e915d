"""A mail server and a gateway for text messages that keep what they were sent, or misbehave."""
