"""Expressions and implicit names as one name comes to a point: expansions in powers of a small
letter, with exact coefficients.
"""
