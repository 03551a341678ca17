r"""From a ratio to be least to two polynomials: the parametric minimum, a parabola, and the faces
of a polygon.
"""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import cross, n1, n2, p, sigma2_sq, symbol, theta_sq
from symrisk.theorems.transfer import best_weights as best
from symrisk.theorems.transfer.shares.equations import parts, top
from symrisk.theorems.transfer.shares.of_two import beta1, beta2, both, free
from symrisk.theorems.transfer.weighted_ridge import weighted_risk

RATIO = Citation("dinkelbach1967",
                 "N/(1-S) is least, and equal to R, where the least value of N - R (1-S) is zero")
R = symbol("R_given", "R", "a risk to be undercut", nonnegative=True)
excess = Formula(
    symbol("excess", "F_R", "N - R (1 - S)"),
    top - R * free, where=parts, on=both)
numerator = Formula(
    symbol("numerator", "N", "the risk times 1 - S"),
    top, where=parts, on=both)
opening = theta_sq + p / n2 * (sigma2_sq + R)
vertex = (theta_sq * (1 - beta1) - cross * beta1 * (1 - p * beta1 / n1)) / opening
lowest = excess.at({beta2: 0}) - opening * vertex**2

best_weighted_risk = Derivation(
    "the least risk over all weights", "R(beta_1, beta_2) = N/(1 - S) on the polygon of shares",
    of=best.best_weighted_risk,
    steps=(
        Step("the risk is the ratio of N and 1 - S",
             Claim("the numerator",
                   weighted_risk * (1 - p * beta1**2 / n1 - p * beta2**2 / n2), "==", numerator)),
        Step("the least ratio is the parameter at which the least excess is zero", cites=RATIO),
        Step("in beta_2 the excess is a parabola that opens upwards",
             Claim("its second derivative", excess.diff(beta2).diff(beta2), "==", 2 * opening)),
        Step("complete the square: its vertex is at a quadratic of beta_1",
             Claim("the square", excess - opening * (beta2 - vertex)**2, "==", lowest, on=R > 0)),
        Step("along the vertex the excess is of degree four in beta_1",
             Claim("its fifth derivative",
                   lowest.diff(beta1).diff(beta1).diff(beta1).diff(beta1).diff(beta1), "==", 0,
                   on=R > 0)),
        Step("along beta_1 + beta_2 = 1, where there is no penalty, of degree three",
             Claim("its fourth derivative",
                   excess.at({beta2: 1 - beta1}).diff(beta1).diff(beta1).diff(beta1).diff(
            beta1), "==",
                   0)),
        Step("inside the polygon the slopes of the risk vanish, times (1 - S)^2/2 two polynomials",
             Claim("the slope in the source share",
                   best.slope1, "==",
                   weighted_risk.diff(beta1) * (1 - p * beta1**2 / n1 - p * beta2**2 / n2)**2 / 2)),
        Step("and in the other share",
             Claim("the slope in the target share",
                   best.slope2, "==",
                   weighted_risk.diff(beta2) * (1 - p * beta1**2 / n1 - p * beta2**2 / n2)**2 / 2)),
    ))
