"""Measurements as ratios of two things in one run on the same data; nothing here is a test."""
