"""The way out in rows: lists of the hub's own for systems that keep them too, and their answer to each row."""
