"""C19: the national working calendar, as a feed over HTTP."""
