"""Execution queries (网络查控): a court asks, holders answer, and nobody else ever knows."""
