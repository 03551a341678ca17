"""Doe (2027), Theorem 3: the min-norm interpolator of one Gaussian sample."""

from symrisk import (
    Citation,
    Claim,
    Derivation,
    Formula,
    Region,
    Simulation,
    Step,
    Theorem,
    falls,
    rises,
)
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.shifted import Shifted
from symrisk.symbols import p, sigma_sq, symbol, theta_sq

# A letter of your own: its name as you type it, its LaTeX, its meaning, its kind and sign.
size = symbol("size", "n", "sample size", kind="count", nonnegative=True)

# A formula: a name, its expression, and where it holds. What the formula uses twice, or what
# readers know by a name, is a formula too.
missed = Formula(
    symbol("missed", "B", "signal that the interpolator misses", nonnegative=True),
    theta_sq * (p - size) / p,
    on=Region(size < p),
)
noise = Formula(
    symbol("noise", "V", "what the label noise adds", nonnegative=True),
    sigma_sq * size / (p - size - 1),
    on=Region(size + 1 < p),
)
risk = Formula(
    symbol("risk", "R", "expected excess risk of the interpolator", nonnegative=True),
    missed.symbol + noise.symbol,
    where={missed.symbol: missed, noise.symbol: noise},
    on=Region(size + 1 < p),
)

# What the paper says about it: a sentence, two sides, and further hypotheses in `on`.
claims = (
    *rises(risk, sigma_sq, on=size > 0),
    *falls(missed, size, on=theta_sq > 0),
    Claim("the interpolator beats the null fit exactly while the signal outweighs the noise",
          risk, "<", theta_sq, on=size > 0,
          iff=theta_sq * (p - size - 1) > sigma_sq * p),
    Claim("close to the peak the risk passes every bound",
          (p - size - 1) * risk, ">=", sigma_sq * size),
)

# An experiment whose mean is the formula: data drawn from a world, a fit to them.
world = Shifted((size,), p, (sigma_sq,), theta_sq, (0,))
simulation = Simulation(
    risk,
    Risk(world, MinNorm()),
    point={"size": 20, "p": 60, "sigma_sq": 1.0, "theta_sq": 2.0},
    says="the interpolator's risk",
)

one_sample = Theorem(
    "Min-norm interpolation of one Gaussian sample",
    Citation("doe2027", "Theorem 3"),
    states="The expected risk is the signal outside the row space plus the trace of the inverse "
           "Wishart matrix times the noise.",
    assumes=("Gaussian rows", "isotropic", "noise independent of the features"),
    formulas=(risk, missed, noise),
    claims=claims,
    simulations=(simulation,),
)

# How the formula comes about. Each step has one reason: a claim, exact instances, or a citation.
WISHART = Citation("muirhead1982", "Section 3.2: E W^{-1} = I/(p - n - 1)")
ROTATION = Citation("muirhead1982", "Chapter 2: the row space is uniformly distributed")
from_two_parts = Derivation(
    "the risk from signal and noise",
    start="theta_hat = X' (X X')^{-1} y",
    of=risk,
    steps=(
        Step("the row space takes up the share n/p of every direction in the mean", cites=ROTATION),
        Step("the noise adds sigma^2 times the trace of an inverse Wishart matrix", cites=WISHART),
        Step("what is missed and what is added are the risk",
             Claim("the sum of both", missed + noise, "==", risk)),
    ),
)
