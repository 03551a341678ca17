r"""From ridge on both samples, corrected on one of them, to the risk in two shares.

Given X_2, the first stage is ridge on the source alone with penalty matrix w_2 X_2'X_2 + mu I and a
centre of its own.  The source's design then acts as c I, which leaves sums over the eigenvalues s_i
of X_2 X_2'.
"""

import random

from flint import fmpq

from symrisk.derivations.transfer.designs import identity, matrix
from symrisk.derivations.transfer.fine_tuning import error_splits, instances, parts_are_orthogonal
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import cross, delta_sq, mu, n1, n2, p, sigma1_sq, sigma2_sq, symbol, theta_sq
from symrisk.theorems.transfer import two_stage as stages
from symrisk.theorems.transfer.weighted_ridge import beta1, beta2, w1, w2

EQUIVALENT = Citation("hastie2022",
                      "deterministic equivalents: (w_1 X_1'X_1 + Omega)^{-1} acts as (c I + "
                      "Omega)^{-1}")
PASTUR = Citation("hastie2022",
                  "Marchenko-Pastur: h = tr (X_2 X_2' + z I)^{-1}/n_2 solves z n_2 h^2 + (z + p - "
                  "n_2) h = 1")


def first_stage_error():
    """theta_init - theta_1 against its three parts, exact designs."""
    draw = random.Random(0)
    for rows1, rows2, columns in ((1, 1, 2), (2, 1, 3), (3, 2, 3)):
        X1, X2 = matrix(draw, rows1, columns), matrix(draw, rows2, columns)
        theta1, theta2 = matrix(draw, columns, 1), matrix(draw, columns, 1)
        noise1, noise2 = matrix(draw, rows1, 1), matrix(draw, rows2, 1)
        one, two, ridge = fmpq(2), fmpq(3, 2), fmpq(1, 3)
        first, second = one * X1.transpose(), two * X2.transpose()
        normal = first * X1 + second * X2 + ridge * identity(columns)
        pulled = first * (X1 * theta1 + noise1) + second * (X2 * theta2 + noise2)
        seen_shift = second * (X2 * (theta1 - theta2))
        yield (normal.solve(pulled) - theta1,
               normal.solve(first * noise1 + second * noise2 - seen_shift - ridge * theta1))


inside = Region(beta1 > 0, beta2 > 0, p * beta1 < n1, p * beta2 < n2, beta1 + beta2 < 1, n2 < p)
free_share = n2 - p * beta2
s1 = p * beta1**2 / n1
s2 = p * beta2**2 / n2

# z is what the source and the penalty add to each eigenvalue s of X_2 X_2', and h its resolvent's
# trace; m_0 and m_1 are the sums of 1/(s + z) and 1/(s + z)^2, m_1 by the slope of h's equation.
z = (1 - beta2) * free_share / beta2
h = beta2 / (n2 * (1 - beta2))
m0 = n2 * h
m1 = n2 * h * (1 + n2 * h) / (2 * z * n2 * h + z + p - n2)
seen = m0 - z * m1
twice = n2 - 2 * z * m0 + z**2 * m1

a = beta1 / (1 - beta2)
ratio = (1 - beta1 - beta2) * free_share / beta2
theta1_sq = theta_sq + 2 * cross + delta_sq
lean = cross + delta_sq
g = (p - n2) / (n1 / a**2 - (p - n2) - z**2 * m1)
off = (p - n2) / p * (a**2 * theta1_sq - 2 * a * (theta_sq + cross) + theta_sq)
seen_on_rows = (twice * delta_sq + 2 * ratio * seen * lean + ratio**2 * m1 * theta1_sq) / p
missed_off_rows = (p - n2) / p * (1 - a)**2 * theta1_sq
added = sigma1_sq + sigma2_sq * seen + missed_off_rows + seen_on_rows

root = symbol("root", "x", "a candidate for q", positive=True)
share1 = n1 * w1 * root / (1 + p * w1 * root)
share2 = n2 * w2 * root / (1 + p * w2 * root)
level = mu * root + share1 + share2
positive = Region(over=(n1, n2, p, mu, w1, w2, root))

two_stage_risk = Derivation(
    "the risk of two stages on the same target rows",
    "theta_hat = (I - Pi_2) theta_init + X_2^+ y_2, theta_init pooled ridge",
    of=stages.two_stage_risk,
    steps=(
        Step("the error is the start's error off the target rows, and the noise's part",
             instances=instances(error_splits)),
        Step("the two are orthogonal, whatever start", instances=instances(parts_are_orthogonal)),
        Step("the first stage errs from theta_1 by both noises, the shift seen in the target and "
             "the penalty",
             instances=first_stage_error),
        Step("given the target design, the source's acts as c I", cites=EQUIVALENT),
        Step("mu q + beta_1 + beta_2 = 1 has at most one root: the left side grows with q",
             Claim("the left side grows", level.diff(root), ">", 0, on=positive)),
        Step("and it has one below 1/mu",
             Claim("at 1/mu it is at least one", level.subs(root, 1 / mu), ">=", 1, on=positive)),
        Step("sums over the target's eigenvalues follow the Marchenko-Pastur law", cites=PASTUR),
        Step("with z = (mu + c)/w_2 its root is h = beta_2/(n_2 (1 - beta_2))",
             Claim("the root", z * n2 * h**2 + (z + p - n2) * h, "==", 1, on=inside)),
        Step("sum s/(s + z)^2 = s_2/(1 - s_2)",
             Claim("the noise that the target passes on", seen, "==", s2 / (1 - s2), on=inside)),
        Step("sum s^2/(s + z)^2 = p (beta_2^2 + s_2 - 2 beta_2 s_2)/(1 - s_2)",
             Claim("what is seen twice",
                   twice, "==", p * (beta2**2 + s2 - 2 * beta2 * s2) / (1 - s2), on=inside)),
        Step("the source's second-order constant is g",
             Claim("the constant",
                   g, "==", (p - n2) / n1 * a**2 * (1 - s2) / (1 - s1 - s2),
                   on=inside & Region(s1 + s2 < 1))),
        Step("together they are the risk in two shares",
             Claim("the risk",
                   off + g * added + n2 * sigma2_sq / (p - n2), "==", stages.share_two_stage_risk,
                   on=inside)),
        Step("whose shares weights and penalty decide",
             Claim("the shares",
                   stages.by_shares.at(stages.split).at(stages.shares), "==", stages.by_weights,
                   on=stages.both)),
    ))
