"""Threads: every proof and every digit is the one that a single thread gives, and no global precision is left changed."""

import re
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path

import flint
import mpmath
import pytest
import sympy
from sympy import Rational, sqrt

import symrisk
from symrisk import Atoms, Claim, Formula, Implicit, Region, prove
from symrisk.decide.recheck.many_digits import number
from symrisk.engine.balls.precision import decimals, precision
from symrisk.errors import SymriskError
from symrisk.symbols import H, n1, n2, p, symbol
from symrisk.theorems.transfer import concept_shift as shift
from symrisk.theorems.transfer import covariate_shift

a = symbol("a", "a", "a positive letter", positive=True)
b = symbol("b", "b", "another", positive=True)
r = symbol("r", "r", "a root", positive=True)
PRECISIONS = 15, 53
LAW = Atoms({(3, "1/2"): "2/5", (1, 2): "2/5", ("1/4", 1): "1/5"})


def precisions():
    return mpmath.mp.dps, flint.ctx.prec


def formula(expression, *hypotheses, where=None):
    return Formula(symbol("f", "f", "a quantity of this test"), expression, where=where, on=Region(*hypotheses))


def in_threads(jobs, workers=6):
    """The answers of calls, in order, threads changing places as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    try:
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(lambda job: job(), jobs))
    finally:
        sys.setswitchinterval(before)


CLAIMS = (
    (Claim("a root lies below its mean", formula(sqrt(a * b)), "<=", (a + b) / 2), "proved"),
    (Claim("a root of a sum is more", formula(sqrt(a + 1)), "<", 1 + a / 2), "proved"),
    (Claim("a root is more than one", formula(sqrt(a)), ">", 1), "refuted"),
    (Claim("a root is small", formula(r, where={**Implicit.root(r, r**3 + r - a)}), "<", a), "proved"),
    (Claim("a limit", formula((sqrt(1 + a) - 1) / a).limit(a, 0), "==", Rational(1, 2)), "proved"),
    (Claim("another limit", formula(a / (a + sqrt(a))).limit(a, sympy.oo), "==", 2), "refuted"),
    (Claim("an identity of roots", formula(sqrt(a) * sqrt(b)), "==", sqrt(a * b)), "proved"),
    (Claim("a share", formula(n1 / (p - n2), n1 + n2 < p), "<", 1), "proved"),
)


def test_proofs():
    "240 proofs in six threads are those of one thread; limits and roots go through balls and through mpmath."
    asked = list(islice(cycle(CLAIMS), 240))
    found = in_threads([lambda claim=claim: prove(claim).status for claim, _ in asked])
    assert found == [status for _, status in asked]
    assert precisions() == PRECISIONS


def test_digits():
    "Digits and balls of several lengths at once, each as when it is asked for alone."
    sample = dict(n1=40, n2=30, p=100, H=LAW)
    point = dict(n2=100, p=600, snr=5, ssr="0.2")

    def of_size(d):
        return [lambda: shift.best_source_size.digits(d, **point), lambda: shift.best_source_size.ball(d, **point),
                lambda: covariate_shift.pooled_variance.digits(d, **sample)]
    jobs = [job for d in (5, 20, 60, 150, 40) for job in of_size(d)]
    alone = [job() for job in jobs]
    assert in_threads(jobs * 4) == alone * 4
    assert str(alone[3]) == "179.84378812835756568"
    assert precisions() == PRECISIONS


def test_an_error_leaves_the_precision_as_it_was():
    "Whatever is raised inside, in balls, in mpmath or in a user's own function, here or in a thread."
    def near(a):
        raise ArithmeticError("the user's own")
    own = formula(r, where={**Implicit.cases((r,), [(r**2 - a,)], near, (a,))})
    tie = formula(sqrt(a) * sqrt(a) - a)

    def failing(block):
        with pytest.raises((SymriskError, ArithmeticError)):
            block()
        return precisions

    def in_balls():
        with precision(333):
            raise ArithmeticError

    def by_mpmath():
        with decimals(44):
            raise ArithmeticError
    jobs = [lambda: own.digits(30, a=2), lambda: tie.digits(3, a=2), in_balls, by_mpmath]
    for job in jobs:
        failing(job)
        assert precisions() == PRECISIONS
    in_threads([lambda job=job: failing(job) for job in jobs * 6])
    assert precisions() == PRECISIONS


def test_precisions_nest():
    "A precision inside another is put back to the outer one; mpmath's own context is never touched."
    with precision(100):
        with precision(300), decimals(50) as outer:
            with decimals(20) as inner:
                assert (flint.ctx.prec, inner.dps, mpmath.mp.dps) == (300, 20, 15)
            assert outer.dps == 50
        assert flint.ctx.prec == 100
    assert precisions() == PRECISIONS


def test_one_thread_has_the_precision_for_itself():
    "While one thread is in balls, another waits for its turn."
    inside, seen = threading.Event(), []

    def other():
        inside.wait(10)
        with precision(77):
            seen.append(flint.ctx.prec)
    waiting = threading.Thread(target=other)
    waiting.start()
    with precision(500):
        inside.set()
        waiting.join(0.05)
        assert seen == [] and flint.ctx.prec == 500
    waiting.join(10)
    assert seen == [77] and flint.ctx.prec == 53


def test_a_users_precision_is_kept():
    "What somebody else has set stays set, and does not change an answer."
    before = mpmath.mp.dps, flint.ctx.prec
    try:
        mpmath.mp.dps, flint.ctx.prec = 7, 31
        assert prove(CLAIMS[4][0]).status == "proved"
        assert formula(sqrt(a)).digits(20, a=2) == Decimal("1.4142135623730950488")
        assert precisions() == (7, 31)
    finally:
        mpmath.mp.dps, flint.ctx.prec = before


def test_mpmath_to_many_digits_beside_itself():
    "Powers use mpmath's table of logarithms, which all its contexts share."
    claim = Claim("a power", formula(a**Rational(7, 5)), ">", 0)
    problem = type("P", (), {"region": claim.region, "claim": claim})
    jobs = [lambda d=d: str(number(a**Rational(7, 5), {a: sympy.Integer(3)}, problem, d))[:12] for d in range(20, 260, 3)]
    assert set(in_threads(jobs)) == {"4.6555367217"}


def test_nouns_that_ask_for_one_another():
    "Regions and graphs of fresh quantities, nested in one another, asked for from all sides: nobody waits for ever."
    def made(i):
        base = formula(n1 / (p - n2), n1 + n2 < p)
        inner = formula(n2 / (i + 2), n2 < p * (i + 1))
        outer = base.at({n1: inner * 1})
        return (outer + inner).at({n2: outer * Rational(1, i + 1)}) - base.at({n2: inner})

    def asked(i):
        quantity = made(i)
        return len((quantity.region if i % 2 else quantity.on).hypotheses) > 0
    threads = [threading.Thread(target=lambda k=k: [asked(10 * k + i) for i in range(6)], daemon=True) for k in range(8)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    finally:
        sys.setswitchinterval(before)
    assert not any(thread.is_alive() for thread in threads)


GLOBAL = re.compile(r"workprec|workdps|ctx\.prec *=|mp\.(dps|prec) *=|functools import.*\bcached_property")


def test_no_other_file_touches_a_global_precision():
    "There is one place that sets a precision; and answers are kept by a property that does not lock."
    root = Path(symrisk.__file__).parent
    found = {str(path.relative_to(root)) for path in root.rglob("*.py") if GLOBAL.search(path.read_text())}
    assert found == {"engine/balls/precision.py"}


def test_a_law_is_put_in_from_threads():
    "Numbers on a grid, laws put in on the fly."
    jobs = [lambda k=k: covariate_shift.pooled_variance(n1=40, n2=30 + k % 3, p=100, H=LAW) for k in range(24)]
    alone = [job() for job in jobs[:3]]
    assert in_threads(jobs) == alone * 8
    assert H in covariate_shift.pooled_variance.graph.names
