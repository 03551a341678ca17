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
from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.symbols import H, kappa, symbol, tau

other_kappa = symbol("other_kappa", r"\kappa'", "a second effective ridge", positive=True)

df1 = Formula(
    symbol("df1", r"\mathrm{df}_1", "degrees of freedom a feature", nonnegative=True),
    Mean(tau / (tau + kappa), H))
df2 = Formula(
    symbol("df2", r"\mathrm{df}_2", "squared degrees of freedom a feature", nonnegative=True),
    Mean(tau**2 / (tau + kappa)**2, H))
df12 = Formula(
    symbol("df12", r"\mathrm{df}_{12}", "degrees of freedom a feature between two ridges",
           nonnegative=True),
    Mean(tau**2 / ((tau + kappa) * (tau + other_kappa)), H))

claims_of_freedom = (
    Claim("fewer degrees of freedom are left than there are directions", df1, "<", 1),
    Claim("degrees of freedom are not negative", df1, ">=", 0),
    Claim("squared shares are no larger than shares", df2, "<=", df1),
    Claim("degrees of freedom fall as the ridge grows", df1.diff(kappa), "<=", 0),
    Claim("they fall by what squares are smaller", kappa * df1.diff(kappa), "==", df2 - df1),
    Claim("between one ridge and itself there are the squared ones",
          df12.at({other_kappa: kappa}), "==", df2),
    Claim("between two ridges they are the divided difference of kappa df1",
          (kappa - other_kappa) * df12, "==",
          kappa * df1 - other_kappa * df1.at({kappa: other_kappa})),
)
