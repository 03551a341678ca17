r"""Exact designs of K weighted samples with a penalty of any matrix: what linear algebra says of
rows taken out, of the resolvent and of the least objective with some of the target's squared error
added.  Each function yields pairs that are equal.
"""

import random

from flint import fmpq, fmpq_mat

from symrisk.derivations.transfer.designs import identity, inner, matrix, part, stacked, trace

SAMPLES = ((2, 1), (1, 3), (2, 2, 1))
COLUMNS = 4


def _positive(draw):
    return fmpq(draw.randint(1, 9), draw.randint(1, 5))


def _definite(draw, size):
    half = matrix(draw, size, size)
    return half.transpose() * half + identity(size)


def _sum(matrices):
    first, *others = matrices
    for other in others:
        first = first + other
    return first


def _drawn():
    """(rows X_k, labels y_k, weights w_k, mu Omega, eta Sigma_0, theta_0), all rational."""
    draw = random.Random(0)
    for rows in SAMPLES:
        yield ([matrix(draw, m, COLUMNS) for m in rows], [matrix(draw, m, 1) for m in rows], [_positive(draw) for _ in rows],
               _definite(draw, COLUMNS), _definite(draw, COLUMNS), matrix(draw, COLUMNS, 1))


def _resolvent(blocks, weights, penalty):
    return (_sum([penalty, *(X.transpose() * X * w for X, w in zip(blocks, weights, strict=True))])).inv()


def _fit(blocks, labels, weights, penalty):
    pulled = [X.transpose() * y * w for X, y, w in zip(blocks, labels, weights, strict=True)]
    return _resolvent(blocks, weights, penalty) * _sum(pulled)


def _rows():
    """(design, sample, row, w x'Q_- x, the design without the row)."""
    for blocks, labels, weights, penalty, _, _ in _drawn():
        for k, (X, w) in enumerate(zip(blocks, weights, strict=True)):
            for i in range(X.nrows()):
                rest = [j for j in range(X.nrows()) if j != i]
                without = [*blocks[:k], part(X, rest, range(COLUMNS)), *blocks[k + 1:]]
                fewer = [*labels[:k], part(labels[k], rest, [0]), *labels[k + 1:]]
                x = part(X, [i], range(COLUMNS))
                seen = w * (x * _resolvent(without, weights, penalty) * x.transpose())[0, 0]
                yield (blocks, labels, weights, penalty), k, i, x, seen, (without, fewer, weights, penalty)


def leave_one_out():
    """w x'Q-hat x against w x'Q_- x/(1 + w x'Q_- x), for each row x (Sherman and Morrison)."""
    for (blocks, _, weights, penalty), k, _, x, seen, _ in _rows():
        yield weights[k] * (x * _resolvent(blocks, weights, penalty) * x.transpose())[0, 0], seen / (1 + seen)


def residuals():
    """A row's own residual against that of the fit without it, over 1 + w x'Q_- x."""
    for design, k, i, x, seen, without in _rows():
        own, unseen = (design[1][k][i, 0] - (x * _fit(*each))[0, 0] for each in (design, without))
        yield own, unseen / (1 + seen)


def resolvents():
    """Q-hat - Q against Q-hat (Q^{-1} - Q-hat^{-1}) Q."""
    for blocks, _, weights, penalty, other, _ in _drawn():
        Q_hat, Q = _resolvent(blocks, weights, penalty), (penalty + other).inv()
        yield Q_hat - Q, Q_hat * (Q.inv() - Q_hat.inv()) * Q


def fitted_trace():
    """tr(sum_k w_k X_k' X_k Q-hat) against p - tr(mu Omega Q-hat)."""
    for blocks, _, weights, penalty, _, _ in _drawn():
        Q = _resolvent(blocks, weights, penalty)
        fitted = _sum([X.transpose() * X * w for X, w in zip(blocks, weights, strict=True)])
        yield trace(fitted * Q), COLUMNS - trace(penalty * Q)


def _least(blocks, labels, weights, penalty, target, theta0):
    """The minimiser of the objective with the target's squared error added, and the minimum."""
    pulled = _sum([target * theta0, *(X.transpose() * y * w for X, y, w in zip(blocks, labels, weights, strict=True))])
    found = _resolvent(blocks, weights, penalty + target) * pulled
    missed = [y - X * found for X, y in zip(blocks, labels, strict=True)]
    squares = sum((w * inner(m, m) for w, m in zip(weights, missed, strict=True)), fmpq(0))
    away = found - theta0
    return found, squares + inner(found, penalty * found) + inner(away, target * away)


def envelope():
    """(M(eta) - M(0))/eta against <theta_hat(eta) - theta_0, theta_hat(0) - theta_0>: at eta = 0
    the squared error.
    """
    for *design, target, theta0 in _drawn():
        rate = fmpq(1, 3)
        moved, above = _least(*design, target * rate, theta0)
        fit, below = _least(*design, target * 0, theta0)
        yield (above - below) / rate, inner(moved - theta0, target * (fit - theta0))


def _bordered(square, column, corner):
    """[[square, column], [column', corner]]."""
    n = square.nrows()
    entries = [[*(square[i, j] for j in range(n)), column[i, 0]] for i in range(n)]
    entries.append([*(column[j, 0] for j in range(n)), corner])
    return fmpq_mat(n + 1, n + 1, [e for row in entries for e in row])


def _schur(bordered):
    n = bordered.nrows() - 1
    square, column = part(bordered, range(n), range(n)), part(bordered, range(n), [n])
    return bordered[n, n] - inner(column, square.inv() * column)


def schur():
    """M(eta) against the Schur complement of sum_k w_k [X_k, y_k]'[X_k, y_k] and what eta and
    the penalty add.
    """
    for blocks, labels, weights, penalty, target, theta0 in _drawn():
        rows = [stacked([X.transpose(), y.transpose()]).transpose() for X, y in zip(blocks, labels, strict=True)]
        whole = _sum([row.transpose() * row * w for row, w in zip(rows, weights, strict=True)])
        pulled = target * theta0
        fixed = _bordered(penalty + target, pulled, inner(theta0, pulled))
        yield _schur(whole + fixed), _least(blocks, labels, weights, penalty, target, theta0)[1]


def schur_of_limit():
    """The same complement, rows [x, y] taken for c_k times their second moments, against the least of sum_k c_k (sigma_k^2 +
    |theta - theta_k|^2_{Sigma_k}) + mu |theta|^2_Omega + eta |theta - theta_0|^2_{Sigma_0}."""
    draw = random.Random(1)
    for _, _, scales, penalty, target, theta0 in _drawn():
        covariances, thetas = ([build() for _ in scales] for build in (
            lambda: _definite(draw, COLUMNS), lambda: matrix(draw, COLUMNS, 1)))
        noises = [_positive(draw) for _ in scales]
        moments = [_bordered(S, S * t, inner(t, S * t) + s) * c
                   for S, t, s, c in zip(covariances, thetas, noises, scales, strict=True)]
        pulled = target * theta0
        mean = _sum([penalty + target, *(S * c for S, c in zip(covariances, scales, strict=True))]).inv() * _sum(
            [pulled, *(S * t * c for S, t, c in zip(covariances, thetas, scales, strict=True))])
        apart = [(S, mean - t) for S, t in zip(covariances, thetas, strict=True)]
        value = sum((c * (s + inner(d, S * d)) for c, s, (S, d) in zip(scales, noises, apart, strict=True)),
                    inner(mean, penalty * mean) + inner(mean - theta0, target * (mean - theta0)))
        yield _schur(_sum([_bordered(penalty + target, pulled, inner(theta0, pulled)), *moments])), value
