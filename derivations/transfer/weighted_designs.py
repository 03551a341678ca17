r"""Exact designs of K weighted samples with a penalty of any matrix: what linear algebra says of
rows taken out, of the resolvent and of the least objective with some of the target's squared error
added.  Each function yields pairs that are equal.
"""

import random
from dataclasses import dataclass, replace

from flint import fmpq, fmpq_mat

from symrisk.derivations.transfer.designs import identity, inner, matrix, part, stacked, trace

SAMPLES = ((2, 1), (1, 3), (2, 2, 1))
COLUMNS = 4


@dataclass(frozen=True)
class Weighted:
    """Rows X_k, labels y_k and weights w_k of each sample, and the penalty mu Omega."""

    blocks: list
    labels: list
    weights: list
    penalty: fmpq_mat

    @property
    def samples(self):
        """(X_k, y_k, w_k) of each sample."""
        return list(zip(self.blocks, self.labels, self.weights, strict=True))

    @property
    def square(self):
        """sum_k w_k X_k'X_k."""
        return _sum([X.transpose() * X * w for X, _, w in self.samples])

    @property
    def pulled(self):
        """sum_k w_k X_k'y_k."""
        return _sum([X.transpose() * y * w for X, y, w in self.samples])

    @property
    def resolvent(self):
        """(sum_k w_k X_k'X_k + mu Omega)^{-1}."""
        return (self.penalty + self.square).inv()

    @property
    def fit(self):
        """The minimiser of sum_k w_k |y_k - X_k theta|^2 + mu |theta|^2_Omega."""
        return self.resolvent * self.pulled

    def without(self, k, i):
        """The same, row i of sample k left out."""
        block, labels = self.blocks[k], self.labels[k]
        rest = [j for j in range(block.nrows()) if j != i]
        blocks = [*self.blocks[:k], part(block, rest, range(COLUMNS)), *self.blocks[k + 1:]]
        fewer = [*self.labels[:k], part(labels, rest, [0]), *self.labels[k + 1:]]
        return replace(self, blocks=blocks, labels=fewer)


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
    """(the design, eta Sigma_0, theta_0), all rational."""
    draw = random.Random(0)
    for rows in SAMPLES:
        # In this order they are drawn: another order is another set of instances.
        blocks = [matrix(draw, m, COLUMNS) for m in rows]
        labels = [matrix(draw, m, 1) for m in rows]
        weights = [_positive(draw) for _ in rows]
        penalty, target = _definite(draw, COLUMNS), _definite(draw, COLUMNS)
        theta0 = matrix(draw, COLUMNS, 1)
        yield Weighted(blocks, labels, weights, penalty), target, theta0


def _rows():
    """(design, sample, row, the design without the row) for each row of each design."""
    for design, _, _ in _drawn():
        for k, block in enumerate(design.blocks):
            for i in range(block.nrows()):
                yield design, k, i, design.without(k, i)


def _along(design, row):
    """x'Q x along a row x."""
    return (row * design.resolvent * row.transpose())[0, 0]


def leave_one_out():
    """w x'Q-hat x against w x'Q_- x/(1 + w x'Q_- x), for each row x (Sherman and Morrison)."""
    for design, k, i, fewer in _rows():
        x, w = part(design.blocks[k], [i], range(COLUMNS)), design.weights[k]
        unseen = w * _along(fewer, x)
        yield w * _along(design, x), unseen / (1 + unseen)


def residuals():
    """A row's own residual against that of the fit without it, over 1 + w x'Q_- x."""
    for design, k, i, fewer in _rows():
        x, w = part(design.blocks[k], [i], range(COLUMNS)), design.weights[k]
        label = design.labels[k][i, 0]
        own, other = label - (x * design.fit)[0, 0], label - (x * fewer.fit)[0, 0]
        yield own, other / (1 + w * _along(fewer, x))


def resolvents():
    """Q-hat - Q against Q-hat (Q^{-1} - Q-hat^{-1}) Q."""
    for design, other, _ in _drawn():
        Q_hat, Q = design.resolvent, (design.penalty + other).inv()
        yield Q_hat - Q, Q_hat * (Q.inv() - Q_hat.inv()) * Q


def fitted_trace():
    """tr(sum_k w_k X_k' X_k Q-hat) against p - tr(mu Omega Q-hat)."""
    for design, _, _ in _drawn():
        Q = design.resolvent
        yield trace(design.square * Q), COLUMNS - trace(design.penalty * Q)


def _least(design, target, theta0):
    """The minimiser of the objective with the target's squared error added, and the minimum."""
    both = (design.penalty + target + design.square).inv()
    found = both * (target * theta0 + design.pulled)
    value = inner(found, design.penalty * found)
    for X, y, w in design.samples:
        missed = y - X * found
        value += w * inner(missed, missed)
    away = found - theta0
    return found, value + inner(away, target * away)


def envelope():
    """(M(eta) - M(0))/eta against <theta_hat(eta) - theta_0, theta_hat(0) - theta_0>: at eta = 0
    the squared error.
    """
    for design, target, theta0 in _drawn():
        rate = fmpq(1, 3)
        moved, above = _least(design, target * rate, theta0)
        fit, below = _least(design, target * 0, theta0)
        yield (above - below) / rate, inner(moved - theta0, target * (fit - theta0))


def _bordered(square, column, corner):
    """[[square, column], [column', corner]]."""
    n = square.nrows()
    entries = []
    for i in range(n):
        entries += [*(square[i, j] for j in range(n)), column[i, 0]]
    entries += [*(column[j, 0] for j in range(n)), corner]
    return fmpq_mat(n + 1, n + 1, entries)


def _bordered_target(penalty, target, theta0):
    """What penalty and target's error add to the bordered matrix of the samples."""
    pulled = target * theta0
    return _bordered(penalty + target, pulled, inner(theta0, pulled))


def _schur(bordered):
    """The Schur complement of the last corner."""
    n = bordered.nrows() - 1
    square, column = part(bordered, range(n), range(n)), part(bordered, range(n), [n])
    return bordered[n, n] - inner(column, square.inv() * column)


def _beside(X, y):
    """[X, y]."""
    return stacked([X.transpose(), y.transpose()]).transpose()


def schur():
    """M(eta) against the Schur complement of sum_k w_k [X_k, y_k]'[X_k, y_k] and what eta and
    the penalty add.
    """
    for design, target, theta0 in _drawn():
        whole = _bordered_target(design.penalty, target, theta0)
        for X, y, w in design.samples:
            rows = _beside(X, y)
            whole = whole + rows.transpose() * rows * w
        _, least = _least(design, target, theta0)
        yield _schur(whole), least


def schur_of_limit():
    """The same complement, rows [x, y] taken for c_k times their second moments, against the least
    of sum_k c_k (sigma_k^2 + |theta - theta_k|^2_{Sigma_k}) + mu |theta|^2_Omega
    + eta |theta - theta_0|^2_{Sigma_0}.
    """
    draw = random.Random(1)
    for design, target, theta0 in _drawn():
        scales, penalty = design.weights, design.penalty
        covariances = [_definite(draw, COLUMNS) for _ in scales]
        thetas = [matrix(draw, COLUMNS, 1) for _ in scales]
        noises = [_positive(draw) for _ in scales]
        samples = list(zip(covariances, thetas, noises, scales, strict=True))
        square = _sum([penalty + target, *(S * c for S, _, _, c in samples)])
        pulled = _sum([target * theta0, *(S * t * c for S, t, _, c in samples)])
        mean = square.inv() * pulled
        away = mean - theta0
        value = inner(mean, penalty * mean) + inner(away, target * away)
        whole = _bordered_target(penalty, target, theta0)
        for S, t, s, c in samples:
            value += c * (s + inner(mean - t, S * (mean - t)))
            whole = whole + _bordered(S, S * t, inner(t, S * t) + s) * c
        yield _schur(whole), value
