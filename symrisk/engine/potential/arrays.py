r"""The minimiser of a determinantal potential, on arrays: damped Newton over a whole batch.

    Phi(u) = mass * mean log(floor + sum_k rate_k e^{u_k}) + sum_k cost_k e^{u_k} - sum_k pull_k u_k

is convex: each logarithm is that of a sum of exponentials.  With c = e^u, the shares q_k = c_k
rate_k/(floor + sum c rate) and what is left of them, rho = floor/(floor + sum c rate), its slopes
are mass mean(q_k) + cost_k c_k - pull_k, and its Hessian is a grounded Laplacian: off the diagonal
-W_kl, W_kl = mass mean(q_k q_l), its rows summing to cost_k c_k + mass mean(q_k rho). Neither is
formed by a difference, and no solve makes one.  Where the pulls nearly fill the mass the slopes do
cancel; their sum is therefore formed on its own, (mass - sum pull) + sum cost c - mass mean(rho),
with terms as small as itself, and sets the level of a Newton step wherever its terms are smaller
than the slopes'.
"""

from collections.abc import Sequence

import numpy as np

from symrisk.engine.arrays.spread import spread
from symrisk.engine.potential import grounded
from symrisk.engine.potential.existence import Reach, subsets

STEPS = 200
WIDENINGS = 420
"""How often a bracket is widened, by 32: from the smallest float to the largest."""
WHOLE = 1.5
SETTLED = 1e-9
RESIDUAL = 1e-12
LOWEST = -5000
"""An exponent of two below that of every float."""
FORWARD = 1e-6
"""What rounding the slopes may move a minimiser by, relative to it, and it is still one."""
CROWDED = 0.7
BLUR = 8 * float(np.finfo(float).eps)
ROOM = 1 << 16
UNIT = 2.0**-53


class Batch:
    """Potentials that share their weights or not: floor (N or 1, C), rates a list of K (N or 1, C),
    weights (C,) or (N, C), mass (N,), costs and pulls (N, K); gap (N,), mass less pulls, where it
    is known better than from them."""

    def __init__(self, floor, rates, weights, mass, costs, pulls, gap=None):
        self.floor, self.rates, self.weights, self.mass, self.costs, self.pulls = (
            floor,
            rates,
            weights,
            mass,
            costs,
            pulls,
        )
        self.gap = difference(mass, pulls) if gap is None else gap

    def __len__(self):
        return len(self.mass)

    def part(self, rows):
        """The potentials of some rows: a slice or an array of places."""

        def cut(array):
            return array if len(array) == 1 and len(self) > 1 else array[rows]

        weights = self.weights if self.weights.ndim == 1 else self.weights[rows]
        return Batch(
            cut(self.floor),
            [cut(rate) for rate in self.rates],
            weights,
            self.mass[rows],
            self.costs[rows],
            self.pulls[rows],
            self.gap[rows],
        )

    def ordered(self, order):
        """The same potentials with their unknowns in another order."""
        return Batch(
            self.floor,
            [self.rates[k] for k in order],
            self.weights,
            self.mass,
            self.costs[:, order],
            self.pulls[:, order],
            self.gap,
        )

    def mean(self, values):
        """mass times the mean over the law, a number a row."""
        # Not by BLAS: its threads take longer to meet than the sum takes.
        means = np.einsum("nc,c->n" if self.weights.ndim == 1 else "nc,nc->n", values, self.weights)
        return self.mass * means

    def at(self, u, c=None):
        """What a Newton step needs at u, a list of K arrays (N,), or at c = e^u where that is
        given.
        """
        c = [np.exp(row) for row in u] if c is None else c
        parts = [scale[:, None] * rate for scale, rate in zip(c, self.rates, strict=True)]
        total = sum(parts, self.floor)
        if np.isfinite(total).all():
            inverse = 1 / total
            rho, shares = (
                self.floor * inverse,
                [np.multiply(part, inverse, out=part) for part in parts],
            )
        else:
            rho, *shares = self._shares_by_exponent(u, c)
        spent = [cost * scale for cost, scale in zip(self.costs.T, c, strict=True)]
        drawn = [self.mean(share) + paid for share, paid in zip(shares, spent, strict=True)]
        nodes = range(len(c))
        W = [[None] * len(c) for _ in nodes]
        for k in nodes:
            for m in nodes[:k]:
                W[k][m] = W[m][k] = self.mean(shares[k] * shares[m])
        ground = [self.mean(share * rho) + paid for share, paid in zip(shares, spent, strict=True)]
        return Slopes(self, drawn, sum(spent), self.mean(rho), W, ground)

    def _shares_by_exponent(self, u, c):
        """What is left of the shares, and the shares, where a product of an unknown and a rate is
        too large for a float: all are divided by one power of two first."""
        pairs = [np.frexp(self.floor)]
        for k, (scale, rate) in enumerate(zip(c, self.rates, strict=True)):
            own, exponent = np.frexp(scale)
            if u is not None:
                beyond = ~np.isfinite(scale)
                whole = np.floor(u[k] / np.log(2))
                own = np.where(beyond, np.exp(u[k] - whole * np.log(2)), own)
                exponent = np.where(beyond, whole, exponent).astype(int)
            mantissa, power = np.frexp(rate)
            pairs.append((own[:, None] * mantissa, exponent[:, None] + power))
        highest = _largest_of(
            [np.where(mantissa > 0, exponent, LOWEST) for mantissa, exponent in pairs]
        )
        parts = [
            np.ldexp(mantissa, np.maximum(exponent - highest, LOWEST))
            for mantissa, exponent in pairs
        ]
        total = sum(parts)
        return [part / total for part in parts]


class Slopes:
    """Slopes of a batch at a point, with the sizes of their terms, and their sum as it is formed
    on its own.
    """

    def __init__(self, batch, drawn, costs, kept, W, ground):
        self.values = [d - pull for d, pull in zip(drawn, batch.pulls.T, strict=True)]
        self.sizes = [d + pull for d, pull in zip(drawn, batch.pulls.T, strict=True)]
        self.total, self.total_size = batch.gap + costs - kept, np.abs(batch.gap) + costs + kept
        self.W, self.ground = W, ground

    def step(self):
        """Newton's step, a list of K arrays; the last unknown is that of the largest pull, and
        takes what the sum leaves it.
        """
        level = np.where(self.total_size < sum(self.sizes), self.total, sum(self.values))
        (found,), _ = grounded.balanced(self.W, self.ground, [self.values], [level])
        return [-move for move in found]


def difference(mass, pulls):
    """mass - sum of pulls, exactly rounded but for one ulp: a compensated sum."""
    total, lost = mass.copy(), np.zeros_like(mass)
    for pull in -pulls.T:
        following = total + pull
        part = following - total
        lost += (total - (following - part)) + (pull - part)
        total = following
    return total + lost


def solved(batch):
    """The minimisers c (N, K) and their relative residuals (N,); nan where Newton's method does
    not settle or none exists.
    """
    found, residuals = np.empty(batch.pulls.shape), np.empty(len(batch))
    largest, size = np.argmax(batch.pulls, axis=1), batch.pulls.shape[1]
    rows = max(1, ROOM // max(1, batch.weights.shape[-1]))
    with np.errstate(all="ignore"):
        for last in range(size):
            order, every = (
                [*(k for k in range(size) if k != last), last],
                np.flatnonzero(largest == last),
            )
            for first in range(0, len(every), rows):
                place = every[first : first + rows]
                c, residuals[place] = _minimised(
                    (batch.part(place) if len(place) < len(batch) else batch).ordered(order)
                )
                found[np.ix_(place, order)] = c.T
    return found, residuals


def _minimised(batch):
    """(c, a row an unknown; the residuals) of potentials whose last pull is the largest."""
    u = np.ascontiguousarray(np.log(start(batch)).T)
    length = np.full(len(batch), np.inf)
    going = np.flatnonzero(np.isfinite(u).all(axis=0) & exists(batch))
    part = batch if len(going) == len(batch) else batch.part(going)
    for _ in range(STEPS):
        if not going.size:
            break
        here = u[:, going]
        move = part.at(here).step()
        here += _damped(move)
        u[:, going], length[going] = here, _largest(move)
        far = (length[going] > SETTLED) & np.isfinite(here[-1])
        if not far.any():
            break
        if far.mean() < CROWDED:
            going, part = going[far], part.part(far)
    return _judged(batch, u, length)


def _largest(rows):
    """The largest modulus at each point."""
    return _largest_of([np.abs(row) for row in rows])


def _largest_of(rows):
    """The largest at each point."""
    found = rows[0]
    for row in rows[1:]:
        found = np.maximum(found, row)
    return found


def _damped(move):
    """The part of a Newton step that is taken, so that the potential falls however far from its
    minimum one is.

    Along a direction d the third derivative is at most R times the second, R the spread of d and 0:
    a log-sum-exp's exponents are 0 and the unknowns.  So Phi(u + t d) <= Phi(u) - l t + l (e^{Rt} -
    1 - R t)/R^2, l = d'Hd, which is least at t = log(1 + R)/R, and still falls at t = 1 for R <=
    3/2.
    """
    high = low = 0
    for row in move:
        high, low = np.maximum(high, row), np.minimum(low, row)
    spread = high - low
    return np.where(spread <= WHOLE, 1, np.log1p(spread) / spread) * np.array(move)


def _judged(batch, u, length):
    """c where the residual, the last full correction and the forward error are small; nan
    elsewhere.
    """
    # The correction belongs to c as it is in floats: exp(u + correction) would lose digits where u
    # is large.
    c = np.exp(u)
    slopes = batch.at(u)
    correction = slopes.step()
    residual = np.abs(slopes.total) / slopes.total_size
    for value, pull in zip(slopes.values, batch.pulls.T, strict=True):
        residual = np.maximum(residual, np.abs(value) / pull)
    # A residual of zero says little where the potential is flat: rounding it may hide any
    # correction.
    sizes = [UNIT * size for size in slopes.sizes]
    forward = _largest(
        _largest_answer(slopes, sizes, np.minimum(UNIT * slopes.total_size, sum(sizes)))
    )
    good = (
        (residual <= RESIDUAL)
        & (_largest(correction) <= SETTLED)
        & (length <= SETTLED)
        & (forward <= FORWARD)
    )
    return np.where(good, c + c * np.expm1(correction), np.nan), residual


def correction_bound(batch, c, inside, mass, costs, pulls):
    """How far c (N, K) may be from the minimiser, absolutely, for what its numbers may be wrong by.

    inside: relative errors of the shares (N,); mass (N,), costs and pulls (N, K): absolute ones.
    The Hessian is an M-matrix, so that its inverse has no negative entry, and loads as large as the
    slopes' errors bound the correction; the sum of the slopes has an error of its own, which is
    small where the pulls nearly fill the mass.
    """
    slopes = batch.at(None, list(c.T))
    drawn = [size - pull for size, pull in zip(slopes.sizes, batch.pulls.T, strict=True)]
    relative = 2 * inside + mass / batch.mass
    paid, weighed = costs.T * c.T, (batch.costs * c).T
    loads = [
        d * relative + k + s + UNIT * (d + pull)
        for d, k, s, pull in zip(drawn, paid, pulls.T, batch.pulls.T, strict=True)
    ]
    kept = slopes.total_size - np.abs(batch.gap) - weighed.sum(axis=0)
    total = mass + paid.sum(axis=0) + pulls.sum(axis=1) + relative * kept + UNIT * slopes.total_size
    return c * (_largest_answer(slopes, loads, np.minimum(total, sum(loads))).T + 2 * UNIT)


def _largest_answer(slopes, loads, total):
    """A bound of Newton's steps for slopes no larger than these loads, whose sum is no larger than
    `total`, an array a row.
    """
    return np.array(grounded.largest_answer(slopes.W, slopes.ground, loads, total))


def start(batch):
    """The minimiser for a law of one atom, the mean one: c_k = pull_k/(cost_k + mass rate_k q),
    q the root of an equation.
    """
    rates = np.stack(
        [batch.mean(spread(r, (len(batch), r.shape[1]))) / batch.mass for r in batch.rates],
        axis=1,
    )
    floor = batch.mean(spread(batch.floor, (len(batch), batch.floor.shape[1]))) / batch.mass
    q, costly = batch.gap / (batch.mass * floor), (batch.costs > 0).any(axis=1)
    if costly.any():
        q[costly] = _scale(batch.part(costly), rates[costly], floor[costly])
    return batch.pulls / (batch.costs + batch.mass[:, None] * rates * q[:, None])


def _scale(batch, rates, floor, halvings=16):
    """The root of floor q + sum_k pull_k rate_k q/(cost_k + mass rate_k q) = 1 by bisection of log
    q.

    What one less the sum is comes from the gap: where costs are small, the sum itself is one in
    floats long before the root.
    """

    def excess(q):
        unpaid = batch.costs / (batch.costs + batch.mass[:, None] * rates * q[:, None])
        return floor * q - (batch.gap + np.sum(batch.pulls * unpaid, axis=1)) / batch.mass

    low = 1 / (floor + np.sum(batch.pulls * rates / batch.costs, axis=1))
    high = low.copy()
    for _ in range(WIDENINGS):
        short = excess(high) < 0
        if not short.any():
            break
        high[short] *= 32
    for _ in range(halvings):
        middle = np.sqrt(low) * np.sqrt(high)
        above = excess(middle) > 0
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.sqrt(low) * np.sqrt(high)


class Masses(Reach):
    """What the unknowns of a batch reach, as masses of atoms: an array (N,) each."""

    def __init__(self, batch: Batch):
        self.batch, self.unknowns = batch, range(len(batch.rates))

    def reached(self, chosen: Sequence[int]) -> np.ndarray:
        mass = _mass_of(self.batch, self._rate_of(chosen) > 0)
        all_bear_a_cost = (self.batch.costs[:, chosen] > 0).all(axis=1)
        return np.where(all_bear_a_cost, np.inf, mass)

    def only(self, chosen: Sequence[int], others: Sequence[int]) -> np.ndarray:
        kept_by_others = self._rate_of(others) + self.batch.floor > 0
        return _mass_of(self.batch, (self._rate_of(chosen) > 0) & ~kept_by_others)

    def unreached(self) -> np.ndarray:
        return _mass_of(self.batch, ~(self._rate_of(self.unknowns) + self.batch.floor > 0))

    def _rate_of(self, some):
        return sum((self.batch.rates[k] for k in some), np.zeros((1, 1)))


def exists(batch):
    """Where a minimiser exists: the potential is defined, and no direction of u leaves it
    bounded along it.
    """
    answer = (batch.pulls > 0).all(axis=1)
    if all((rate > 0).all() for rate in batch.rates):
        # Every set of unknowns reaches every atom: what is left to ask is asked of all of them
        # together.
        return answer & bounds(batch, list(range(batch.pulls.shape[1])))[3]
    answer &= unreached(batch) == 0
    for chosen in subsets(batch.pulls.shape[1]):
        answer &= bounds(batch, chosen)[3]
    return answer


def unreached(batch):
    """The mass of the atoms at which the floor and every rate vanish: the potential is defined
    where there are none.
    """
    return Masses(batch).unreached()


def bounds(batch, chosen):
    """(low, pulls of the chosen unknowns, high, low < pulls < high): a minimiser exists where that
    holds for every choice; see `existence`.

    The mass of some atoms is known to `BLUR` only: an edge is not to be crossed by rounding.
    """
    low, high = Masses(batch).interval(chosen)
    total = batch.pulls[:, chosen].sum(axis=1)
    slack = BLUR * batch.mass
    above, below = (
        total < high - np.where(high < batch.mass, slack, 0),
        low + np.where(low > 0, slack, 0) < total,
    )
    if len(chosen) == batch.pulls.shape[1]:
        above, below = (
            np.where(high == batch.mass, batch.gap > 0, above),
            np.where(low == batch.mass, batch.gap < 0, below),
        )
    return low, total, high, above & below


def _mass_of(batch, where):
    """The mass of some atoms; of all of them, the mass itself, so that no rounding moves the
    edge.
    """
    if where.all():
        return batch.mass
    where = spread(where, (len(batch), batch.weights.shape[-1]))
    return np.where(where.all(axis=1), batch.mass, batch.mean(where.astype(float)))
