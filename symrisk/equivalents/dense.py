r"""The K-source resolvent and its second order, for dense p x p covariances.

K samples, source k of n_k rows with covariance Sigma_k, coefficients theta_k and noise variance
sigma_k^2, are fitted by

    theta_hat = argmin \sum_k w_k |y_k - X_k theta|^2 + mu theta' Omega theta         (mu is
    absolute: not divided by n).

In high dimension (\sum_k w_k X_k'X_k + mu Omega)^{-1} acts as Q = (mu Omega + \sum_k c_k
Sigma_k)^{-1}, where c > 0 solves

    c_k tr(Sigma_k Q) + c_k/w_k = n_k,
    (1)

and the excess risk on a target (Sigma_0, theta_0) is R = b_0 + \sum_k g_k (sigma_k^2 + b_k), with

    theta_bar = Q \sum_k c_k Sigma_k theta_k,     b_k = |theta_bar - theta_k|^2 in Sigma_k, (D - J)
    g = v,   D = diag(n_k/c_k^2),   J_kl = tr(Sigma_k Q Sigma_l Q),   v_k = tr(Sigma_k Q Sigma_0 Q).

At mu = 0 and n < p (the interpolator of least Omega-norm) c_k = mu alpha_k, and the same holds with
alpha for c, with P = (Omega + \sum alpha_k Sigma_k)^{-1} for Q and without c_k/w_k; at mu = 0 and n
> p (least squares) without mu Omega.  The relative error is O(1/p) while n_k/p, the spectra and n/p
- 1 stay away from 0 and infinity.

In u = log c, (1) says that a convex potential is stationary, log det(mu Omega + \sum e^{u_k}
Sigma_k) + \sum e^{u_k}/w_k - \sum n_k u_k.  It is solved by damped Newton steps.  Three things keep
the digits where p - n is small against p, or mu against 1:

* the Hessian is a grounded Laplacian with couplings c_k c_l tr(Sigma_k Q Sigma_l Q) and grounds c_k/w_k + mu c_k tr(Sigma_k Q
  Omega Q), which `grounded.solve` inverts without a subtraction; every trace in it is a sum of
  squares;
* the rows of (1) cancel, but for their sum (p - n) + \sum c_k/w_k - mu tr(Omega Q), which has p - n formed exactly and stands in
  for the row of the largest sample;
* all matrices are scaled by powers of two, and turned into the eigenbasis of Q^{-1} at the start, so that a graded spectrum makes
  a graded matrix, on which Cholesky's factor of the matrix scaled to a unit diagonal is as good as
  on a well-conditioned one.
"""  # noqa: E501

from dataclasses import dataclass, field

import numpy as np

from symrisk.equivalents.arguments import number, of_each
from symrisk.equivalents.matrices import halves, semidefinite, sources
from symrisk.equivalents.newton import newton
from symrisk.equivalents.problem import posed
from symrisk.equivalents.regimes import matrix_ranks, regime_of, require
from symrisk.equivalents.solved import Solved, settled
from symrisk.equivalents.trained import Trained, risk_from
from symrisk.errors import DomainError


@dataclass(frozen=True, eq=False)
class Equivalent:
    """The deterministic equivalent of K pooled samples: what `equivalent` returns.

    regime: 'ridge' (mu > 0), 'ridgeless' (mu = 0, n < p) or 'ols' (mu = 0, n > p).  scales: c,
    (K,); alpha = lim c/mu where ridgeless; 0 for a source without rows.  resolvent: Q, (p, p); P
    where ridgeless.  residual: the largest relative one at `scales`.  correction: the Newton step
    that would follow and what rounding of the system's rows does to it, an estimate of the relative
    error of the scales for the matrices as given, whose own rounding it does not know.  steps:
    Newton's.
    """

    regime: str
    scales: np.ndarray
    resolvent: np.ndarray = field(repr=False)
    residual: float
    correction: float
    steps: int
    _state: Solved = field(repr=False)

    def risk(self, coefficients, noise, target_covariance, target_coefficients):
        r"""The `Risk` R = b_0 + \sum_k g_k (sigma_k^2 + b_k) on a target (Sigma_0, theta_0), which
        need not be a source.

        coefficients: theta_k, (K, p).  noise: the variances sigma_k^2, (K,), or one for all.
        target_covariance: Sigma_0, (p, p), positive semidefinite.  target_coefficients: theta_0,
        (p,).

        Isotropic, with n/(p - n) = 1 of noise and (p - n)/p = 1/2 of the signal left:

        >>> fit = equivalent(np.stack([np.eye(6)] * 2), [1, 2])
        >>> risk = fit.risk(np.ones((2, 6)), 1.0, np.eye(6), np.ones(6))
        >>> round(risk.variance, 12), round(risk.bias, 12)
        (1.0, 3.0)

        Raises `DomainError` for shapes that do not fit, NaN, infinity, negative variances, a
        Sigma_0 that is not positive semidefinite, a risk too large for a float; `ArgumentError` for
        what is not real numbers.
        """
        state = self._state
        coefficients, noise = state.read(coefficients, noise)
        target, point = state.target(target_covariance, target_coefficients)
        with np.errstate(all="ignore"):
            g = state.response(state.loads(target), target.exponent)
            b = state.biases(
                coefficients, np.vstack([coefficients, point]), [*state.halves, target]
            )
            return risk_from(b[-1] + g @ b[:-1], g @ noise, g, state.mean(coefficients))

    def trained(self, coefficients, noise):
        """The fit `Trained` on sources with these coefficients (K, p) and noise variances (K,), for
        many targets.

        >>> fit = equivalent(np.stack([np.eye(6)] * 2), [10, 2]).trained(np.zeros((2, 6)), 1.0)
        >>> fit.training_residuals.round(12).tolist()                       # 1 - p/n of the noise
        [0.5, 0.5]
        >>> fit.leave_one_out_residuals.round(12).tolist()
        [2.0, 2.0]
        """
        state = self._state
        coefficients, noise = state.read(coefficients, noise)
        with np.errstate(all="ignore"):
            (biases,) = settled("the fit", state.biases(coefficients, coefficients, state.halves))
            parts = state.sources(np.stack([noise, biases], axis=-1))
            s = parts.sum(axis=-1)
            risks = biases + np.ldexp(state.squares() @ s, state.exponents)
            unseen = noise + risks
            answer = Trained(
                np.ldexp(s, 2 * state.shift - state.exponents),
                state.mean(coefficients),
                biases,
                risks,
                state.shrinkage() ** 2 * unseen,
                unseen,
                state,
                coefficients,
                parts,
            )
        settled(
            "the fit",
            *(
                getattr(answer, name)
                for name in Trained.__dataclass_fields__
                if not name.startswith("_")
            ),
        )
        return answer

    def second_order(self, matrix):
        r"""g(B), (K,), with Q_hat B Q_hat ~ Q (B + \sum_k g_k(B) Sigma_k) Q for a symmetric (p, p)
        matrix B.

        g(B) = (D - J)^{-1} [tr Sigma_k Q B Q]_k, linear in B; g(Sigma_0) is the g of a target, and
        g_k w_k^{-2} the limit of tr(B Q_hat X_k'X_k Q_hat).  For B >= 0 no digit cancels.  Where
        ridgeless, B = Omega gives alpha:

        >>> fit = equivalent(np.stack([np.eye(6)] * 2), [1, 2])
        >>> fit.second_order(np.eye(6)).round(12).tolist()
        [0.333333333333, 0.666666666667]

        Raises `DomainError` for a B of another shape, not symmetric or not finite; `ArgumentError`
        for what is not real numbers.
        """
        state, found = self._state, 0.0
        for sign, half in zip((1, -1), halves("matrix", matrix, state.p), strict=True):
            with np.errstate(all="ignore"):
                found = found + sign * state.response(
                    state.loads(half.turned(state.problem.basis)), half.exponent
                )
        return settled("g(B)", found)[0]


def equivalent(covariances, sizes, mu=0.0, weights=None, penalty=None):
    r"""The `Equivalent` of K samples: the scales c and the resolvent Q = (mu Omega + \sum c_k
    Sigma_k)^{-1}.

    covariances: Sigma_k, (K, p, p), symmetric positive semidefinite.  sizes: n_k >= 0, (K,), which
    may be real; a source of size 0 is left out.  mu: the absolute penalty, for \sum_k w_k |y_k -
    X_k theta|^2 + mu theta' Omega theta; 0 for the interpolator of least Omega-norm (n < p) and for
    weighted least squares (n > p).  weights: w_k > 0, (K,), or one for all; 1 if not given.
    penalty: Omega, (p, p), positive definite; the identity if not given.

    Four features, a sample of three rows and one of two that sees the first two features only:

    >>> fit = equivalent([np.eye(4), np.diag([1.0, 1.0, 0.0, 0.0])], [3, 2], mu=1.0)
    >>> fit.regime, fit.scales.round(6).tolist(), fit.residual < 1e-12
    ('ridge', [1.209767, 1.270048], True)
    >>> equivalent([np.eye(4)], [4])
    Traceback (most recent call last):
        ...
    symrisk.errors.DomainError: equivalent: mu > 0 at n = p, where without a penalty the variance is infinite; not mu=0, n=p=4

    Scaling all Sigma_k, or (mu, w), scales the answer, by powers of two exactly.  An eigenvalue
    below p eps times the largest counts as zero.  At mu = 0 a solution exists where the rank
    conditions of `regimes` hold, and they are looked at first.

    Raises `DomainError` for shapes that don't fit, NaN, infinity, negative sizes or mu, weights
    that are not positive, matrices not symmetric or not positive (semi)definite, n = p at mu = 0,
    and a rank condition that fails; `ArgumentError` for what is not real numbers; `NotConverged`
    where the relative residual stays above 1e-12 or the estimated error of c above 1e-10.

    Source: [song2024] for two samples whose covariances commute, without a penalty; for K of any
    kind, weights and a penalty the scales by leaving one row out, the risk as the derivative of the
    penalised minimum in a penalty eta |theta - theta_0|^2.
    """  # noqa: E501
    parts = sources(covariances)
    p, K = parts[0].factor.shape[0], len(parts)
    sizes, mu = of_each("sizes", sizes, K, "not negative"), number("mu", mu)
    weights = (
        np.ones(K) if weights is None else of_each("weights", weights, K, "positive", one=True)
    )
    omega = semidefinite("penalty", np.eye(p) if penalty is None else penalty, p)
    if omega.factor.shape[1] < p:
        raise DomainError(
            f"penalty is positive definite; its rank is {omega.factor.shape[1]}, not p = {p}"
        )
    regime = regime_of(sizes, p, mu)
    products = [half.product for half in parts]
    require(matrix_ranks(products, [half.factor.shape[1] for half in parts]), sizes, p, regime)
    with np.errstate(all="ignore"):
        problem, u = posed(regime, parts, products, sizes, mu, weights, omega)
        problem, point, steps = newton(problem, u)
        state = Solved(problem, point, sizes, weights)
        scales, resolvent = state.scales(), state.resolvent()
    settled("the equivalent", scales, resolvent)
    if not np.all(scales[sizes > 0] > 0):
        raise DomainError("equivalent: a scale is too small for a float")
    return Equivalent(regime, scales, resolvent, point.residual, point.correction, steps, state)
