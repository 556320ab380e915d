"""Double lists, joint meetings, tasks and coordination between government and courts."""
