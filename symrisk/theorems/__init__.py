"""Theorems: one a file, in a folder by setting."""
