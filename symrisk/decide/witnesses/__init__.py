"""Exact points at which a claim may fail."""
