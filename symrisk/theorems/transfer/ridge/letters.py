r"""Letters of pooled ridge, isotropic features: everything is in the share beta of the mean fit.

By the penalty, beta = n q/(1 + p q) with the root q of the resolvent; or beta is given itself.
"""

from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.symbols import (
    cross,
    delta_sq,
    mu,
    n,
    n1,
    n2,
    p,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    symbol,
    theta_sq,
)
from symrisk.theorems.transfer.letters import sampled

q = symbol("q", "q", "scale of the resolvent: tr (X'X + mu I)^{-1} / p", positive=True)
excess = symbol("excess", "e", "samples beyond the dimension, n - p")
pi = symbol("pi", r"\pi", "the source's share of the samples, n_1/n", nonnegative=True)
beta = symbol("beta", r"\beta", "share of the pooled coefficients that the fit shows in the mean",
              nonnegative=True)
missed = symbol("missed", r"\bar\beta", "1 - beta", nonnegative=True)
omega = symbol("omega", r"\omega", "beta - nu", nonnegative=True)
nu = symbol("nu", r"\nu", "second-order degrees of freedom per sample, p beta^2/n",
            nonnegative=True)
free = symbol("free", r"\eta", "1 - nu", positive=True)

under, over = Region(n1 + n2 > p), Region(n1 + n2 < p)
shares = sampled & Region(beta <= 1, p * beta <= n1 + n2, beta + p * beta < 1 + n1 + n2)

pooled = {n: n1 + n2, pi: n1 / n, sigma_sq: (n1 * sigma1_sq + n2 * sigma2_sq) / n}
resolvent = {n: n1 + n2, excess: n - p, **Implicit.root(q, mu * p * q**2 + (mu + excess) * q - 1)}
# Without a difference: 1 - beta and beta - nu would cancel for a small penalty and a large one.
by_penalty = {
    beta: n * q / (1 + p * q),
    missed: mu * q,
    omega: beta / (1 + p * q),
    nu: p * q * omega,
    free: missed + omega}
by_share = {
    missed: 1 - beta,
    omega: beta * (n - p * beta) / n,
    nu: p * beta**2 / n,
    free: missed + omega,
    **pooled}

signal = missed**2 * theta_sq - 2 * pi * missed * omega * cross
shift = pi * (pi * omega**2 + nu * (free + n2 / n * nu)) * delta_sq
parts = (signal + shift + nu * sigma_sq) / free
"""The risk, in beta and what follows from it."""
