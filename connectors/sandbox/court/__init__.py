"""A court's case system as its ferry shows it: writes batches of real files, reads receipts, injects faults."""
