"""OAuth 2: authorization server, token validation, and the caller behind a token."""
