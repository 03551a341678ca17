r"""Exact random designs of K samples, and what linear algebra says of any fit to them: for steps
checked on instances.

Sample k has rows X_k, coefficients theta_0 + Delta_k and label noise eps_k, all rational.  A step
hands a check to `instances`; the check yields pairs of values, or of matrices, that are equal on
every design.
"""

import random
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from flint import fmpq, fmpq_mat

from symrisk.paper.theorem import Citation

WIDE = (((2, 1), 5), ((1, 3), 6), ((3, 2), 7))
"""Rows of each sample and columns: two samples, fewer rows than columns."""
TALL = (((2, 2), 2), ((3, 2), 3), ((1, 4), 3))
"""Two samples, more rows than columns."""
THREE = (((1, 1, 1), 5), ((2, 1, 2), 7), ((1, 3, 1), 6))
"""Three samples, fewer rows than columns."""

INVARIANCE = Citation("muirhead1982",
                      "Chapter 2: Gaussian rows keep their law under rotation of the features, so "
                      "that E Pi and E X_k' (W^{-1})_kl X_l are multiples of I: only their traces "
                      "are needed")
CHI_SQUARE = Citation("muirhead1982",
                      "Section 3.2: a Gaussian row off n - 1 others has a squared length of "
                      "chi-square law with p - n + 1 degrees of freedom, and the mean of its "
                      "inverse is 1/(p - n - 1)")
COCHRAN = Citation("muirhead1982",
                   "Section 3.2: of m Gaussian rows the parts off and along n - m others are "
                   "independent; the second has E [part part'] = (n - m) I")


@dataclass(frozen=True)
class Design:
    """Rows and label noise of each sample, the target's coefficients, and each sample's shift
    from them.
    """

    blocks: tuple
    noises: tuple
    theta0: fmpq_mat
    shifts: tuple

    @cached_property
    def X(self):
        return stacked(self.blocks)

    @cached_property
    def noise(self):
        return stacked(self.noises)

    @cached_property
    def shifted(self):
        """[X_1 Delta_1; ...; X_K Delta_K]."""
        return stacked([block * shift
                        for block, shift in zip(self.blocks, self.shifts, strict=True)])

    @property
    def labels(self):
        return self.X * self.theta0 + self.shifted + self.noise

    @property
    def groups(self):
        """For each sample and for each pair, (rows of the group, the other rows)."""
        samples = range(len(self.blocks))
        # Each sample alone, and each pair once: {k, k} is {k}.
        chosen = [{k, m} for k, m in product(samples, samples) if k <= m]
        found = []
        for group in chosen:
            rows = [block for k, block in enumerate(self.blocks) if k in group]
            rest = [block for k, block in enumerate(self.blocks) if k not in group]
            if rest:
                found.append((rows, rest))
        return found


def instances(check, sizes=WIDE):
    """A generator of exact instances: random designs of these sizes, handed to `check`."""
    def generate():
        draw = random.Random(0)
        for rows, columns in sizes:
            yield from check(_drawn(draw, rows, columns))
    return generate


def _drawn(draw, rows, columns):
    blocks = tuple(matrix(draw, m, columns) for m in rows)
    noises = tuple(matrix(draw, m, 1) for m in rows)
    theta0 = matrix(draw, columns, 1)
    return Design(blocks, noises, theta0, tuple(matrix(draw, columns, 1) for _ in rows))


def matrix(draw, rows, columns):
    """A matrix of random rationals."""
    entries = [fmpq(draw.randint(-9, 9), draw.randint(1, 4)) for _ in range(rows * columns)]
    return fmpq_mat(rows, columns, entries)


def stacked(matrices):
    """Matrices one under the other."""
    entries = []
    for each in matrices:
        entries += each.entries()
    return fmpq_mat(sum(each.nrows() for each in matrices), matrices[0].ncols(), entries)


def part(whole, rows, columns):
    """The entries of these rows and columns."""
    entries = [whole[i, j] for i, j in product(rows, columns)]
    return fmpq_mat(len(rows), len(columns), entries)


def identity(size):
    """The identity matrix."""
    places = range(size)
    return fmpq_mat(size, size, [fmpq(int(i == j)) for i, j in product(places, places)])


def trace(square):
    return sum((square[i, i] for i in range(square.nrows())), fmpq(0))


def inner(left, right):
    """<left, right> of two columns."""
    return (left.transpose() * right)[0, 0]


def pinv(X):
    """X^+ for a design of full rank: X' (X X')^{-1}, or (X'X)^{-1} X' where rows outnumber
    columns.
    """
    turned = X.transpose()
    return turned * (X * turned).inv() if X.nrows() <= X.ncols() else (turned * X).inv() * turned


def off(rows):
    """The projection off the rows of a matrix."""
    return identity(rows.ncols()) - pinv(rows) * rows


def error_splits(design):
    """X^+ y - theta_0 is the leaked shifts and the noise less the missed signal."""
    X = design.X
    yield (pinv(X) * design.labels - design.theta0,
           pinv(X) * design.shifted + pinv(X) * design.noise - off(X) * design.theta0)


def missed_is_orthogonal(design):
    """The missed signal is orthogonal to all that the interpolator makes of labels."""
    yield (inner(off(design.X) * design.theta0, pinv(design.X) * (design.shifted + design.noise)),
           fmpq(0))


def free_dimensions(design):
    """I - Pi has trace p - n."""
    yield trace(off(design.X)), fmpq(design.X.ncols() - design.X.nrows())


def noise_square(design):
    """|X^+ eps|^2 = eps' W^{-1} eps, W = X X'."""
    fitted = pinv(design.X) * design.noise
    yield (inner(fitted, fitted),
           inner(design.noise, (design.X * design.X.transpose()).inv() * design.noise))


def row_off_the_others(design):
    """(W^{-1})_ii is 1 over the squared length of row i off the other rows."""
    X, every = design.X, range(design.X.ncols())
    inverse = (X * X.transpose()).inv()
    for i in range(X.nrows()):
        row = part(X, [i], every)
        rest = part(X, [j for j in range(X.nrows()) if j != i], every)
        yield inverse[i, i] * (row * off(rest) * row.transpose())[0, 0], fmpq(1)


def group_block(design):
    """The block of W^{-1} of a group of samples is the inverse of X_G P X_G', P projecting off
    the other rows.
    """
    for rows, rest in design.groups:
        group, every = stacked(rows), stacked([*rows, *rest])
        first = range(group.nrows())
        yield (part((every * every.transpose()).inv(), first, first),
               (group * off(stacked(rest)) * group.transpose()).inv())


def group_trace(design):
    """tr (X_G P X_G')^{-1} X_G X_G' is the size of the group, and a trace with the part of its
    rows along the others.
    """
    for rows, rest in design.groups:
        group, across = stacked(rows), off(stacked(rest))
        free = (group * across * group.transpose()).inv()
        along = identity(group.ncols()) - across
        yield (trace(free * group * group.transpose()),
               group.nrows() + trace(free * group * along * group.transpose()))


def leak_by_blocks(design):
    """|X^+ [X_k Delta_k]|^2 = sum_kl Delta_k' X_k' (W^{-1})_kl X_l Delta_l."""
    leaked = pinv(design.X) * design.shifted
    blocks = _blocks_of_inverse(design)
    moved = [block * shift for block, shift in zip(design.blocks, design.shifts, strict=True)]
    yield (inner(leaked, leaked),
           sum((inner(moved[k], block * moved[m]) for (k, m), block in blocks.items()), fmpq(0)))


def pair_trace(design):
    """The trace of a pair's block is that of its two own blocks and twice that of the cross
    block.
    """
    blocks, samples = _blocks_of_inverse(design), design.blocks
    for k in range(len(samples)):
        for m in range(k):
            pair = stacked([samples[k], samples[m]])
            rest = [block for i, block in enumerate(samples) if i not in (k, m)]
            whole = stacked([pair, *rest])
            first = range(pair.nrows())
            together = part((whole * whole.transpose()).inv(), first, first)
            own = sum((trace(blocks[i, i] * samples[i] * samples[i].transpose()) for i in (k, m)),
                      fmpq(0))
            yield (trace(together * pair * pair.transpose()),
                   own + 2 * trace(blocks[k, m] * samples[m] * samples[k].transpose()))


def _blocks_of_inverse(design):
    """{(k, m): the block of W^{-1} that couples samples k and m}."""
    inverse = (design.X * design.X.transpose()).inv()
    places, start = [], 0
    for block in design.blocks:
        places.append(range(start, start + block.nrows()))
        start += block.nrows()
    samples = range(len(places))
    return {(k, m): part(inverse, places[k], places[m]) for k, m in product(samples, samples)}
