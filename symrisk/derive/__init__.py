"""Deriving: minimisers, monotonicity and thresholds, exactly, with the condition under which each
holds.
"""
