"""Programs on NumPy arrays, with what keeps their digits."""
