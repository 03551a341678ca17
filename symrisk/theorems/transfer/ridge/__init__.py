"""Pooled ridge, isotropic features: its letters, its limits, and where its share is stationary."""
