"""Limits again, by other means."""
