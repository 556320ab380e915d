"""What a changed policy pack would move, before anybody adopts it."""
