"""What is typed is read exactly, or refused with the word that is wrong."""

from fractions import Fraction

import pytest

from symrisk.cli.values import MOST, assignments, points, shown
from symrisk.errors import ArgumentError


@pytest.mark.parametrize("word, wanted", [
    ("n1=100", [100]), ("snr=1/5", [Fraction(1, 5)]), ("ssr=0.2", [Fraction(1, 5)]), ("n1=1,2,3", [1, 2, 3]),
    ("n1=100:400:100", [100, 200, 300, 400]), ("n1=4:1:-1", [4, 3, 2, 1]), ("x=0:1:1/3", [0, Fraction(1, 3), Fraction(2, 3), 1]),
    ("n1=1:10:4,7", [1, 5, 9, 7]), ("x=-1e-3", [Fraction(-1, 1000)])])
def test_values_are_exact(word, wanted):
    "Decimals as they stand, fractions, lists and ranges."
    (found,) = assignments([word]).values()
    assert found == wanted


@pytest.mark.parametrize("words, said", [
    (["n1"], "write name=value"), (["=3"], "write name=value"), (["n1=1", "n1=2"], "n1 is given twice"), (["n1=1:2"], "a range is"),
    (["n1=1:2:0"], "does not lead"), (["n1=1:2:-1"], "does not lead"), ([f"n1=0:{MOST}:1"], "more than the command line evaluates"),
    (["n1=" + "1"*2000], "has 2000 characters"), (["n1=two"], "n1"), (["n1=nan"], "n1"), (["n1=__import__('os')"], "n1")])
def test_what_is_no_value_is_refused(words, said):
    "Nothing typed is evaluated as code."
    with pytest.raises(ArgumentError, match=said):
        assignments(words)


def test_every_combination_is_a_point():
    "The last name varies fastest; too many are refused before one is made."
    assert points(assignments(["a=1,2", "b=3,4"])) == [{"a": a, "b": b} for a in (1, 2) for b in (3, 4)]
    with pytest.raises(ArgumentError, match="use the library"):
        points({"a": range(1000), "b": range(1000)})


@pytest.mark.parametrize("value, wanted", [(Fraction(1, 4), "0.25"), (Fraction(1, 3), "1/3"), (Fraction(3), "3")])
def test_a_value_is_shown_as_one_would_type_it(value, wanted):
    "A decimal where that is exact."
    assert shown(value) == wanted
    assert assignments([f"x={shown(value)}"]) == {"x": [value]}
