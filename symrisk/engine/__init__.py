"""Expressions in, answers out: exact polynomials, grids, digits, balls, roots, LaTeX."""
