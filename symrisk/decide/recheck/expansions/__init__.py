"""Expansions again, by other means."""
