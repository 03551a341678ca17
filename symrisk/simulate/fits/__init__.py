"""Fits: linear maps from the labels of some samples to coefficients, one a file."""
