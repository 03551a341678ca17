r"""The equations of the best shares of two samples: on each face of their polygon two of them.

Inside it both slopes of R = N/(1 - S) vanish; on a face a share is at its end, or the two make one.
"""

from sympy import Expr, Symbol

from symrisk.engine.expressions import tex
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.symbols import cross, delta_sq, n1, n2, p, sigma1_sq, sigma2_sq, symbol, theta_sq
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.transfer.share_search import FACES, best_shares
from symrisk.theorems.transfer.shares.of_samples import missed
from symrisk.theorems.transfer.shares.of_two import beta1, beta2, both, free, left1, towards
from symrisk.theorems.transfer.weighted_ridge import weighted_risk

top = symbol("top", "N", "the risk times 1 - S", nonnegative=True)
lean1 = symbol("lean1", "N_1", "half the slope of N in beta_1")
lean2 = symbol("lean2", "N_2", "half the slope of N in beta_2")

spread1, spread2 = p * beta1 / n1, p * beta2 / n2
of_source = left1 * beta1 * (cross + delta_sq) - missed * (theta_sq + cross)
of_target = left1 * beta1 * cross - missed * theta_sq
parts = {top: weighted_risk.expression * free, **dict(weighted_risk.where)}
slope1 = Formula(
    symbol("slope1", "f_1", "dR/dbeta_1 times (1 - S)^2/2"), free * lean1 + spread1 * top,
    on=weighted_risk.on, accuracy=ASYMPTOTIC, where={
        lean1: of_source + spread1 * (sigma1_sq + delta_sq + 2 * towards),
        **parts})
slope2 = Formula(
    symbol("slope2", "f_2", "dR/dbeta_2 times (1 - S)^2/2"), free * lean2 + spread2 * top,
    on=weighted_risk.on, accuracy=ASYMPTOTIC, where={
        lean2: of_target + spread2 * sigma2_sq,
        **parts})

END_OF_SOURCE = {"none": 0, "all": n1 / p}
END_OF_TARGET = {"none": 0, "all": n2 / p}
POLYGON = r"0 \le b_1 \le n_1/p,\; 0 \le b_2 \le n_2/p,\; b_1 + b_2 \le 1"
PARAMETERS = (n1, n2, p, theta_sq, delta_sq, cross, sigma1_sq, sigma2_sq)


def equations(first: str, second: str) -> tuple[Expr, Expr]:
    """What the best shares solve on a face: a slope vanishes, or a share is at its end."""
    along1, along2 = slope1.expanded, slope2.expanded
    of_target = beta2 - END_OF_TARGET[second] if second in END_OF_TARGET else along2
    if second == "rest":
        # Along beta_1 + beta_2 = 1 the risk moves by the difference of the slopes.
        along1, of_target = along1 - along2, beta1 + beta2 - 1
    of_source = beta1 - END_OF_SOURCE[first] if first in END_OF_SOURCE else along1
    return of_source, of_target


b1, b2 = Symbol("b_1"), Symbol("b_2")
leaning = (weighted_risk.expression * free).xreplace({towards: missed * cross - beta1 * delta_sq})
in_own_letters = leaning.xreplace({missed: 1 - b1 - b2, beta1: b1, beta2: b2})
objective = in_own_letters / (1 - p * b1**2 / n1 - p * b2**2 / n2)
optimum = Implicit.cases(
    (beta1, beta2), [equations(*face) for face in FACES], near=best_shares, parameters=PARAMETERS,
    latex=rf"\arg\min_{{{POLYGON}}} {tex.latex(objective)}",
    says="the shares of least weighted risk")
real = both & Region(cross**2 <= theta_sq * delta_sq, over=PARAMETERS)
unique = real & Region(theta_sq > 0, sigma2_sq > 0)
