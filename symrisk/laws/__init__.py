"""Spectral laws: what a mean is taken over."""
