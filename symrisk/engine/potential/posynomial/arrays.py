r"""The minimiser of a potential of products of powers, on arrays: damped Newton over a batch.

With the shares s_a of a logarithm's terms the slopes are sum mass mean(a s_a) + sum b w_b c^b -
pulls, and the Hessian is a sum of weight * v v' over the bends v: mass mean(s_a s_a') along a - a',
and w_b c^b along b.  Newton's steps in log c lead close to the minimiser; there the slopes are
formed to 32 digits, for they cancel where costs are small: so the last step is the forward error.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from symrisk.engine.arrays.spread import spread
from symrisk.engine.arrays.twofold import Twofold
from symrisk.engine.potential.posynomial.shape import Shape, edges, outward

STEPS, POLISHINGS, CROWDED = 100, 10, 0.7
WHOLE, NEAR = 1.5, 1e-5
"""A spread up to which whole steps lower the potential; a step after which slopes are to be
formed more finely."""
DONE, SETTLED, RESIDUAL = 1e-17, 1e-13, 1e-9
UNIT = 2.0**-53
BLUR = 8 * float(np.finfo(float).eps)


class Batch:
    """Potentials of one shape at N points.

    tables: for each logarithm a list with an array a term, (N or 1, C); weights: for each the
    weights of its law, (C,) or (N, C).  masses (N, J), costs (N, B), pulls (N, K).
    """

    def __init__(
        self,
        shape: Shape,
        tables: Sequence,
        weights: Sequence,
        masses: np.ndarray,
        costs: np.ndarray,
        pulls: np.ndarray,
        levels: Sequence | None = None,
    ):
        self.shape, self.tables, self.weights = shape, tables, weights
        self.masses, self.costs, self.pulls = masses, costs, pulls
        self.levels = levels

    def __len__(self):
        return len(self.pulls)

    def part(self, rows: np.ndarray) -> "Batch":
        """The potentials of some rows."""

        def cut(array):
            return array if len(array) == 1 and len(self) > 1 else array[rows]

        tables = [[cut(term) for term in terms] for terms in self.tables]
        weights = [w if w.ndim == 1 else w[rows] for w in self.weights]
        numbers = (self.masses[rows], self.costs[rows], self.pulls[rows])
        levels = None
        if self.levels is not None:
            levels = [[cut(level) for level in terms] for terms in self.levels]
        return Batch(self.shape, tables, weights, *numbers, levels)

    def scaled(self, whole: np.ndarray) -> "Batch":
        """The same potentials in the unknowns divided by 2^whole, (N, K): nothing is rounded.

        The terms of a logarithm are divided by one more power of two, so that none overflows.
        """
        tables = []
        for terms, powers in zip(self.tables, self.shape.logarithms, strict=True):
            shifts = [whole @ np.array(power, int) for power in powers]
            sizes = []
            for term, shift in zip(terms, shifts, strict=True):
                largest = np.frexp(np.max(term, axis=-1))[1]
                sizes.append(np.where(np.any(term > 0, axis=-1), largest + shift, -(1 << 20)))
            highest = np.max(sizes, axis=0)
            down = [np.maximum(shift - highest, -5000)[:, None] for shift in shifts]
            tables.append([np.ldexp(t, d) for t, d in zip(terms, down, strict=True)])
        costs = self.costs
        if self.shape.costs:
            costs = np.ldexp(costs, whole @ np.array(self.shape.costs, int).T)
        return Batch(self.shape, tables, self.weights, self.masses, costs, self.pulls)

    def shares(self, x: np.ndarray) -> list[list[np.ndarray]]:
        """The shares of the terms of each logarithm at x = log c, (N, K)."""
        found = []
        if self.levels is None:
            self.levels = [[np.log(term) for term in terms] for terms in self.tables]
        for terms, powers in zip(self.levels, self.shape.logarithms, strict=True):
            levels = []
            for level, power in zip(terms, powers, strict=True):
                levels.append(level + (x @ np.array(power))[:, None])
            highest = levels[0]
            for level in levels[1:]:
                highest = np.maximum(highest, level)
            parts = [np.exp(level - highest) for level in levels]
            total = sum(parts)
            found.append([part / total for part in parts])
        return found

    def slopes(self, shares: Sequence, spent: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(the slopes in log c, (N, K); the sizes of their terms) from shares and costs paid."""
        value, size = -self.pulls, np.abs(self.pulls)
        for j, (parts, powers) in enumerate(zip(shares, self.shape.logarithms, strict=True)):
            for part, power in zip(parts, powers, strict=True):
                if any(power):
                    drawn = self.masses[:, j] * mean(part, self.weights[j])
                    value = value + drawn[:, None] * np.array(power)
                    size = size + drawn[:, None] * np.abs(power)
        bends = np.array(self.shape.costs, float).reshape(-1, self.shape.size)
        return value + spent @ bends, size + spent @ np.abs(bends)

    def hessian(self, shares: Sequence, spent: np.ndarray) -> np.ndarray:
        """The second derivatives in log c, (N, K, K)."""
        weights = []
        for j, parts in enumerate(shares):
            for one, other in combinations(parts, 2):
                weights.append(self.masses[:, j] * mean(one * other, self.weights[j]))
        weights += list(spent.T)
        size = self.shape.size
        bends = np.array(self.shape.bends, float).reshape(-1, size)
        outer = (bends[:, :, None] * bends[:, None, :]).reshape(-1, size * size)
        return (np.array(weights).T @ outer).reshape(-1, size, size)

    def spent(self, x: np.ndarray) -> np.ndarray:
        """What the costs come to, (N, B)."""
        if not self.shape.costs:
            return np.zeros((len(x), 0))
        levels = x @ np.array(self.shape.costs, float).T
        return np.where(self.costs > 0, np.exp(np.log(self.costs) + levels), 0.0)


def mean(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The mean over a law, a number a row."""
    if weights.ndim == 1:
        return np.einsum("nc,c->n", spread(values, (len(values), len(weights))), weights)
    return np.einsum("nc,nc->n", spread(values, weights.shape), weights)


def solved(batch: Batch) -> np.ndarray:
    """The minimisers c, (N, K); nan where Newton's method does not settle or none exists."""
    with np.errstate(all="ignore"):
        x = start(batch)
        going = np.flatnonzero(exists(batch) & np.isfinite(x).all(axis=1))
        settled = np.zeros(len(batch), bool)
        part = batch if len(going) == len(batch) else batch.part(going)
        for _ in range(STEPS):
            if not going.size:
                break
            move = _move(part, x[going])
            x[going] += _damped(batch.shape, move)
            length = np.max(np.abs(move), axis=1)
            near = length <= NEAR
            settled[going[near]] = True
            kept = ~near & np.isfinite(length)
            if kept.mean() < CROWDED:
                rows = np.flatnonzero(kept)
                going, part = going[rows], part.part(rows)
        c = np.full(x.shape, np.nan)
        # What did not come near may be held back by the rounding of its slopes alone.
        settled[going] = True
        close = np.flatnonzero(settled & np.isfinite(x).all(axis=1))
        if close.size:
            part = batch if len(close) == len(batch) else batch.part(close)
            c[close] = _polished(part, x[close])
        return c


def _move(batch, x):
    """Newton's step in log c."""
    shares, spent = batch.shares(x), batch.spent(x)
    slopes, _ = batch.slopes(shares, spent)
    return -_solved(batch.hessian(shares, spent), slopes)[0]


def _solved(hessian, slopes):
    """(the solutions d of H d = slopes, nan where H is singular; each H with a unit diagonal)."""
    scale = np.sqrt(np.einsum("nkk->nk", hessian))
    unit = hessian / (scale[:, :, None] * scale[:, None, :])
    singular = ~(np.linalg.det(unit) > 0)
    if singular.any():
        unit = np.where(singular[:, None, None], np.nan, unit)
    return np.linalg.solve(unit, (slopes / scale)[..., None])[..., 0] / scale, unit


def _lowest(unit):
    """The smallest eigenvalue of each of some matrices with a unit diagonal; zero of what is
    none.
    """
    good = np.isfinite(unit).all(axis=(1, 2))
    found = np.linalg.eigvalsh(np.where(good[:, None, None], unit, np.eye(unit.shape[1])))
    return np.where(good, np.maximum(found[:, 0], 0), 0.0)


def _damped(shape, move):
    """The part of Newton's step that is taken, so that the potential falls however far from its
    minimum one is.

    Along a direction d the third derivative is at most R times the second, R the largest of the
    spreads of a.d in a logarithm and of the costs' |b.d|: a step of log(1 + R)/R lowers it, as a
    whole one does for R <= 3/2.
    """
    largest = np.max(np.abs(move @ np.array(shape.bends, float).T), axis=1)
    length = np.where(largest <= WHOLE, 1.0, np.log1p(largest) / largest)
    return move * length[:, None]


def _polished(batch, x):
    """The minimisers from points close to them; nan where the last step, taken from slopes of 32
    digits, is not small.
    """
    whole = np.clip(np.floor(x / np.log(2)), -(1 << 16), 1 << 16).astype(int)
    near = np.exp(x - whole * np.log(2))
    batch, y = batch.scaled(whole), Twofold(near, np.zeros_like(near))
    weights = [_as_shares(w, len(batch)) for w in batch.weights]
    for _ in range(POLISHINGS):
        value, size, shares, spent = _finely(batch, y, weights)
        step, unit = _solved(batch.hessian(shares, spent), value)
        length = np.max(np.abs(step), axis=1)
        # What the step leaves: its square, and what rounding of the Hessian does to it.
        left = length * (length + BLUR / _lowest(unit))
        held = np.where(np.isfinite(step), _damped(batch.shape, step), 0.0)
        y = y + y * Twofold(np.expm1(-held))
        if not np.any(left > DONE):
            break
    residual = np.max(np.abs(value) / size, axis=1)
    good = (left <= SETTLED) & (residual <= RESIDUAL)
    return np.where(good[:, None], np.ldexp(y.value, whole), np.nan)


def _as_shares(weights, points):
    """Weights as Twofold numbers that add up to one to 32 digits, (N or 1, C)."""
    table = Twofold(np.atleast_2d(weights), np.zeros_like(np.atleast_2d(weights)))
    return table / _kept(_total(table))


def _kept(total):
    """A column of one number a row."""
    return Twofold(total.high[:, None], total.low[:, None])


def _total(table):
    """The sums of the rows of a Twofold table, by halves."""
    high, low = table.high, table.low
    while high.shape[1] > 1:
        if high.shape[1] % 2:
            zero = np.zeros((len(high), 1))
            high, low = np.concatenate([high, zero], 1), np.concatenate([low, zero], 1)
        added = Twofold(high[:, ::2], low[:, ::2]) + Twofold(high[:, 1::2], low[:, 1::2])
        high, low = added.high, added.low
    return Twofold(high[:, 0], low[:, 0])


def _finely(batch, y, weights):
    """(slopes formed to 32 digits, the sizes of their terms, shares, costs paid) at the unknowns
    y, Twofold (N, K).
    """
    letters = [Twofold(y.high[:, k], y.low[:, k]) for k in range(batch.shape.size)]
    values = [Twofold(-pull, np.zeros_like(pull)) for pull in batch.pulls.T]
    sizes = [np.abs(pull) for pull in batch.pulls.T]

    def add(amount, powers):
        for k, power in enumerate(powers):
            if power:
                values[k] = values[k] + amount * Twofold(float(power))
                sizes[k] = sizes[k] + abs(power) * amount.high

    shares = []
    for j, (terms, powers) in enumerate(zip(batch.tables, batch.shape.logarithms, strict=True)):
        parts = []
        for term, power in zip(terms, powers, strict=True):
            parts.append(_kept(_product(letters, power)) * Twofold(term, np.zeros_like(term)))
        total = parts[0]
        for part in parts[1:]:
            total = total + part
        mass = Twofold(batch.masses[:, j], 0.0)
        shares.append([part / total for part in parts])
        for share, power in zip(shares[-1], powers, strict=True):
            if any(power):
                add(mass * _total(share * weights[j]), power)
        shares[-1] = [share.value for share in shares[-1]]
    spent = np.zeros((len(batch), len(batch.shape.costs)))
    for place, power in enumerate(batch.shape.costs):
        paid = _product(letters, power) * Twofold(batch.costs[:, place], 0.0)
        spent[:, place] = paid.value
        add(paid, power)
    return np.stack([v.value for v in values], 1), np.stack(sizes, 1), shares, spent


def _product(letters, powers):
    """A product of whole powers of Twofold numbers."""
    one = np.ones_like(letters[0].high)
    above, below = Twofold(one, 0 * one), Twofold(one, 0 * one)
    for letter, power in zip(letters, powers, strict=True):
        for _ in range(abs(power)):
            if power > 0:
                above = above * letter
            else:
                below = below * letter
    return above / below if min(powers) < 0 else above


def start(batch: Batch) -> np.ndarray:
    """A point at which the terms are about as large as each other, and costs as pulls: as well as
    can be at once, on mean eigenvalues; it moves along where the scale of something changes.
    """
    wanted = []
    for j, (terms, powers) in enumerate(zip(batch.tables, batch.shape.logarithms, strict=True)):
        levels = [np.log(mean(t, batch.weights[j])) for t in terms]
        for one, other in combinations(range(len(powers)), 2):
            wanted.append(levels[other] - levels[one])
    if batch.shape.costs:
        costs, pull = np.log(batch.costs.T), np.log(np.max(np.abs(batch.pulls), axis=1))
        there = np.isfinite(costs)
        among = np.sum(np.where(there, costs, 0), axis=0) / np.maximum(there.sum(axis=0), 1)
        # Where nothing pulls, the costs are balanced among themselves.
        wanted += list(np.where(np.isfinite(pull), pull, among) - costs)
    rows = [np.where(np.isfinite(row), row, 0.0) for row in wanted]
    rows = [spread(row, (len(batch),)) for row in rows]
    return np.stack(rows, axis=1) @ outward(batch.shape).T


def exists(batch: Batch) -> np.ndarray:
    """Where there is a minimiser: the potential is defined and convex, and rises along all edges;
    see `shape`.
    """
    found = is_defined(batch)
    for edge in edges(batch.shape):
        rise, slack = rises(batch, edge)
        found = found & (rise > slack)
    return found


def is_defined(batch: Batch) -> np.ndarray:
    """Where no mass, cost or coefficient is negative, and no logarithm is of zero."""
    found = (batch.masses >= 0).all(axis=1) & (batch.costs >= 0).all(axis=1)
    for terms, weights in zip(batch.tables, batch.weights, strict=True):
        for term in terms:
            found = found & (term >= 0).all(axis=1)
        found = found & ((sum(terms) > 0) | (weights == 0)).all(axis=1)
    return found


def rises(batch: Batch, edge: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """(how much the potential rises along an edge in the end, a unit of it; what that may be wrong
    by where it is the mass of a part of a law).
    """
    total, slack = Twofold(np.zeros(len(batch))), np.zeros(len(batch))
    for j, (terms, powers) in enumerate(zip(batch.tables, batch.shape.logarithms, strict=True)):
        highest, lowest = _highest(terms, powers, edge)
        mass = batch.masses[:, j]
        if highest is None:
            total = total + Twofold(mass) * Twofold(float(lowest))
            continue
        above = mean(spread(highest - lowest, (len(batch), highest.shape[1])), batch.weights[j])
        total = total + Twofold(mass) * (Twofold(float(lowest)) + Twofold(above))
        slack += BLUR * mass * (np.max(highest) - lowest)
    for pull, step in zip(batch.pulls.T, edge, strict=True):
        total = total - Twofold(pull) * Twofold(float(step))
    rise = total.value
    for cost, powers in zip(batch.costs.T, batch.shape.costs, strict=True):
        if _along(powers, edge) > 0:
            rise = np.where(cost > 0, np.inf, rise)
    return rise, slack


def _highest(terms, powers, edge):
    """(the largest power of t among the terms that are there, an array (N or 1, C); its least
    value); (None, the value) where it is the same everywhere.
    """
    steps = [_along(power, edge) for power in powers]
    for term, step in zip(terms, steps, strict=True):
        if step == max(steps) and (term > 0).all():
            return None, step
    highest = np.full((1, 1), float(min(steps)))
    for term, step in zip(terms, steps, strict=True):
        highest = np.where(term > 0, np.maximum(highest, step), highest)
    return highest, np.min(highest)


def _along(powers, edge):
    return sum(power * step for power, step in zip(powers, edge, strict=True))


def correction_bound(
    batch: Batch,
    c: np.ndarray,
    inside: Sequence,
    masses: np.ndarray,
    costs: np.ndarray,
    pulls: np.ndarray,
) -> np.ndarray:
    """How far c (N, K) may be from the minimiser, absolutely, for what its numbers may be wrong by.

    inside: for each logarithm the relative error of its terms, (N,) or a number; masses (N, J),
    costs (N, B), pulls (N, K): absolute errors.
    """
    x = np.log(c)
    shares, spent, loads = batch.shares(x), batch.spent(x), pulls.copy()
    for j, (parts, powers) in enumerate(zip(shares, batch.shape.logarithms, strict=True)):
        relative = 2 * inside[j] + masses[:, j] / batch.masses[:, j] + 4 * UNIT
        for part, power in zip(parts, powers, strict=True):
            drawn = batch.masses[:, j] * mean(part, batch.weights[j]) * relative
            loads = loads + drawn[:, None] * np.abs(power)
    paid = np.where(batch.costs > 0, spent * costs / batch.costs, 0.0)
    loads = loads + paid @ np.abs(np.array(batch.shape.costs, float).reshape(-1, batch.shape.size))
    inverse = np.abs(np.linalg.inv(batch.hessian(shares, spent)))
    return c * (np.einsum("nkm,nm->nk", inverse, loads) + 4 * UNIT)
