"""Worlds of two isotropic samples that several theorems are simulated in, told in their letters."""

from symrisk.simulate.worlds.isotropic import Isotropic, last_of, shifted
from symrisk.symbols import (
    cross,
    delta_sq,
    inner12,
    n1,
    n2,
    p,
    sigma1_sq,
    sigma2_sq,
    theta1_sq,
    theta_sq,
)

sizes, noises = (n1, n2), (sigma1_sq, sigma2_sq)

shifted_source = Isotropic(
    sizes, p, noises,
    gram=((theta_sq, cross, 0), (cross, delta_sq, 0), (0, 0, 0)), made=shifted(2))
"""The source's coefficients are theta_2 + delta, whose inner product is known."""

two_coefficients = Isotropic(
    sizes, p, noises, gram=((theta1_sq, inner12), (inner12, theta_sq)), made=last_of(2))
"""Source and target have coefficients theta_1 and theta_2, whose inner product is known."""

target_and_two = Isotropic(
    sizes, p, noises,
    gram=((theta_sq, inner12, theta_sq),
          (inner12, theta1_sq, inner12),
          (theta_sq, inner12, theta_sq)))
"""The same in the form for any target: theta_0 = theta_2 beside theta_1 and theta_2."""
