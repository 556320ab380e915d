"""Jobs that run once per tick, whatever the number of workers."""
