"""Cases as their courts tell them: a mirror, moved by courts alone."""
