"""One elimination of grounded networks: over floats, over fractions and over names the same answers."""

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from symrisk.engine.potential import elimination_names, grounded

NETWORKS = given(seed=st.integers(0, 2**32 - 1), K=st.integers(1, 5))


def network(seed, K):
    """Symmetric couplings, grounds and loads: small whole numbers as fractions."""
    rng = np.random.default_rng(seed)
    W = rng.integers(0, 9, (K, K))
    whole = [(W + W.T).tolist(), rng.integers(1, 9, K).tolist(), rng.integers(-9, 9, K).tolist()]
    W, r, b = whole
    return [[Fraction(x) for x in row] for row in W], [Fraction(x) for x in r], [Fraction(x) for x in b]


def matrix(W, r):
    """The network's matrix, exactly."""
    size = range(len(r))
    rows = [[r[k] + sum(W[k][m] for m in size if m != k) if k == j else -W[k][j] for j in size] for k in size]
    return sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in rows])


@NETWORKS
def test_fractions_solve_the_system(seed, K):
    "The matrix times the answer is the load, whichever node goes first."
    W, r, b = network(seed, K)
    for order in (None, range(K)[::-1], [*range(1, K), 0]):
        (x,), pivots = grounded.eliminated(W, r, [b], order)
        assert list(matrix(W, r) * sympy.Matrix(x)) == b and all(pivot > 0 for pivot in pivots)


@NETWORKS
def test_names_stand_for_the_numbers(seed, K):
    "What the definitions say, worked out at numbers, is the answer of fractions."
    W, r, b = network(seed, K)
    ties = {(k, m): sympy.Symbol(f"w{k}{m}", positive=True) for k in range(K) for m in range(k)}
    grounds, loads = [sympy.symbols(f"{letter}:{K}", positive=True) for letter in "rb"]
    names, answers = elimination_names.eliminated("", ties, grounds, loads)
    known = {**dict(zip(grounds, r, strict=True)), **dict(zip(loads, b, strict=True))}
    known |= {tie: W[k][m] for (k, m), tie in ties.items()}
    known = {letter: sympy.Rational(value.numerator, value.denominator) for letter, value in known.items()}
    for name, body in names.items():
        known[name] = body.xreplace(known)
    assert [answer.xreplace(known) for answer in answers] == grounded.eliminated(W, r, [b])[0][0]


@NETWORKS
def test_the_last_node_takes_what_the_sum_leaves(seed, K):
    "Loads with a known sum: as without, where the sum is theirs."
    W, r, b = network(seed, K)
    (found,), _ = grounded.balanced(W, r, [b], [sum(b)])
    assert found == grounded.eliminated(W, r, [b])[0][0]


@NETWORKS
def test_no_answer_is_larger_than_its_bound(seed, K):
    "For loads of any signs within their sizes, and any sum within its own."
    W, r, b = network(seed, K)
    bound = grounded.largest_answer(W, r, [abs(x) for x in b], abs(sum(b)))
    (found,), _ = grounded.eliminated(W, r, [b])
    assert all(abs(x) <= most for x, most in zip(found, bound, strict=True))


@pytest.mark.parametrize("body", [sympy.Integer(3), sympy.Symbol("n1", positive=True)])
def test_a_letter_or_a_number_gets_no_name(body):
    "It is as short as a name."
    names = elimination_names.Names("")
    assert names.keep("r", body, 0) == body and not names.definitions
