"""Alerts: what is due, late or missing, told once per threshold of the policy pack by the background sweep."""
