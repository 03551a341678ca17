"""Ridge regression on one sample."""
