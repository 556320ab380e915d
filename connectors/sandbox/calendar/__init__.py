"""A feed of working calendars that can be made to contradict itself."""
