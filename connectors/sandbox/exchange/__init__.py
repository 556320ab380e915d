"""An exchange platform: verifies signatures, lends keys that end, and may have a clock of its own."""
