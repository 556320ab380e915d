"""Credit repair of listings, driven by their courts."""
