r"""The minimiser of a determinantal potential, on arrays: damped Newton over a whole batch.

    Phi(u) = mass * mean log(floor + sum_k rate_k e^{u_k}) + sum_k cost_k e^{u_k} - sum_k pull_k u_k

is convex: each logarithm is that of a sum of exponentials.  With c = e^u, the shares q_k = c_k rate_k/(floor + sum c rate) and
what is left of them, rho = floor/(floor + sum c rate), its slopes are mass mean(q_k) + cost_k c_k - pull_k, and its Hessian is
a grounded Laplacian: off the diagonal -W_kl, W_kl = mass mean(q_k q_l), its rows summing to cost_k c_k + mass mean(q_k rho).
Neither is formed by a difference, and no solve makes one.  Where the pulls nearly fill the mass the slopes do cancel; their sum
is therefore formed on its own, (mass - sum pull) + sum cost c - mass mean(rho), with terms as small as itself, and sets the
level of a Newton step wherever its terms are smaller than the slopes'.
"""

import numpy as np

from symrisk.engine import grounded

STEPS = 200
LONGEST = 3.0
SETTLED = 1e-9
RESIDUAL = 1e-12
RESOLVED = 1e-13


class Batch:
    """Potentials that share their weights or not: floor (N or 1, C), rates a list of K (N or 1, C), weights (C,) or (N, C),
    mass (N,), costs and pulls (N, K); gap (N,), mass less pulls, where it is known better than from them."""

    def __init__(self, floor, rates, weights, mass, costs, pulls, gap=None):
        self.floor, self.rates, self.weights, self.mass, self.costs, self.pulls = floor, rates, weights, mass, costs, pulls
        self.gap = difference(mass, pulls) if gap is None else gap

    def __len__(self):
        return len(self.mass)

    def part(self, rows):
        """The potentials of some rows: a slice or an array of places."""
        def cut(array):
            return array if len(array) == 1 and len(self) > 1 else array[rows]
        weights = self.weights if self.weights.ndim == 1 else self.weights[rows]
        return Batch(cut(self.floor), [cut(rate) for rate in self.rates], weights, self.mass[rows], self.costs[rows],
                     self.pulls[rows], self.gap[rows])

    def mean(self, values):
        """mass times the mean over the law, a number a row."""
        means = values @ self.weights if self.weights.ndim == 1 else np.einsum("nc,nc->n", values, self.weights)
        return self.mass * means

    def at(self, u):
        """(slopes, the sizes of their terms, their sum, the size of its terms, W, row sums) at u (N, K)."""
        c, size = np.exp(u), u.shape[1]
        parts = [c[:, k, None] * rate for k, rate in enumerate(self.rates)]
        inverse = 1 / (sum(parts) + self.floor)
        rho, shares = self.floor * inverse, [part * inverse for part in parts]
        spent = self.costs * c
        drawn = np.stack([self.mean(q) for q in shares], axis=1) + spent
        costs, kept = spent.sum(axis=1), self.mean(rho)
        W = np.zeros((len(u), size, size))
        for k in range(size):
            for other in range(k):
                W[:, k, other] = W[:, other, k] = self.mean(shares[k] * shares[other])
        ground = spent + np.stack([self.mean(q * rho) for q in shares], axis=1)
        return (drawn - self.pulls, drawn + self.pulls, self.gap + costs - kept, np.abs(self.gap) + costs + kept, W, ground)

    def step(self, slopes, sizes, total, terms, W, ground):
        """Newton's step, (N, K), from what `at` gives: the row of the largest pull is that of the slopes' sum."""
        order = np.argsort(self.pulls, axis=1, kind="stable")
        level = np.where(terms < sizes.sum(axis=1), total, slopes.sum(axis=1))
        rows = np.arange(len(order))[:, None, None]
        W = W[rows, order[:, :, None], order[:, None, :]]
        ground, loads = (np.take_along_axis(a, order, axis=1) for a in (ground, slopes))
        found, _ = grounded.solve(W, ground, loads[..., None], level[:, None])
        step = np.empty_like(slopes)
        np.put_along_axis(step, order, -found[..., 0], axis=1)
        return step

    def value(self, u):
        c = np.exp(u)
        inside = sum(c[:, k, None] * rate for k, rate in enumerate(self.rates)) + self.floor
        return self.mean(np.log(inside)) + (self.costs * c - self.pulls * u).sum(axis=1)


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
    """The minimisers c (N, K) and their relative residuals (N,); nan where Newton's method does not settle or none exists."""
    with np.errstate(all="ignore"):
        return _minimised(batch)


def _minimised(batch):
    u = np.log(start(batch))
    step = np.full(len(u), np.inf)
    going = np.flatnonzero(np.isfinite(u).all(axis=1) & exists(batch))
    for _ in range(STEPS):
        if not going.size:
            break
        part = batch.part(going)
        at = part.at(u[going])
        move = part.step(*at)
        full = np.abs(move).max(axis=1)
        u[going] += _damped(part, u[going], move, at[0])
        step[going] = full
        going = going[(full > SETTLED) & np.isfinite(u[going]).all(axis=1)]
    return _judged(batch, u, step)


def _damped(batch, u, move, slopes):
    """The part of a Newton step that is taken: at most LONGEST, and halved until the potential falls as it should."""
    longest = np.abs(move).max(axis=1)
    length = np.minimum(1, LONGEST / longest)
    promised = (move * slopes).sum(axis=1)
    value = batch.value(u)
    checked = (longest > 1e-2) & (-promised > RESOLVED * np.abs(value))
    for _ in range(40):
        open_ = np.flatnonzero(checked)
        if not open_.size:
            break
        part = batch.part(open_)
        trial = part.value(u[open_] + length[open_, None] * move[open_])
        high = ~(trial <= value[open_] + 1e-4 * length[open_] * promised[open_] + RESOLVED * np.abs(value[open_]))
        checked[open_[~high]] = False
        length[open_[high]] /= 2
    return length[:, None] * move


def _judged(batch, u, step):
    """c where the residual and the last full correction are small; nan elsewhere."""
    slopes, _, total, terms, *_ = at = batch.at(u)
    correction = batch.step(*at)
    residual = np.maximum(np.max(np.abs(slopes) / batch.pulls, axis=1), np.abs(total) / terms)
    good = (residual <= RESIDUAL) & (np.abs(correction).max(axis=1) <= SETTLED) & (step <= SETTLED)
    return np.where(good[:, None], np.exp(u + correction), np.nan), residual


def start(batch):
    """The minimiser for a law of one atom, the mean one: c_k = pull_k/(cost_k + mass rate_k q), q the root of an equation."""
    rates = np.stack([batch.mean(np.broadcast_to(r, (len(batch), r.shape[1]))) / batch.mass for r in batch.rates], axis=1)
    floor = batch.mean(np.broadcast_to(batch.floor, (len(batch), batch.floor.shape[1]))) / batch.mass
    q, costly = batch.gap / (batch.mass * floor), (batch.costs > 0).any(axis=1)
    if costly.any():
        q[costly] = _scale(batch.part(costly), rates[costly], floor[costly])
    return batch.pulls / (batch.costs + batch.mass[:, None] * rates * q[:, None])


def _scale(batch, rates, floor, halvings=16):
    """The root of floor q + sum_k pull_k rate_k q/(cost_k + mass rate_k q) = 1 by bisection of log q."""
    def excess(q):
        drawn = rates * q[:, None]
        return floor * q + np.sum(batch.pulls * drawn / (batch.costs + batch.mass[:, None] * drawn), axis=1)

    low = 1 / (floor + np.sum(batch.pulls * rates / batch.costs, axis=1))
    high = low.copy()
    for _ in range(60):
        short = excess(high) < 1
        if not short.any():
            break
        high[short] *= 32
    for _ in range(halvings):
        middle = np.sqrt(low) * np.sqrt(high)
        above = excess(middle) > 1
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.sqrt(low) * np.sqrt(high)


def subsets(size):
    """Every nonempty subset of the unknowns' places."""
    return [[k for k in range(size) if mask >> k & 1] for mask in range(1, 1 << size)]


def exists(batch):
    """Where a minimiser exists: the potential is defined, and no direction of u leaves it bounded along it."""
    answer = (batch.pulls > 0).all(axis=1) & (unreached(batch) == 0)
    for chosen in subsets(batch.pulls.shape[1]):
        answer &= bounds(batch, chosen)[3]
    return answer


def unreached(batch):
    """The mass of the atoms at which the floor and every rate vanish: the potential is defined where there are none."""
    return _mass_of(batch, ~(sum(batch.rates) + batch.floor > 0))


def bounds(batch, chosen):
    """(low, pulls of the chosen unknowns, high, low < pulls < high): a minimiser exists where that holds for every choice.

    high: the mass of the atoms that one of the chosen reaches, infinite where all of the chosen bear a cost.  low: the mass of
    the atoms that only the chosen reach, and no floor.  These are the rank conditions of `symrisk.equivalents.regimes`, for
    covariances that commute and costs of any kind.
    """
    chosen_rate = sum(batch.rates[k] for k in chosen) > 0
    others = sum((rate for k, rate in enumerate(batch.rates) if k not in chosen), np.zeros((1, 1))) + batch.floor > 0
    high, low = (_mass_of(batch, where) for where in (chosen_rate, chosen_rate & ~others))
    high = np.where((batch.costs[:, chosen] > 0).all(axis=1), np.inf, high)
    total = batch.pulls[:, chosen].sum(axis=1)
    above, below = total < high, low < total
    if len(chosen) == batch.pulls.shape[1]:
        above, below = np.where(high == batch.mass, batch.gap > 0, above), np.where(low == batch.mass, batch.gap < 0, below)
    return low, total, high, above & below


def _mass_of(batch, where):
    """The mass of some atoms; of all of them, the mass itself, so that no rounding moves the edge."""
    where = np.broadcast_to(where, (len(batch), batch.weights.shape[-1]))
    return np.where(where.all(axis=1), batch.mass, batch.mean(where.astype(float)))
