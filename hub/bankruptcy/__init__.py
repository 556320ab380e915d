"""Bankruptcies that courts and government handle together, and the funds that aid and relieve."""
