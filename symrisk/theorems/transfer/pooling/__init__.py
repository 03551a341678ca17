"""Pooling two samples into one min-norm interpolator: the text of two theorems, stated once."""
