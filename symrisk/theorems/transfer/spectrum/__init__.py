"""Covariances that differ: the letters of a reciprocal spectrum, its limits, special cases."""
