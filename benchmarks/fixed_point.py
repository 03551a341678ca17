"""The fixed point of two samples on 64 eigenvalues: a batch against scipy.optimize.root, digits
against mpmath.findroot.
"""

import time
from fractions import Fraction

import mpmath
import numpy as np
from scipy.optimize import root

from benchmarks.ratio import ratio
from symrisk.engine.potential.arrays import Batch, solved
from symrisk.laws.law import Atoms
from symrisk.theorems.transfer.covariate_shift import scale1

ATOMS, BATCH, BY_HAND = 64, 10_000, 200


def problems(rng, count):
    """Ridgeless problems: eigenvalues over two decades, sizes that leave from half to a
    thousandth of the dimension.
    """
    rates = [10 ** rng.uniform(-1, 1, (count, ATOMS)) for _ in range(2)]
    p = 10.0 * ATOMS
    n = p * (1 - 10 ** rng.uniform(-3, -0.3, count))
    share = rng.uniform(0.1, 0.9, count)
    return rates, np.full(count, p), np.stack([share * n, (1 - share) * n], axis=1)


def batch(rates, mass, pulls):
    return Batch(
        np.ones((1, ATOMS)), rates, np.full(ATOMS, 1 / ATOMS), mass, np.zeros_like(pulls), pulls
    )


def by_scipy(first, second, mass, pulls):
    """What one writes by hand: the two equations, solved from ones."""

    def equations(a):
        inverse = mass / ATOMS / (1 + a[0] * first + a[1] * second)
        return a[0] * (first @ inverse) - pulls[0], a[1] * (second @ inverse) - pulls[1]

    return root(equations, (1.0, 1.0))


def against_scipy():
    rates, mass, pulls = problems(np.random.default_rng(0), BATCH)
    ours = batch(rates, mass, pulls)

    def by_hand():
        return [by_scipy(rates[0][i], rates[1][i], mass[i], pulls[i]) for i in range(BY_HAND)]

    found, answers = solved(ours)[0], by_hand()
    wrong = sum(not np.allclose(a.x, c, rtol=1e-6) for a, c in zip(answers, found, strict=False))
    silent = sum(
        a.success and not np.allclose(a.x, c, rtol=1e-6)
        for a, c in zip(answers, found, strict=False)
    )
    negative = sum(bool((a.x < 0).any()) for a in answers)
    mine, theirs, _ = ratio(lambda: solved(ours), by_hand, runs=3)
    each = mine / BATCH, theirs / BY_HAND
    print(
        f"batched solve, {ATOMS} atoms, K = 2: {each[0] * 1e6:.1f} us an instance, "
        f"scipy.optimize.root {each[1] * 1e6:.0f} us: "
        f"{each[1] / each[0]:.0f} x (bar 30)"
    )
    print(
        f"  ours fails on {int(np.isnan(found).any(axis=1).sum())} of {BATCH}; scipy on {wrong} of "
        f"{BY_HAND} from (1, 1), "
        f"of which {silent} with success=True and {negative} at negative roots"
    )


def law(atoms, seed=0):
    """A joint law with rational eigenvalues between 1/10 and 10."""
    rng = np.random.default_rng(seed)
    return Atoms(
        {
            tuple(Fraction(int(1000 * x) + 1, 1000) for x in 10 ** rng.uniform(-1, 1, 2)): Fraction(
                1, atoms
            )
            for _ in range(atoms)
        }
    )


def by_mpmath(where, digits, n1, n2, p):
    """What one writes by hand: the two equations as sums over the atoms, from the isotropic
    solution.
    """
    with mpmath.workdps(digits):
        rows = [
            (mpmath.mpf(int(x.p)) / int(x.q), mpmath.mpf(int(y.p)) / int(y.q))
            for (x, y), _ in where.points
        ]

        def equations(a, b):
            inside = [1 + a * x + b * y for x, y in rows]
            each = mpmath.mpf(p) / len(rows)
            return (
                each * sum(a * x / d for (x, _), d in zip(rows, inside, strict=True)) - n1,
                each * sum(b * y / d for (_, y), d in zip(rows, inside, strict=True)) - n2,
            )

        return mpmath.findroot(
            equations, (mpmath.mpf(n1) / (p - n1 - n2), mpmath.mpf(n2) / (p - n1 - n2))
        )[0]


def against_mpmath(n1=100, n2=150, p=600):
    where = law(ATOMS)
    given = {"n1": n1, "n2": n2, "p": p, "H": where}
    mine, theirs, quotient = ratio(
        lambda: scale1.digits(50, **given), lambda: by_mpmath(where, 60, n1, n2, p), 9, warm=True
    )
    longer = scale1.digits(120, **given)
    with mpmath.workdps(130):
        right = str(scale1.digits(50, **given)) == mpmath.nstr(
            mpmath.mpf(str(longer)), 50, strip_zeros=False
        )
    print(
        f"50 digits, certified, {ATOMS} atoms: {mine * 1e3:.2f} ms, mpmath.findroot "
        f"{theirs * 1e3:.1f} ms: "
        f"{1 / quotient:.0f} x (bar 20); as a 120-digit run has them: {right}"
    )
    start = time.perf_counter()
    many = scale1.digits(1000, **given)
    print(
        f"1000 digits: {len(str(many)) - 2} of them in {1e3 * (time.perf_counter() - start):.0f} ms"
    )


def table(n1=100, n2=150, p=600):
    print(
        f"{'milliseconds for':>18s}" + "".join(f"{atoms:>12d} atoms" for atoms in (64, 256, 1024))
    )
    laws = {atoms: law(atoms, seed=1) for atoms in (64, 256, 1024)}
    for digits in (50, 200, 400, 800):
        row = []
        for where in laws.values():
            scale1.digits(digits, n1=n1, n2=n2, p=p, H=where)
            start = time.perf_counter()
            scale1.digits(digits, n1=n1, n2=n2, p=p, H=where)
            row.append(1e3 * (time.perf_counter() - start))
        print(f"{digits:>11d} digits" + "".join(f"{t:>18.1f}" for t in row))


def main():
    against_scipy()
    against_mpmath()
    table()


if __name__ == "__main__":
    main()
