"""The interpolator of the target sample alone, of any covariance: one scale, one potential."""

from sympy import log

from symrisk.engine.expressions.mean import Mean
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.symbols import G, H, n2, p, sigma_sq, symbol, theta_sq
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.transfer.covariate_shift_constants import tau2

alone = symbol("alone", "a", "scale of the target sample on its own", positive=True)
used = symbol("used", r"\chi", "second-order degrees of freedom of the target sample",
              nonnegative=True)
unused = symbol("unused", r"\bar\chi",
                "n_2 less the second-order degrees of freedom of the target sample", positive=True)
target = {used: p * Mean((alone * tau2 / (1 + alone * tau2))**2, H),
          unused: p * Mean(alone * tau2 / (1 + alone * tau2)**2, H),
          **Implicit.potential((alone,), p * Mean(log(1 + alone * tau2), H) - n2 * log(alone))}
target_risk = Formula(
    symbol("target_risk", r"R_{\mathrm{target}}",
           "excess risk of the min-norm interpolator of the target sample alone", nonnegative=True),
    (used * sigma_sq + n2 * theta_sq * Mean(tau2 / (1 + alone * tau2)**2, G)) / unused,
    where=target, on=Region(n2 > 0, n2 < p), accuracy=ASYMPTOTIC)
