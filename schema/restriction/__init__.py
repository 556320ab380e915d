"""Orders that restrict consumption, as courts told them."""
