r"""The minimiser of a determinantal potential, on arrays: damped Newton over a whole batch.

    Phi(u) = mass * mean log(floor + sum_k rate_k e^{u_k}) + sum_k cost_k e^{u_k} - sum_k pull_k u_k

is convex: each logarithm is that of a sum of exponentials.  With c = e^u, the shares q_k = c_k rate_k/(floor + sum c rate) and
what is left of them, rho = floor/(floor + sum c rate), its slopes are mass mean(q_k) + cost_k c_k - pull_k, and its Hessian is
a grounded Laplacian: off the diagonal -W_kl, W_kl = mass mean(q_k q_l), its rows summing to cost_k c_k + mass mean(q_k rho).
Neither is formed by a difference, and no solve makes one.  Where the sizes nearly fill the dimension the slopes do cancel;
their sum is therefore formed on its own, (mass - sum pull) + sum cost c - mass mean(rho), with terms as small as itself.
"""

import numpy as np

from symrisk.engine import grounded

STEPS = 200
LONGEST = 3.0
SETTLED = 1e-9
RESIDUAL = 1e-12
RESOLVED = 1e-13
ROOM = 1 << 16


class Batch:
    """Potentials that share their weights or not: floor (N or 1, C), rates a list of K (N or 1, C), weights (C,) or (N, C),
    mass (N,), costs and pulls (N, K)."""

    def __init__(self, floor, rates, weights, mass, costs, pulls):
        self.floor, self.rates, self.weights, self.mass, self.costs, self.pulls = floor, rates, weights, mass, costs, pulls
        self.gap = difference(mass, pulls)
        self.largest = np.argmax(pulls, axis=1)

    def __len__(self):
        return len(self.mass)

    def part(self, rows):
        """The potentials of some rows: a slice or an array of places."""
        def cut(array):
            return array if len(array) == 1 and len(self) > 1 else array[rows]
        weights = self.weights if self.weights.ndim == 1 else self.weights[rows]
        return Batch(cut(self.floor), [cut(rate) for rate in self.rates], weights, self.mass[rows], self.costs[rows],
                     self.pulls[rows])

    def mean(self, values):
        """mass times the mean over the law, a number a row."""
        means = values @ self.weights if self.weights.ndim == 1 else np.einsum("nc,nc->n", values, self.weights)
        return self.mass * means

    def at(self, u):
        """(slopes with their exact sum put in, sum, size of the sum's terms, W, row sums) at u (N, K)."""
        c, size = np.exp(u), u.shape[1]
        parts = [c[:, k, None] * rate for k, rate in enumerate(self.rates)]
        inverse = 1 / (sum(parts) + self.floor)
        rho, shares = self.floor * inverse, [part * inverse for part in parts]
        spent = self.costs * c
        slopes = np.stack([self.mean(q) for q in shares], axis=1) + spent - self.pulls
        terms = (self.gap, spent.sum(axis=1), -self.mean(rho))
        total = terms[0] + terms[1] + terms[2]
        rows = np.arange(len(u))
        slopes[rows, self.largest] = 0
        slopes[rows, self.largest] = total - slopes.sum(axis=1)
        W = np.zeros((len(u), size, size))
        for k in range(size):
            for other in range(k):
                W[:, k, other] = W[:, other, k] = self.mean(shares[k] * shares[other])
        ground = spent + np.stack([self.mean(q * rho) for q in shares], axis=1)
        return slopes, total, abs(terms[0]) + terms[1] - terms[2], W, ground

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
    found, residuals = np.full(batch.pulls.shape, np.nan), np.full(len(batch), np.inf)
    rows = max(1, ROOM // max(1, batch.weights.shape[-1]))
    with np.errstate(all="ignore"):
        for start in range(0, len(batch), rows):
            place = slice(start, start + rows)
            found[place], residuals[place] = _minimised(batch.part(place))
    return found, residuals


def _minimised(batch):
    u = np.log(start(batch))
    step, reach = np.full(len(u), np.inf), np.full(len(u), np.inf)
    going = np.flatnonzero(np.isfinite(u).all(axis=1) & exists(batch))
    for _ in range(STEPS):
        if not going.size:
            break
        part = batch.part(going)
        slopes, _, _, W, ground = part.at(u[going])
        move = -grounded.solve(W, ground, slopes)
        full = np.abs(move).max(axis=1)
        u[going] += _damped(part, u[going], move, slopes)
        step[going], reach[going] = full, np.minimum(reach[going], full)
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
    slopes, total, size, W, ground = batch.at(u)
    correction = grounded.solve(W, ground, slopes)
    residual = np.maximum(np.max(np.abs(slopes) / batch.pulls, axis=1), np.abs(total) / size)
    good = (residual <= RESIDUAL) & (np.abs(correction).max(axis=1) <= SETTLED) & (step <= SETTLED)
    return np.where(good[:, None], np.exp(u - correction), np.nan), residual


def start(batch):
    """The minimiser for a law of one atom, the mean one: c_k = pull_k/(cost_k + mass rate_k q), q the root of a scalar equation."""
    rates = np.stack([batch.mean(np.broadcast_to(r, (len(batch), r.shape[1]))) / batch.mass for r in batch.rates], axis=1)
    floor = batch.mean(np.broadcast_to(batch.floor, (len(batch), batch.floor.shape[1]))) / batch.mass
    q, costly = batch.gap / (batch.mass * floor), (batch.costs > 0).any(axis=1)
    if costly.any():
        q[costly] = _scale(batch.part(costly), rates[costly], floor[costly])
    return batch.pulls / (batch.costs + batch.mass[:, None] * rates * q[:, None])


def _scale(batch, rates, floor, halvings=16):
    """The root of floor q + sum_k pull_k rate_k q/(cost_k + mass rate_k q) = 1 by bisection of log q."""
    def excess(q):
        return floor * q + np.sum(batch.pulls * rates * q[:, None] / (batch.costs + batch.mass[:, None] * rates * q[:, None]), axis=1)
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
    """Where a minimiser exists: no direction of u leaves the potential bounded along it."""
    answer = (batch.pulls > 0).all(axis=1)
    for chosen in subsets(batch.pulls.shape[1]):
        low, total, high = bounds(batch, chosen)
        answer &= (low < total) & (total < high)
    return answer


def bounds(batch, chosen):
    """(low, pulls of the chosen unknowns, high): a minimiser exists where low < pulls < high for every choice.

    high: the mass of the atoms that one of the chosen reaches, infinite where all of the chosen bear a cost.  low: the mass of
    the atoms that only the chosen reach, and no floor.
    """
    chosen_rate = sum(batch.rates[k] for k in chosen) > 0
    others = sum((rate for k, rate in enumerate(batch.rates) if k not in chosen), np.zeros((1, 1))) + batch.floor > 0
    high, low = (_mass_of(batch, where) for where in (chosen_rate, chosen_rate & ~others))
    costly = (batch.costs[:, chosen] > 0).all(axis=1)
    return low, batch.pulls[:, chosen].sum(axis=1), np.where(costly, np.inf, high)


def _mass_of(batch, where):
    """The mass of some atoms; of all of them, the mass itself, so that no rounding moves the edge."""
    where = np.broadcast_to(where, (len(batch), batch.weights.shape[-1]))
    return np.where(where.all(axis=1), batch.mass, batch.mean(where.astype(float)))
