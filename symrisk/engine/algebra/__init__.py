"""Exact polynomials and rational functions, signs, and what is treated as a letter: radicals,
powers, means.
"""
