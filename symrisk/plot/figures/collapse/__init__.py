"""Figures of model collapse."""
