"""Pooled isotropic samples by the shares that each brings: of K samples, and the best of two."""
