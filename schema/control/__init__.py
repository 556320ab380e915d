"""Asset controls at the edge."""
