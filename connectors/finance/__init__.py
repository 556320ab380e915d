"""The finance department's budget system (预算一体化)."""
