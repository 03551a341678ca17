"""Limits read off expansions: several roots that move, and roots of any equation."""
