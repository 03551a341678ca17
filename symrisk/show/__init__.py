"""Theorems to read: as text, pages, LaTeX, source code and plain data."""
