r"""The effective ridge kappa: lam (X'X/n + lam)^{-1} acts, in the limit, as kappa (Sigma +
kappa)^{-1}.

    kappa  =  lam + gamma kappa df1(kappa),        gamma = p/n.

v = 1/kappa, the companion Stieltjes transform at -lam, is where gamma mean log(1 + v tau) + lam v -
log v is least: a function that is convex in log v, so that there is one solution, for every law and
every lam > 0.

>>> from symrisk import Atoms
>>> kappa_of_lam.digits(30, lam="0.3", gamma="1.5", H=Atoms({1: 1}))
Decimal('1.07823299831252681390645563266')
"""

import sympy

from symrisk.engine.expressions.mean import Mean
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.symbols import H, gamma, kappa, lam, symbol, tau, v

companion_potential = Formula(
    symbol("companion_potential", r"\Phi",
           "potential whose least point is the companion Stieltjes transform"),
    gamma * Mean(sympy.log(1 + v * tau), H) + lam * v - sympy.log(v))
effective = {kappa: 1 / v, **Implicit.potential((v,), companion_potential.expression)}
"""kappa by way of v, among the definitions of a formula: ``where={..., **effective}``."""

kappa_of_lam = Formula(
    symbol("kappa_of_lam", r"\kappa(\lambda)", "effective ridge", positive=True),
    kappa, where=effective)
