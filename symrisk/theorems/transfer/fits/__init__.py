"""Fits to one sample each, which are corrected or added up: what the theorems on them share."""
