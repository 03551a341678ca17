r"""From the resolvent of K weighted samples to the risk of pooled ridge, by one differentiation and
one rank-one inverse.

    Q = (sum_k w_k X_k' X_k + mu I)^{-1}        theta_hat = Q sum_k w_k X_k' y_k

Q acts as q I, with one number c_k for each sample: q (mu + sum_k c_k) = 1.  How c moves when a
multiple eta of |theta - theta_0|^2 is added to the objective is a linear system (D - J) dc/d eta =
v, J_kl = tr Q^2, v_k = tr Q^2, D = diag(n_k/c_k^2), and its solution g weighs what each sample adds
to the risk.

That Q acts as q I, and that a limit may be differentiated, is cited.  What is linear algebra is
checked on exact rational instances; what is algebra is proved.
"""

import random

from flint import fmpq, fmpq_mat

from symrisk.derivations.transfer.designs import identity, inner, matrix
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import cross, delta_sq, mu, n1, n2, p, sigma1_sq, sigma2_sq, symbol, theta_sq
from symrisk.theorems.transfer.isotropic_ridge import fitted_share, q, ridge_risk

EQUIVALENT = Citation("hastie2022",
                      "isotropic features: quadratic forms of the resolvent concentrate at its "
                      "trace")
EXCHANGE = Citation("hastie2022",
                    "isotropic ridge: limit and derivative of what the resolvent gives are "
                    "exchanged")
SIZES = ((2, 1, 4), (3, 2, 3), (4, 3, 2))


def _positive(draw):
    return fmpq(draw.randint(1, 9), draw.randint(1, 5))


def leave_one_out():
    """w x x'Q against w x x'Q_- / (1 + w x'Q_- x), Q_- being the resolvent without the row x."""
    draw = random.Random(0)
    for rows, _, columns in SIZES:
        X, x, weight = matrix(draw, rows, columns), matrix(draw, columns, 1), _positive(draw)
        rest = X.transpose() * X + _positive(draw) * identity(columns)
        without, outer = rest.inv(), x * x.transpose() * weight
        added = 1 + weight * inner(x, without * x)
        yield outer * (rest + outer).inv(), outer * without * (1 / added)


def _least(X, y, mu, eta, theta):
    """The minimiser of |y - X t|^2 + mu |t|^2 + eta |t - theta|^2, and the minimum."""
    inverse = (X.transpose() * X + (mu + eta) * identity(X.ncols())).inv()
    found = inverse * (X.transpose() * y + theta * eta)
    missed, away = y - X * found, found - theta
    return found, inner(missed, missed) + mu * inner(found, found) + eta * inner(away, away)


def envelope():
    """(M(eta) - M(0))/eta against <theta_hat(eta) - theta_0, theta_hat(0) - theta_0>: at eta = 0
    it is the squared error.
    """
    draw = random.Random(1)
    for rows, _, columns in SIZES:
        X = matrix(draw, rows, columns)
        y = matrix(draw, rows, 1)
        theta = matrix(draw, columns, 1)
        mu_ = _positive(draw)
        eta = _positive(draw)
        moved, above = _least(X, y, mu_, eta, theta)
        fit, below = _least(X, y, mu_, fmpq(0), theta)
        yield (above - below) / eta, inner(moved - theta, fit - theta)


def rank_one():
    """(D - J)^{-1} v against s/(1 - S), all over p q^2: J is 1 1', v is 1, and D = diag(1/s_k),
    s_k = p q^2 c_k^2/n_k.
    """
    draw = random.Random(2)
    for samples in (1, 2, 3, 5):
        sizes = [_positive(draw) for _ in range(samples)]
        weights = [_positive(draw) for _ in range(samples)]
        scale = _positive(draw) / 7
        spread = [scale * c * c / size for size, c in zip(sizes, weights, strict=True)]
        system = fmpq_mat(samples, samples, [fmpq(-1)] * samples**2)
        for k, s in enumerate(spread):
            system[k, k] += 1 / s
        ones = fmpq_mat(samples, 1, [fmpq(1)] * samples)
        yield system.inv() * ones, fmpq_mat(samples, 1, [s / (1 - sum(spread)) for s in spread])


missed_sq = symbol("missed_sq", r"\|\theta_0-\bar\theta\|^2",
                   "squared distance of target and mean fit", nonnegative=True)
leant = symbol("leant", r"\langle\Delta_1,\theta_0-\bar\theta\rangle",
               "inner product of the source's shift and what is missed")
s1 = symbol("s1", "s_1", "p beta_1^2/n_1", nonnegative=True)
s2 = symbol("s2", "s_2", "p beta_2^2/n_2", nonnegative=True)
stable = Region(s1 + s2 < 1, over=(missed_sq, leant, delta_sq, sigma1_sq, sigma2_sq))
g1, g2 = s1 / (1 - s1 - s2), s2 / (1 - s1 - s2)
collected = (missed_sq + g1 * (sigma1_sq + delta_sq + 2 * leant + missed_sq)
             + g2 * (sigma2_sq + missed_sq))
form = (missed_sq + s1 * (sigma1_sq + delta_sq + 2 * leant) + s2 * sigma2_sq) / (1 - s1 - s2)

beta1, beta2 = n1 * q / (1 + p * q), n2 * q / (1 + p * q)
rest = 1 - beta1 - beta2
put = {
    missed_sq: rest**2 * theta_sq - 2 * rest * beta1 * cross + beta1**2 * delta_sq,
    leant: rest * cross - beta1 * delta_sq,
    s1: p * n1 * q**2 / (1 + p * q)**2,
    s2: p * n2 * q**2 / (1 + p * q)**2}

pooled_ridge = Derivation(
    "pooled ridge from the resolvent",
    "theta_hat minimises sum_k w_k |y_k - X_k theta|^2 + mu |theta|^2, Sigma_k = I", of=ridge_risk,
    steps=(
        Step("taking a row out divides what it adds to the resolvent by 1 + w x'Q_- x",
             instances=leave_one_out),
        Step("x'Q_- x is p q up to a small error: Q acts as q I, q (mu + sum_k c_k) = 1 and c_k = "
             "w_k n_k/(1 + w_k p q)",
             cites=EQUIVALENT),
        Step("for two samples of weight one that is the quadratic of q",
             Claim("the fixed point",
                   q * (mu + n1 / (1 + p * q) + n2 / (1 + p * q)), "==", 1, on=ridge_risk.region,
                   roots=ridge_risk.roots)),
        Step("add eta |theta - theta_0|^2 to the objective: its minimum M grows at the rate "
             "|theta_hat - theta_0|^2, the risk",
             instances=envelope),
        Step("M is a quotient of resolvents of the rows [x, y]: it tends to min_theta sum_k c_k "
             "(sigma_k^2 + |theta - theta_k|^2) + both penalties",
             cites=EQUIVALENT),
        Step("and its slope to R = b_0 + sum_k g_k (sigma_k^2 + b_k), with b_k = |theta_k - "
             "theta_bar|^2 and g = (D - J)^{-1} v",
             cites=EXCHANGE),
        Step("with Sigma_k = I the system is diagonal minus rank one: g_k = s_k/(1 - S), s_k = p "
             "beta_k^2/n_k",
             instances=rank_one),
        Step("the mean fit shows beta_k = c_k q of each sample's coefficients, together the "
             "fitted share",
             Claim("the shares add up", beta1 + beta2, "==", fitted_share, roots=ridge_risk.roots)),
        Step("b_k = |Delta_k + theta_0 - theta_bar|^2: the squares of theta_bar collect to 1/(1 - "
             "S), what is quartic cancels",
             Claim("the form in the shares", collected, "==", form, on=stable)),
        Step("put in beta_k = n_k q/(1 + p q): it is the risk of pooled ridge",
             Claim("the risk", form.xreplace(put), "==", ridge_risk, roots=ridge_risk.roots)),
    ))
