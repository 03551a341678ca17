"""Figures of transfer."""
