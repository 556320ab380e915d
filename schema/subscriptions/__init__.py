"""What can be listened to: declarations, the root they make, and the two protocols it is spoken over."""
