"""Bulk exports: a paged query read to its end in the background, as the client that asked, into a file fetched once."""
