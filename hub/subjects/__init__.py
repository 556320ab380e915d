"""Legal and natural persons that cases and listings are about."""
