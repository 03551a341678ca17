"""Worlds: what a simulation draws and what the target judges by, one a file."""
