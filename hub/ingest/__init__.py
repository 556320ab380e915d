"""The way in: deliveries are received, kept, applied by the slices, and answered."""
