"""What happened, for ever: a closed catalogue, written with the change."""
