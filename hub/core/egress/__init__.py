"""Requests that leave the hub: to addresses that may be reached, bounded in time and size, redirects not followed."""
