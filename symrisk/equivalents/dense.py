r"""The K-source resolvent and its second order, for dense p x p covariances.

K samples, source k of n_k rows with covariance Sigma_k, coefficients theta_k and noise variance sigma_k^2, are fitted by

    theta_hat = argmin \sum_k w_k |y_k - X_k theta|^2 + mu theta' Omega theta         (mu is absolute: not divided by n).

In high dimension (\sum_k w_k X_k'X_k + mu Omega)^{-1} acts as Q = (mu Omega + \sum_k c_k Sigma_k)^{-1}, where c > 0 solves

    c_k tr(Sigma_k Q) + c_k/w_k = n_k,                                                                   (1)

and the excess risk on a target (Sigma_0, theta_0) is R = b_0 + \sum_k g_k (sigma_k^2 + b_k), with

    theta_bar = Q \sum_k c_k Sigma_k theta_k,     b_k = |theta_bar - theta_k|^2 in Sigma_k,
    (D - J) g = v,   D = diag(n_k/c_k^2),   J_kl = tr(Sigma_k Q Sigma_l Q),   v_k = tr(Sigma_k Q Sigma_0 Q).

At mu = 0 and n < p (the interpolator of least Omega-norm) c_k = mu alpha_k, and the same holds with alpha for c, with
P = (Omega + \sum alpha_k Sigma_k)^{-1} for Q and without c_k/w_k; at mu = 0 and n > p (least squares) without mu Omega.  The
relative error is O(1/p) while n_k/p, the spectra and n/p - 1 stay away from 0 and infinity.

In u = log c, (1) says that a convex potential is stationary, log det(mu Omega + \sum e^{u_k} Sigma_k) + \sum e^{u_k}/w_k - \sum
n_k u_k.  It is solved by damped Newton steps.  Three things keep the digits where p - n is small against p, or mu against 1:

* the Hessian is a grounded Laplacian with couplings c_k c_l tr(Sigma_k Q Sigma_l Q) and grounds c_k/w_k + mu c_k tr(Sigma_k Q
  Omega Q), which `grounded.solve` inverts without a subtraction; every trace in it is a sum of squares;
* the rows of (1) cancel, but for their sum (p - n) + \sum c_k/w_k - mu tr(Omega Q), which has p - n formed exactly and stands in
  for the row of the largest sample;
* all matrices are scaled by powers of two, and turned into the eigenbasis of Q^{-1} at the start, so that a graded spectrum makes
  a graded matrix, on which Cholesky's factor of the matrix scaled to a unit diagonal is as good as on a well-conditioned one.
"""

from dataclasses import dataclass, field, replace
from math import fsum

import numpy as np

from symrisk.engine.arrays import as_array
from symrisk.equivalents import grounded
from symrisk.equivalents.regimes import matrix_ranks, regime_of, require, tolerance
from symrisk.errors import DomainError, NotConverged

STEPS = 100
RESIDUAL = 1e-12
"""Relative, of each row and of the rows' sum."""
CORRECTION = 1e-10
"""Of the undamped Newton step in log c that an answer has left, and of what rounding of the rows does to log c, together."""
CLOSE = 1e-8
"""A step from which the next one lands at rounding."""
LONGEST = 3.0
TURN = 8
LOG2 = float(np.log(2))
EPS = float(np.finfo(float).eps)


@dataclass(frozen=True, eq=False)
class Risk:
    """The excess prediction risk on a target: E|theta_hat - theta_0|^2 in Sigma_0; the target's own noise comes on top.

    value: bias + variance.  bias: b_0 + \\sum g_k b_k.  variance: \\sum g_k sigma_k^2.  g: (K,), what a unit of noise variance in
    source k adds, 0 for a source without rows.  mean_coefficients: theta_bar, (p,), about which theta_hat varies.
    """

    value: float
    bias: float
    variance: float
    g: np.ndarray
    mean_coefficients: np.ndarray


@dataclass(frozen=True, eq=False)
class Trained:
    """A fit to K sources, before any target: one solve for the risks on many.

    s: (K,), (D - J)^{-1} (sigma^2 + b): source k acts on the estimator as Gaussian noise of variance s_k along Sigma_k^{1/2}
    [in units of Q; ridgeless: of P].  mean_coefficients: theta_bar, (p,).  source_biases: b_k, (K,).  source_risks: (K,), the
    excess risk on a new row of source k, b_k + (J s)_k.  training_residuals: (K,), the mean squared residual of source k's own
    rows, (c_k/(w_k n_k))^2 (sigma_k^2 + risk_k); 0 where the fit interpolates.  leave_one_out_residuals: (K,), sigma_k^2 +
    risk_k.  For a source without rows s is 0 and the rest is what a first row of it would see.
    """

    s: np.ndarray
    mean_coefficients: np.ndarray
    source_biases: np.ndarray
    source_risks: np.ndarray
    training_residuals: np.ndarray
    leave_one_out_residuals: np.ndarray
    _of: "Equivalent" = field(repr=False)
    _coefficients: np.ndarray = field(repr=False)
    _parts: np.ndarray = field(repr=False)

    def risk(self, target_covariance, target_coefficients):
        """The `Risk` on a target, b_0 + v's; as `Equivalent.risk`, without that system's solve.

        target_covariance: Sigma_0, (p, p), positive semidefinite.  target_coefficients: theta_0, (p,).

        >>> fit = equivalent(np.stack([np.eye(6)] * 2), [1, 2]).trained(np.zeros((2, 6)), [1.0, 1.0])
        >>> round(fit.risk(np.eye(6), np.ones(6)).value, 12)
        7.0
        """
        state = self._of._state
        target, point = state.target(target_covariance, target_coefficients)
        with np.errstate(all="ignore"):
            loads = state.loads(target)
            spread = np.ldexp(loads @ self._parts, target.exponent)
            bias = state.biases(self._coefficients, point[None], [target])[0] + spread[1]
            return _risk(bias, spread[0], state.response(loads, target.exponent), self.mean_coefficients)


@dataclass(frozen=True, eq=False)
class Equivalent:
    """The deterministic equivalent of K pooled samples: what `equivalent` returns.

    regime: 'ridge' (mu > 0), 'ridgeless' (mu = 0, n < p) or 'ols' (mu = 0, n > p).  scales: c, (K,); alpha = lim c/mu where
    ridgeless; 0 for a source without rows.  resolvent: Q, (p, p); P where ridgeless.  residual: the largest relative one at
    `scales`.  correction: the Newton step that would follow and what rounding of the system's rows does to it, an estimate of the
    relative error of the scales for the matrices as given, whose own rounding it does not know.  steps: Newton's.
    """

    regime: str
    scales: np.ndarray
    resolvent: np.ndarray = field(repr=False)
    residual: float
    correction: float
    steps: int
    _state: "_State" = field(repr=False)

    def risk(self, coefficients, noise, target_covariance, target_coefficients):
        r"""The `Risk` R = b_0 + \sum_k g_k (sigma_k^2 + b_k) on a target (Sigma_0, theta_0), which need not be a source.

        coefficients: theta_k, (K, p).  noise: the variances sigma_k^2, (K,), or one for all.  target_covariance: Sigma_0, (p, p),
        positive semidefinite.  target_coefficients: theta_0, (p,).

        Isotropic, with n/(p - n) = 1 of noise and (p - n)/p = 1/2 of the signal left:

        >>> fit = equivalent(np.stack([np.eye(6)] * 2), [1, 2])
        >>> risk = fit.risk(np.ones((2, 6)), 1.0, np.eye(6), np.ones(6))
        >>> round(risk.variance, 12), round(risk.bias, 12)
        (1.0, 3.0)

        Raises `DomainError` for shapes that do not fit, NaN, infinity, negative variances, a Sigma_0 that is not positive
        semidefinite, a risk too large for a float; `ArgumentError` for what is not real numbers.
        """
        state = self._state
        coefficients, noise = state.read(coefficients, noise)
        target, point = state.target(target_covariance, target_coefficients)
        with np.errstate(all="ignore"):
            g = state.response(state.loads(target), target.exponent)
            b = state.biases(coefficients, np.vstack([coefficients, point]), [*state.halves, target])
            return _risk(b[-1] + g @ b[:-1], g @ noise, g, state.mean(coefficients))

    def trained(self, coefficients, noise):
        """The fit `Trained` on sources with these coefficients (K, p) and noise variances (K,), for many targets.

        >>> fit = equivalent(np.stack([np.eye(6)] * 2), [10, 2]).trained(np.zeros((2, 6)), 1.0)
        >>> fit.training_residuals.round(12).tolist()                       # 1 - p/n of the noise
        [0.5, 0.5]
        >>> fit.leave_one_out_residuals.round(12).tolist()
        [2.0, 2.0]
        """
        state = self._state
        coefficients, noise = state.read(coefficients, noise)
        with np.errstate(all="ignore"):
            biases, = _settled("the fit", state.biases(coefficients, coefficients, state.halves))
            parts = state.sources(np.stack([noise, biases], axis=-1))
            s = parts.sum(axis=-1)
            risks = biases + np.ldexp(state.squares() @ s, state.exponents)
            unseen = noise + risks
            answer = Trained(np.ldexp(s, 2 * state.shift - state.exponents), state.mean(coefficients), biases, risks,
                             state.shrinkage() ** 2 * unseen, unseen, self, coefficients, parts)
        _settled("the fit", *(getattr(answer, name) for name in Trained.__dataclass_fields__ if not name.startswith("_")))
        return answer

    def second_order(self, matrix):
        r"""g(B), (K,), with Q_hat B Q_hat ~ Q (B + \sum_k g_k(B) Sigma_k) Q for a symmetric (p, p) matrix B.

        g(B) = (D - J)^{-1} [tr Sigma_k Q B Q]_k, linear in B; g(Sigma_0) is the g of a target, and g_k w_k^{-2} the limit of
        tr(B Q_hat X_k'X_k Q_hat).  For B >= 0 no digit cancels.  Where ridgeless, B = Omega gives alpha:

        >>> fit = equivalent(np.stack([np.eye(6)] * 2), [1, 2])
        >>> fit.second_order(np.eye(6)).round(12).tolist()
        [0.333333333333, 0.666666666667]

        Raises `DomainError` for a B of another shape, not symmetric or not finite; `ArgumentError` for what is not real numbers.
        """
        state, found = self._state, 0.0
        for sign, half in zip((1, -1), _halves("matrix", matrix, state.p), strict=True):
            with np.errstate(all="ignore"):
                found = found + sign * state.response(state.loads(half.turned(state.problem.basis)), half.exponent)
        return _settled("g(B)", found)[0]


def equivalent(covariances, sizes, mu=0.0, weights=None, penalty=None):
    r"""The `Equivalent` of K samples: the scales c and the resolvent Q = (mu Omega + \sum c_k Sigma_k)^{-1}.

    covariances: Sigma_k, (K, p, p), symmetric positive semidefinite.  sizes: n_k >= 0, (K,), which may be real; a source of
    size 0 is left out.  mu: the absolute penalty, for \sum_k w_k |y_k - X_k theta|^2 + mu theta' Omega theta; 0 for the
    interpolator of least Omega-norm (n < p) and for weighted least squares (n > p).  weights: w_k > 0, (K,), or one for all; 1 if
    not given.  penalty: Omega, (p, p), positive definite; the identity if not given.

    Four features, a sample of three rows and one of two that sees the first two features only:

    >>> fit = equivalent([np.eye(4), np.diag([1.0, 1.0, 0.0, 0.0])], [3, 2], mu=1.0)
    >>> fit.regime, fit.scales.round(6).tolist(), fit.residual < 1e-12
    ('ridge', [1.209767, 1.270048], True)
    >>> equivalent([np.eye(4)], [4])
    Traceback (most recent call last):
        ...
    symrisk.errors.DomainError: equivalent: mu > 0 at n = p, where the variance is infinite else; not mu=0, n=p=4

    Scaling all Sigma_k, or (mu, w), scales the answer, by powers of two exactly.  An eigenvalue below p eps times the largest
    counts as zero.  At mu = 0 a solution exists where the rank conditions of `regimes` hold, and they are looked at first.

    Raises `DomainError` for shapes that don't fit, NaN, infinity, negative sizes or mu, weights that are not positive, matrices
    not symmetric or not positive (semi)definite, n = p at mu = 0, and a rank condition that fails; `ArgumentError` for what is
    not real numbers; `NotConverged` where the relative residual stays above 1e-12 or the estimated error of c above 1e-10.

    Source: [song2024] for two samples whose covariances commute, without a penalty; for K of any kind, weights and a penalty the
    scales by leaving one row out, the risk as the derivative of the penalised minimum in a penalty eta |theta - theta_0|^2.
    """
    halves = _sources(covariances)
    p, K = halves[0].factor.shape[0], len(halves)
    sizes, mu = _list("sizes", sizes, K, "not negative"), _number("mu", mu)
    weights = np.ones(K) if weights is None else _list("weights", weights, K, "positive", one=True)
    omega = _half("penalty", np.eye(p) if penalty is None else penalty, p)
    if omega.factor.shape[1] < p:
        raise DomainError(f"penalty is positive definite; its rank is {omega.factor.shape[1]}, not p = {p}")
    regime = regime_of(sizes, p, mu)
    products = [half.product for half in halves]
    require(matrix_ranks(products, [half.factor.shape[1] for half in halves]), sizes, p, regime)
    with np.errstate(all="ignore"):
        problem, u = _posed(regime, halves, products, sizes, mu, weights, omega)
        problem, point, steps = _newton(problem, u)
        state = _State(problem, point, sizes, weights)
        scales, resolvent = state.scales(), state.resolvent()
    _settled("the equivalent", scales, resolvent)
    if not np.all(scales[sizes > 0] > 0):
        raise DomainError("equivalent: a scale is too small for a float")
    return Equivalent(regime, scales, resolvent, point.residual, point.correction, steps, state)


@dataclass(frozen=True, eq=False)
class _Half:
    """A positive semidefinite matrix as 2^exponent factor factor', with factor (p, rank)."""

    factor: np.ndarray
    exponent: int

    @property
    def product(self):
        return self.factor @ self.factor.T

    def turned(self, basis):
        """In another basis; a multiple of the identity stays what it is."""
        plain = basis is None or _is_plain(self.factor)
        return self if plain else _Half(basis.T @ self.factor, self.exponent)


@dataclass(frozen=True, eq=False)
class _Problem:
    """The scaled system, in its basis: Q^{-1} is 2^shift (mu omega + \\sum c_k S_k), for the sources with rows."""

    regime: str
    basis: np.ndarray | None
    shift: int
    halves: tuple
    kept: np.ndarray
    sizes: np.ndarray
    room: float
    mu: float
    leaks: np.ndarray
    omega: _Half
    penalty: np.ndarray
    stack: np.ndarray


@dataclass(frozen=True, eq=False)
class _Start:
    """Cholesky's factor at u, of the matrix that `grade` scales to a diagonal of about one, and the potential."""

    u: np.ndarray
    lower: np.ndarray
    grade: np.ndarray
    potential: float
    size: float


@dataclass(frozen=True, eq=False)
class _Point:
    """What the system says at u: Q = root' root, couplings and grounds of the Hessian, gradient, Newton's step.

    residual: relative, of the rows and of their sum.  rounding: what rounding of these does to the step.
    """

    u: np.ndarray
    c: np.ndarray
    root: np.ndarray
    seen: tuple
    couplings: np.ndarray
    grounds: np.ndarray
    gradient: np.ndarray
    step: np.ndarray
    residual: float
    rounding: float

    @property
    def length(self):
        return float(np.abs(self.step).max(initial=0))

    @property
    def correction(self):
        return self.length + self.rounding


def _posed(regime, halves, products, sizes, mu, weights, omega):
    """The scaled problem, in the eigenbasis of Q^{-1} at the isotropic solution, and the logarithm of that solution."""
    kept = np.flatnonzero(sizes > 0)
    p, n, penalty = len(omega.factor), sizes[kept], omega.product
    exponents = np.array([halves[k].exponent for k in kept], int)
    mantissa, power = np.frexp(weights[kept])
    mu, mu_power = np.frexp(1.0 if regime == "ridgeless" else mu)
    power, mu_power = power + exponents, int(mu_power) + omega.exponent
    of_mu, of_weights = ([] if regime == "ols" else [mu_power]), ([] if regime == "ridgeless" else power.tolist())
    unit = max(of_mu + of_weights)
    strengths, strength = np.log([np.trace(products[k]) / p for k in kept]), np.log(np.trace(penalty) / p)
    log_mu = -np.inf if regime == "ols" else np.log(mu) + strength + (mu_power - unit) * LOG2
    if regime == "ridgeless":
        log_q = np.log(fsum([p, *-n]) / p) - log_mu
        u = np.log(n / p) - log_q - strengths
    else:
        log_q, u = _isotropic(n, p, log_mu, np.log(mantissa) + (power - unit) * LOG2, strengths)
    down = int(np.rint(-log_q / LOG2))
    u, shift = u - down * LOG2, unit + down
    leaks = np.zeros(len(kept)) if regime == "ridgeless" else np.ldexp(1 / mantissa, shift - power)
    scaled_mu = 0.0 if regime == "ols" else float(np.ldexp(mu, mu_power - shift))
    stack = np.array([products[k] for k in kept]).reshape(len(kept), p, p)
    problem = _Problem(regime, None, shift, halves, kept, n, fsum([p, *-n]), scaled_mu, leaks, omega, penalty, stack)
    return _turned_at(problem, u), u


def _turned_at(problem, u):
    """The problem in the eigenbasis of Q^{-1} at u."""
    matrix = _inverse_resolvent(problem, np.exp(u))
    if _is_diagonal(matrix) or not np.all(np.isfinite(matrix)):
        return problem
    turn = np.linalg.eigh(matrix)[1]
    halves, omega = tuple(half.turned(turn) for half in problem.halves), problem.omega.turned(turn)
    stack = np.array([halves[k].product for k in problem.kept]).reshape(problem.stack.shape)
    basis = turn if problem.basis is None else problem.basis @ turn
    return replace(problem, basis=basis, halves=halves, omega=omega, penalty=omega.product, stack=stack)


def _inverse_resolvent(problem, c):
    return problem.mu * problem.penalty + np.tensordot(c, problem.stack, 1)


def _is_diagonal(matrix):
    return np.count_nonzero(matrix) == np.count_nonzero(np.diagonal(matrix))


def _is_plain(factor):
    """Whether it is a multiple of the identity."""
    return factor.shape[0] == factor.shape[1] and _is_diagonal(factor) and np.all(np.diagonal(factor) == factor[0, 0])


def _isotropic(n, p, log_mu, log_w, log_s):
    r"""(log q, log c) where each Sigma_k is s_k I: \sum n_k x_k/(1 + x_k) = p - p mu q, x_k = w_k s_k p q, by bisection."""
    live = np.isfinite(log_s)
    n_live, log_x = n[live], (log_w + log_s)[live] + np.log(p)
    room, log_u = fsum([p, *-n_live]), log_w + np.log(n)
    low = min(-log_mu - LOG2, np.log(p / 2) - np.log(n_live.sum()) - log_x.max(initial=-np.inf))
    high = -log_mu if np.isfinite(log_mu) else np.log(p / -room) - log_x.min()
    if not low < high:
        low = high - 1.0
    for _ in range(64):
        middle = (low + high) / 2
        excess = p * np.exp(log_mu + middle) - room - np.sum(n_live / (1 + np.exp(log_x + middle)))
        low, high = (middle, high) if excess < 0 else (low, middle)
    log_u[live] -= np.logaddexp(0, log_x + low)
    return low, log_u


def _newton(problem, u):
    """(problem, point, steps): where the potential is least; NotConverged if it is not reached.

    The basis is chosen anew now and then: with samples of low rank and little penalty the first one may mix what at the
    solution is of different size.
    """
    start, last = _start(problem, u), np.inf
    if start is None:
        raise _not_converged(problem, "Q^{-1} is not positive definite in floating point at the start")
    for steps in range(STEPS + 1):
        point = _expanded(problem, start)
        if not np.all(np.isfinite(point.step)):
            raise _not_converged(problem, f"no Newton step after {steps} steps")
        if last <= CLOSE and point.residual <= RESIDUAL and point.correction <= CORRECTION:
            return problem, point, steps
        last = point.length
        start = _next(problem, start, point)
        if steps % TURN == TURN - 1:
            problem = _turned_at(problem, start.u)
            start = _start(problem, start.u) or start
    raise _not_converged(problem, f"after {STEPS} steps {_reached(point)}")


def _reached(point):
    return (f"the relative residual is {point.residual:.1e} (at most {RESIDUAL:.0e}) and the estimated relative error of the "
            f"scales {point.correction:.1e} (at most {CORRECTION:.0e})")


def _not_converged(problem, why):
    return NotConverged(f"equivalent ({problem.regime}) did not converge for sizes={problem.sizes.tolist()}, "
                        f"p={len(problem.penalty)}: {why}")


def _next(problem, start, point):
    """After a step no longer than LONGEST; halved until the potential falls, while rounding lets that be seen."""
    step = point.step * min(1.0, LONGEST / max(point.length, LONGEST))
    slope = float(point.gradient @ step)
    seen = -slope > 1e3 * EPS * start.size
    for _ in range(60):
        trial = _start(problem, point.u + step)
        if trial is not None and (not seen or trial.potential <= start.potential + 1e-4 * slope):
            return trial
        step, slope = step / 2, slope / 2
    raise _not_converged(problem, f"no descent; {_reached(point)}")


def _start(problem, u):
    """Cholesky's factor at u, or None where there is none."""
    c = np.exp(u)
    matrix = _inverse_resolvent(problem, c)
    diagonal = np.diagonal(matrix)
    if not np.all((diagonal > 0) & np.isfinite(diagonal)):
        return None
    powers = np.frexp(diagonal)[1] // 2
    grade = np.ldexp(1.0, -powers)
    try:
        lower = np.linalg.cholesky(matrix * grade[:, None] * grade)
    except np.linalg.LinAlgError:
        return None
    if not np.all(np.isfinite(lower)):
        return None
    terms = [2 * np.log(np.diagonal(lower)).sum() + 2 * LOG2 * powers.sum(), c @ problem.leaks, -problem.sizes @ u]
    return _Start(u, lower, grade, float(sum(terms)), float(np.sum(np.abs(terms))))


def _expanded(problem, start):
    """The system at u: every trace a sum of squares, the rows' sum from p - n."""
    c, K = np.exp(start.u), len(start.u)
    root = _lower_inverse(start.lower) * start.grade
    seen = tuple(root @ problem.halves[k].factor for k in problem.kept)
    traces = np.array([_square(y) for y in seen])
    couplings = np.zeros((K, K))
    for k in range(K):
        for other in range(k):
            couplings[k, other] = couplings[other, k] = c[k] * c[other] * _square(seen[k].T @ seen[other])
    leaked, held, grounds = c * problem.leaks, 0.0, c * problem.leaks
    if problem.mu > 0:
        penalised = _times(root, problem.omega.factor)
        held = problem.mu * _square(penalised)
        grounds = leaked + problem.mu * c * np.array([_square(y.T @ penalised) for y in seen])
    rows, moduli = c * traces + leaked - problem.sizes, c * traces + leaked + problem.sizes
    total, total_moduli = problem.room + leaked.sum() - held, abs(problem.room) + leaked.sum() + held
    residual = max(np.abs(rows / problem.sizes).max(initial=0), abs(total) / total_moduli if total_moduli > 0 else 0.0)
    with_total = (total, total_moduli) if total_moduli < moduli.sum() else None
    step, rounding = _step(couplings, grounds, rows, moduli, with_total)
    return _Point(start.u, c, root, seen, couplings, grounds, rows, step, float(residual), rounding)


def _step(couplings, grounds, rows, moduli, with_total):
    """Newton's step -H^{-1} rows, and what rounding of the rows does to it; nan where H is singular in floating point.

    The sum of the rows, where it is known better than from them, stands in for the row of the largest moduli.
    """
    K, order = len(rows), np.argsort(moduli, kind="stable")
    if not K:
        return rows, 0.0
    W, r, loads, sizes = couplings[np.ix_(order, order)], grounds[order], rows[order], moduli[order]
    units, sums = np.hstack([loads[:, None], np.eye(K)]), None
    if with_total is not None:
        units[-1], sizes[-1] = 0, with_total[1]
        sums = np.append(with_total[0], [*np.zeros(K - 1), 1])
    try:
        found = np.empty((K, K + 1))
        found[order] = grounded.solve(W, r, units, total=sums)
    except DomainError:
        return np.full(K, np.nan), np.nan
    return -found[:, 0], EPS * float(np.max(np.abs(found[:, 1:]) @ sizes))


def _times(root, factor):
    """root @ factor, for a factor that may be a multiple of the identity."""
    return root * factor[0, 0] if _is_plain(factor) else root @ factor


def _square(array):
    """The sum of its squares."""
    return float(np.vdot(array, array))


def _lower_inverse(lower):
    """The inverse of a lower triangular matrix, by halves."""
    size = len(lower)
    if size <= 32:
        return np.tril(np.linalg.inv(lower))
    half = size // 2
    inverse = np.zeros_like(lower)
    first, last = _lower_inverse(lower[:half, :half]), _lower_inverse(lower[half:, half:])
    inverse[:half, :half], inverse[half:, half:] = first, last
    inverse[half:, :half] = -last @ (lower[half:, :half] @ first)
    return inverse


class _State:
    """A solved system, and what is asked of it: in the scaled problem's units and basis, over all K sources."""

    def __init__(self, problem, point, sizes, weights):
        self.problem, self.point, self.sizes, self.weights = problem, point, sizes, weights
        self.halves, self.kept, self.shift, self.p = problem.halves, problem.kept, problem.shift, len(problem.penalty)
        self.exponents = np.array([half.exponent for half in self.halves], int)
        self.c = np.zeros(len(sizes))
        self.c[self.kept] = point.c
        self.seen = [point.root @ half.factor for half in self.halves]
        for array in (self.c, self.exponents, point.root, *self.seen):
            array.flags.writeable = False

    def scales(self):
        return np.ldexp(self.c, self.shift - self.exponents)

    def resolvent(self):
        basis = self.problem.basis
        root = self.point.root if basis is None else self.point.root @ basis.T
        return np.ldexp(root.T @ root, -self.shift)

    def target(self, covariance, coefficients):
        """A target's half, in the problem's basis, and its coefficients (p,), checked."""
        half = _half("target_covariance", covariance, self.p)
        return half.turned(self.problem.basis), _vector("target_coefficients", coefficients, self.p)

    def read(self, coefficients, noise):
        """The sources' coefficients (K, p) and noise variances (K,), checked."""
        K = len(self.sizes)
        coefficients = _finite("coefficients", as_array("coefficients", coefficients))
        if coefficients.shape != (K, self.p):
            raise DomainError(f"coefficients have shape (K, p) = {(K, self.p)}; not {coefficients.shape}")
        return coefficients.copy(), _list("noise", noise, K, "not negative", one=True)

    def solve(self, loads):
        """H^{-1} of loads (K,) or (K, M), 0 for sources without rows."""
        found = np.zeros_like(loads)
        if len(self.kept):
            found[self.kept] = grounded.solve(self.point.couplings, self.point.grounds, loads[self.kept])
        return found

    def loads(self, target):
        """tr(S_k Q S_0 Q), (K,)."""
        across = _times(self.point.root, target.factor)
        return np.array([_square(y.T @ across) for y in self.seen])

    def response(self, loads, exponent):
        """g = C H^{-1} C v, (K,), in the units of the sources and of a target scaled by 2^exponent."""
        return np.ldexp(self.c * self.solve(self.c * loads), exponent - self.exponents)

    def sources(self, variances):
        """(D - J)^{-1} of variances (K, M), with those of source k scaled by Sigma_k's power of two."""
        scaled = np.ldexp(variances, -self.exponents[:, None])
        return self.c[:, None] * self.solve(self.c[:, None] * scaled)

    def squares(self):
        """tr(S_k Q S_l Q), (K, K)."""
        return np.array([[_square(y.T @ other) for other in self.seen] for y in self.seen])

    def shrinkage(self):
        """c_k/(w_k n_k) = 1/(1 + w_k tr(Sigma_k Q)), (K,), 0 where the fit interpolates."""
        if self.problem.regime == "ridgeless":
            return np.zeros(len(self.sizes))
        traces = np.array([_square(y) for y in self.seen])
        found = 1 / (1 + self.weights * np.ldexp(traces, self.exponents - self.shift))
        found[self.kept] = self.point.c * self.problem.leaks / self.problem.sizes
        return found

    def errors(self, coefficients, points):
        r"""theta_bar - point, (M, p), as Q (\sum c_k Sigma_k (theta_k - point) - mu Omega point): differences come first."""
        basis, pulled = self.problem.basis, np.zeros((len(points), self.p))
        for k in self.kept:
            apart = coefficients[k] - points
            pulled += self.c[k] * (_turned(apart, basis) @ self.halves[k].factor) @ self.halves[k].factor.T
        if self.problem.mu > 0:
            pulled -= self.problem.mu * _turned(points, basis) @ self.problem.penalty
        return pulled @ self.point.root.T @ self.point.root

    def biases(self, coefficients, points, halves):
        """|theta_bar - point|^2 in each point's own matrix, (M,)."""
        errors = self.errors(coefficients, points)
        return np.array([np.ldexp(_square(half.factor.T @ error), half.exponent)
                         for error, half in zip(errors, halves, strict=True)])

    def mean(self, coefficients):
        """theta_bar, (p,)."""
        error = self.errors(coefficients, np.zeros((1, self.p)))[0]
        return error if self.problem.basis is None else self.problem.basis @ error


def _turned(vectors, basis):
    return vectors if basis is None else vectors @ basis


def _risk(bias, variance, g, mean):
    _settled("the risk", bias + variance, g, mean)
    g.flags.writeable = mean.flags.writeable = False
    return Risk(float(bias + variance), float(bias), float(variance), g, mean)


def _settled(what, *arrays):
    """The arrays, which are finite and not to be written to."""
    for array in arrays:
        if not np.all(np.isfinite(array)):
            raise DomainError(f"equivalent: {what} is too large for a float")
        if isinstance(array, np.ndarray):
            array.flags.writeable = False
    return arrays


def _sources(covariances):
    """The K matrices, scaled and factored."""
    if not isinstance(covariances, (list, tuple)):
        covariances = as_array("covariances", covariances)
        if covariances.ndim != 3:
            raise DomainError(f"covariances have shape (K, p, p); not {covariances.shape}")
    if not len(covariances):
        raise DomainError("covariances are those of one source at least; there is none")
    first = as_array("covariances[0]", covariances[0])
    p = first.shape[0] if first.ndim else 0
    return tuple(_half(f"covariances[{k}]", matrix, p) for k, matrix in enumerate(covariances))


def _half(name, matrix, p):
    """A positive semidefinite matrix, checked and factored."""
    half, negative = _halves(name, matrix, p)
    if negative.factor.shape[1]:
        lowest = -np.ldexp(np.max(np.sum(negative.factor**2, axis=0)), negative.exponent)
        raise DomainError(f"{name} is positive semidefinite; not with an eigenvalue {lowest:.3g}")
    return half


def _halves(name, matrix, p):
    """A symmetric matrix as a difference of two positive semidefinite ones of orthogonal ranges."""
    matrix = _finite(name, as_array(name, matrix))
    if matrix.shape != (p, p):
        raise DomainError(f"{name} has shape (p, p) = {(p, p)}; not {matrix.shape}")
    exponent = int(np.frexp(np.abs(matrix).max())[1]) - 1 if np.any(matrix) else 0
    matrix = np.ldexp(matrix, -exponent)
    apart = np.abs(matrix - matrix.T)
    if np.any(apart > 8 * tolerance(p)):
        i, j = (int(x) for x in np.argwhere(apart > 8 * tolerance(p))[0])
        raise DomainError(f"{name} is symmetric; not with entries {np.ldexp(matrix[i, j], exponent)!r} at {[i, j]} and "
                          f"{np.ldexp(matrix[j, i], exponent)!r} at {[j, i]}")
    matrix = (matrix + matrix.T) / 2
    is_diagonal = _is_diagonal(matrix)
    values, vectors = (np.diagonal(matrix), np.eye(p)) if is_diagonal else np.linalg.eigh(matrix)
    least = 0.0 if is_diagonal else tolerance(p) * np.abs(values).max()
    sides = []
    for side in (values, -values):
        factor = vectors[:, side > least] * np.sqrt(side[side > least])
        sides.append(_Half(factor, exponent))
    return sides


def _list(name, values, K, rule, one=False):
    """K numbers, or one for all, that are `rule`: positive or not negative."""
    values = _finite(name, np.asarray(as_array(name, values)))
    if one and values.ndim == 0:
        values = np.full(K, values)
    if values.shape != (K,):
        raise DomainError(f"{name} has one number for each of the {K} sources; not shape {values.shape}")
    offends = np.flatnonzero(values < 0 if rule == "not negative" else values <= 0)
    if offends.size:
        raise DomainError(f"{name} is {rule}; not {name}[{offends[0]}] = {float(values[offends[0]])!r}")
    return values.copy()


def _number(name, value):
    value = np.asarray(as_array(name, value))
    if value.ndim:
        raise DomainError(f"{name} is one number; not an array of shape {value.shape}")
    if not 0 <= value < np.inf:
        raise DomainError(f"{name} is finite and not negative; not {name}={float(value)!r}")
    return float(value)


def _vector(name, values, p):
    values = _finite(name, np.asarray(as_array(name, values)))
    if values.shape != (p,):
        raise DomainError(f"{name} has shape (p,) = {(p,)}; not {values.shape}")
    return values


def _finite(name, values):
    offends = np.argwhere(~np.isfinite(values))
    if len(offends):
        place = tuple(int(i) for i in offends[0])
        raise DomainError(f"{name} is finite; not {name}{list(place) if place else ''} = {float(values[place])!r}")
    return values
