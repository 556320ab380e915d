"""C1: the case system of a court, behind a one-way gate; lists travel as files with manifests."""
