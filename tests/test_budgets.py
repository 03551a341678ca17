"""What would never end, or overflow, ends: a budget of size says so, and the claim is undecided with that reason."""

import pytest
import sympy
from sympy import sqrt

from symrisk import Claim, Formula, Region, prove
from symrisk.engine import budget
from symrisk.engine.algebra.rational import Field, power, product
from symrisk.engine.budget import question, refuse_large, spend
from symrisk.errors import NoMethod
from symrisk.symbols import symbol
from symrisk.theorems.transfer.multi_source import claims_of, multi_source

a = symbol("a", "a", "a positive letter", positive=True)
b = symbol("b", "b", "another", positive=True)
u = symbol("u", "u", "not negative", nonnegative=True)
v = symbol("v", "v", "not negative", nonnegative=True)
k = symbol("k", "k", "whole", integer=True, nonnegative=True)
LETTERS = [symbol(f"y{i}", f"y_{i}", "a real letter", real=True) for i in range(260)]


def formula(expression):
    return Formula(symbol("f", "f", "a quantity of this test"), expression, on=Region())


def nested(depth):
    expression = a
    for _ in range(depth):
        expression = sqrt(1 + expression)
    return expression


def reason(claim):
    verdict = prove(claim)
    assert verdict.status == "undecided"
    return " ".join(verdict.assumes)


POWERS = {
    "a letter to the 10^9": a**10**9, "a letter to the 10^20": a**10**20, "a sum to the 10^9": (1 + a)**10**9,
    "below": 1 / (1 + a)**10**9, "a sum of many": sum(LETTERS[:30])**40 + a, "a power of a power": ((1 + a)**60 + b)**60,
}


@pytest.mark.parametrize("name", POWERS)
def test_powers(name):
    "Degree and number of terms are counted before a power is expanded."
    assert "beyond the budget MOST_" in reason(Claim("it is positive", formula(POWERS[name]), ">", 0))


def test_what_is_within_a_budget_is_decided():
    "A large power that is no trouble."
    assert prove(Claim("a power is positive", formula((1 + a)**300), ">", 1)).status == "proved"


def test_many_real_letters():
    "Each doubles the cells."
    claim = Claim("a square is not negative", formula(sum(y * z for y, z in zip(LETTERS[:20], LETTERS[1:21], strict=True))), "<", 0)
    assert "MOST_CELLS" in reason(claim)


def test_too_many_letters():
    assert "MOST_LETTERS" in reason(Claim("a sum", formula(sum(LETTERS[:210])), "<", 0))


def test_nested_roots():
    "Refused where the expression is made; what is not refused is walked without a RecursionError."
    with pytest.raises(NoMethod, match="nested 2.. deep is beyond the budget MOST_DEPTH"):
        formula(nested(100))
    deep = formula(nested(38))
    assert deep(a=1) == pytest.approx((1 + 5**0.5) / 2)
    assert str(deep.digits(5, a=1)) == "1.6180"
    assert prove(Claim("deep", formula(nested(5)), ">", 0)).status in ("proved", "undecided")


def test_letter_exponents_end():
    "Whatever is said of it, it is said."
    claim = Claim("a power of a product", formula(u**k * v**k), "==", (u * v)**k)
    assert prove(claim).status in ("proved", "undecided")


@pytest.mark.parametrize("number", [2, 4])
def test_five_samples(number):
    "Claims of the theorem on five samples that took minutes and gigabytes."
    assert "MOST_" in reason(claims_of(5)[number])


def test_a_question_counts_for_itself():
    "What is spent in one does not count in the next, nor outside of any."
    spend(10 * budget.MOST_WORK)
    for _ in range(3):
        with question():
            spend(budget.MOST_WORK)
            with pytest.raises(NoMethod, match="MOST_WORK"):
                spend(1)


def test_products_and_powers():
    "The sizes that are compared are those of the result before it is collected."
    ring = Field.over((a, b))
    one = ring.convert((1 + a + b)**150).num
    with pytest.raises(NoMethod, match="MOST_TERMS"):
        product(one, one)
    with pytest.raises(NoMethod, match="MOST_DEGREE"):
        power(one, 10**30)
    assert power(ring.convert(1 + a).num, 0) == 1 and power(ring.convert(1 + a).num, 1) == ring.convert(1 + a).num


def test_a_tree_is_weighed_without_being_walked():
    "Thirty doublings: 2^30 nodes and more, of which few differ."
    expression = a
    for _ in range(30):
        expression = sympy.Add(expression, sympy.Mul(b, expression, evaluate=False), evaluate=False)
    with pytest.raises(NoMethod, match="MOST_NODES"):
        refuse_large(expression)


def test_a_theorem_on_many_samples_is_refused_at_once():
    "Its text grows with the cube of their number; what gives the numbers is named."
    with pytest.raises(NoMethod, match="multi_source\\(20\\) is not written out.*equivalents"):
        multi_source(20)
