r"""Degrees of freedom a feature: how many directions a ridge kappa leaves, of all that the
covariance has.

    df1(kappa) = mean tau/(tau + kappa),    df2(kappa) = mean (tau/(tau + kappa))^2,    df12(kappa,
    kappa') between two ridges.

Each falls from the share of eigenvalues that are not zero, at kappa = 0, to 0.  One eigenvalue
leaves one fraction:

>>> from symrisk import Atoms
>>> df1(kappa=3, H=Atoms({1: 1})), df2(kappa=3, H=Atoms({1: 1}))
(0.25, 0.0625)
"""

from symrisk.engine.expressions.mean import Mean
from symrisk.language.formula import Formula
from symrisk.symbols import H, kappa, symbol, tau

other_kappa = symbol("other_kappa", r"\kappa'", "a second effective ridge", positive=True)

df1 = Formula(symbol("df1", r"\mathrm{df}_1", "degrees of freedom a feature", nonnegative=True), Mean(tau / (tau + kappa), H))
df2 = Formula(symbol("df2", r"\mathrm{df}_2", "squared degrees of freedom a feature", nonnegative=True),
              Mean(tau**2 / (tau + kappa)**2, H))
df12 = Formula(symbol("df12", r"\mathrm{df}_{12}", "degrees of freedom a feature between two ridges", nonnegative=True),
               Mean(tau**2 / ((tau + kappa) * (tau + other_kappa)), H))
