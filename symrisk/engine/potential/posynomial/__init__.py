"""Potentials of products of powers: how they are read, when they have a minimiser, and where."""
