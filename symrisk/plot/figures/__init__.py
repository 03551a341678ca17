"""Figures of theorems, by setting."""
