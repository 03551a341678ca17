"""Deterministic equivalents: what a random resolvent becomes in high dimension, to first and
second order.
"""
