"""Bad input is an error with the first offender in its message, never a number.

One table: a call, the error it raises, and what its message must contain.
"""

import datetime
import fractions
from decimal import Decimal

import numpy as np
import pytest
import sympy
from sympy import Rational

from symrisk import (
    Atoms,
    Claim,
    Empirical,
    Formula,
    Implicit,
    Mean,
    Region,
    catalogue,
    prove,
    threshold,
)
from symrisk.engine.arrays.grid import BLOCK
from symrisk.errors import ArgumentError, DomainError, NoMethod, NotProved, SymriskError
from symrisk.language.relation import Relation
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation, Theorem
from symrisk.plot.figures.collapse.mixing import variance_against_weight
from symrisk.plot.figures.transfer.concept_shift import risk_against_source_size
from symrisk.simulate.setting import Setting
from symrisk.symbols import H, n1, p, symbol, tau, w
from symrisk.theorems.collapse import mixing
from symrisk.theorems.ridge import effective_ridge
from symrisk.theorems.transfer import concept_shift as shift
from symrisk.theorems.transfer import covariate_shift, isotropic_ridge
from symrisk.theorems.transfer.many_fits import fused_risk_of
from symrisk.theorems.transfer.many_sources import pooled_risk_of
from symrisk.theorems.transfer.multi_source import multi_source

risk = shift.pooled_risk
x = symbol("x", "x", "a positive letter", positive=True)
y = symbol("y", "y", "a positive letter", positive=True)
u = symbol("u", "u", "a coordinate", positive=True)
POINT = dict(n1=100, n2=100, p=600, snr=5, ssr=0.2)
EXACT = dict(POINT, ssr="0.2")
LONG = 2 * BLOCK + 5


def grid(**changed):
    return lambda: risk(**{**POINT, **changed})


def digits(number=20, /, **changed):
    return lambda: risk.digits(number, **{**EXACT, **changed})


def spoilt(bad, place, size=LONG):
    """A long array with one bad value at a place between 0 (first) and 1 (last)."""
    values = np.full(size, 100.0)
    values[int(place * (size - 1))] = bad
    return values


def masked():
    return np.ma.array([100.0, 200.0], mask=[False, True])


def formula(expression, **how):
    return Formula(symbol("f", "f", "a quantity of this test"), expression, **how)


ragged, nowhere = [[1, 2], [3]], "n1 \\+ n2 < p"
VALUES = {
    "nan": (grid(n1=np.nan), DomainError, "n1=nan"), "inf": (grid(n1=np.inf), DomainError, "n1=inf"), "-inf": (grid(n1=-np.inf), DomainError, "n1=-inf"),
    "nan, last name": (grid(ssr=float("nan")), DomainError, "ssr=nan"), "complex": (grid(n1=1j), ArgumentError, "n1=1j"),
    "NumPy complex": (grid(n1=np.complex128(1)), ArgumentError, "n1"), "complex array": (grid(n1=np.array([1j])), ArgumentError, "n1"),
    "text": (grid(n1="many"), ArgumentError, "n1='many' is not a number; write '0.2'"), "text of a division by zero": (grid(n1="1/0"), DomainError, "n1='1/0' divides by zero"), "bytes": (grid(n1=b"100"), ArgumentError, "n1=b'100'"),
    "a list of texts": (grid(n1=["1", "2"]), ArgumentError, "n1"), "None": (grid(n1=None), ArgumentError, "n1=None"),
    "True": (grid(n1=True), ArgumentError, "n1=True"), "NumPy bool": (grid(n1=np.True_), ArgumentError, "n1"),
    "a mask": (grid(n1=np.array([True, False])), ArgumentError, "n1"), "a dict": (grid(n1={}), ArgumentError, "n1={}"), "a set": (grid(n1={1}), ArgumentError, "n1={1}"),
    "a generator": (grid(n1=(i for i in range(3))), ArgumentError, "n1"), "a function": (grid(n1=max), ArgumentError, "n1"),
    "a formula": (grid(n1=risk), ArgumentError, "n1"), "a symbol": (grid(n1=p), ArgumentError, "n1"), "an expression": (grid(n1=sympy.sqrt(2)), ArgumentError, "n1"),
    "SymPy's nan": (grid(n1=sympy.nan), ArgumentError, "n1"), "SymPy's infinity": (grid(n1=sympy.oo), ArgumentError, "n1"),
    "a date": (grid(n1=datetime.date(2020, 1, 1)), ArgumentError, "n1"), "dates": (grid(n1=np.array(["2020"], "M8[Y]")), ArgumentError, "n1"),
    "times": (grid(n1=np.array([1], "m8[s]")), ArgumentError, "n1"), "a NumPy time": (grid(n1=np.timedelta64(100, "s")), ArgumentError, "n1"),
    "objects": (grid(n1=np.array([1, 2], object)), ArgumentError, "n1"), "a record": (grid(n1=np.zeros(2, [("a", float)])), ArgumentError, "n1"),
    "masked": (grid(n1=masked()), ArgumentError, "n1 is a masked array"), "ragged": (grid(n1=ragged), ArgumentError, "n1 is not an array"),
    "empty": (grid(n1=[]), DomainError, r"n1 is an empty array of shape \(0,\)"), "empty, 2-d": (grid(n1=np.ones((3, 0))), DomainError, r"n1.*\(3, 0\)"),
    "huge": (grid(n1=10**400), DomainError, "n1 is too large"), "huge, negative": (grid(n1=-10**400), DomainError, "n1 is too large"),
    "a huge fraction": (grid(n1=fractions.Fraction(10**400, 3)), DomainError, "n1 is too large"), "a list with a huge one": (grid(n1=[10**400]), ArgumentError, "n1"),
    "shapes": (grid(n1=[1, 2], n2=[1, 2, 3]), DomainError, r"n1: \(2,\), n2: \(3,\)"),
    "bytes of an array": (grid(n1=bytearray(b"100")), ArgumentError, "n1"),
}
PLACES = {f"{bad} {where}": (grid(n1=spoilt(bad, place)), DomainError, f"n1={bad}") for bad in (np.nan, np.inf, -np.inf)
          for where, place in (("first", 0), ("in the middle", 0.5), ("last", 1))} | {
    "outside, first block": (grid(n1=spoilt(501, 0)), DomainError, f"{nowhere}; not at n1=501"),
    "outside, last block": (grid(n1=spoilt(501, 1)), DomainError, f"{nowhere}; not at n1=501"),
    "nan in a broadcast row": (grid(n1=np.full((3, 1), 1.0), n2=np.array([1.0, np.nan])), DomainError, "n2=nan"),
    "inf in a broadcast small array": (grid(n1=np.ones((4, LONG)), n2=np.array([[1.0], [np.inf], [2.0], [3.0]])), DomainError, "n2=inf"),
    "a nan a default hides": (grid(sigma_sq=np.nan), DomainError, "sigma_sq=nan"),
    "a nan that is multiplied by zero": (lambda: risk(n1=0, n2=1, p=5, snr=1, ssr=np.nan), DomainError, "ssr=nan"),
    "a nan in a case not taken": (lambda: shift.best_source_size(n2=1, p=2, snr=0.1, ssr=np.array([np.nan])), DomainError, "ssr=nan"),
    "infinity where outside='nan'": (lambda: risk(**{**POINT, "n1": spoilt(np.inf, 0.9)}, outside="nan"), DomainError, "n1=inf"),
}
PLACE = {
    "outside": (grid(n1=500), DomainError, f"pooled_risk holds for {nowhere}; not at n1=500, n2=100, p=600"), "on the face": (grid(n1=500.0), DomainError, nowhere),
    "negative": (grid(n1=-1), DomainError, "n1 >= 0; not at n1=-1"), "zero p": (grid(p=0, n1=0, n2=0), DomainError, "p"),
    "negative noise": (grid(sigma_sq=-1), DomainError, "sigma_sq >= 0"), "weight zero": (lambda: mixing.variance_factor(w=0), DomainError, "w > 0; not at w=0"),
    "weight above one": (lambda: mixing.variance_factor(w=1.1), DomainError, "w <= 1; not at w=1.1"), "a pole": (lambda: formula(1 / (x - y))(x=1, y=1), DomainError, "f has no finite value at x=1, y=1"),
    "overflow": (lambda: formula(x**9)(x=1e300), DomainError, "f has no finite value"), "a negative root": (lambda: formula(sympy.sqrt(x - y))(x=1, y=2), DomainError, "f has no finite value"),
    "between generations": (lambda: mixing.variance_factor_at(w=0.5, t=0.5), DomainError, r"\bt\b"),
    "digits outside": (digits(n1=500), DomainError, nowhere), "digits at a pole": (lambda: formula(1 / (x - y)).digits(5, x=1, y=1), DomainError, "f has no finite value at x=1, y=1"),
    "digits of a negative root": (lambda: formula(sympy.sqrt(x - y)).digits(5, x=1, y=2), DomainError, "f has no finite value"),
    "a ball of a negative root": (lambda: formula(sympy.sqrt(x - y)).ball(5, x=1, y=2), DomainError, "f has no finite value"),
    "digits between generations": (lambda: mixing.variance_factor_at.digits(5, w="0.5", t="0.5"), DomainError, r"\bt\b"),
    "outside by one in 10^50": (digits(n1="499." + "9" * 50, p="599." + "9" * 50), DomainError, nowhere),
}
NAMES = {
    "unknown": (grid(q=1), ArgumentError, "pooled_risk has no name 'q'; it takes n1, n2, p"), "positional": (lambda: risk(100, 100, 600), TypeError, "inputs go by name: pooled_risk"),
    "missing": (lambda: risk(n1=1, n2=1, p=9, snr=1), ArgumentError, "needs ssr"), "nothing": (lambda: risk(), ArgumentError, "needs n1, n2, p, snr, ssr"),
    "over-determined": (grid(theta_sq=1), ArgumentError, "does not need snr"), "too much": (grid(n=200), ArgumentError, "n"),
    "a name of another formula": (grid(w=0.5), ArgumentError, "'w'"), "outside": (lambda: risk(**POINT, outside="ignore"), ArgumentError, "outside.*'ignore'"),
    "backend": (lambda: risk(**POINT, backend="cuda"), ArgumentError, "backend.*'cuda'"), "a law for a number": (grid(n1=Atoms({1: 1})), ArgumentError, "n1"),
    "a number for a law": (lambda: formula(Mean(tau, H))(H=1.0), SymriskError, "H"), "no such formula": (lambda: shift.concept_shift.formula("q"), ArgumentError, "'q'"),
    "no such theorem": (lambda: catalogue.find("transfer.nonsense"), ArgumentError, "'transfer.nonsense'; there are"),
    "no such module": (lambda: catalogue.entries("symrisk.nonsense"), ArgumentError, "symrisk.nonsense"), "diff by another": (lambda: risk.diff(w)(**POINT), ArgumentError, "w"),
    "at another": (lambda: risk.at({w: 1})(**POINT), ArgumentError, "w"), "given another": (lambda: risk.given(w)(**POINT), ArgumentError, "w"),
    "diff by a text": (lambda: risk.diff("n1")(**POINT), ArgumentError, "n1"), "at a text": (lambda: risk.at({"p": 600})(**POINT), ArgumentError, "p"),
    "at a list": (lambda: risk.at([p])(**POINT), ArgumentError, "at"),
}
NUMBERS = {
    "a float": (digits(ssr=0.2), ArgumentError, "ssr=0.2 is a binary float: write ssr='0.2'"), "NumPy's float": (digits(ssr=np.float64(0.2)), ArgumentError, "ssr=.*0.2.* is a binary float"),
    "float32": (digits(ssr=np.float32(0.5)), ArgumentError, "ssr=.* is a binary float"), "a float in a ball": (lambda: risk.ball(20, **POINT), ArgumentError, "ssr=0.2 is a binary float"),
    "two dots": (digits(ssr="0.1.2"), ArgumentError, "ssr='0.1.2' is not a number"), "1/0": (digits(ssr="1/0"), DomainError, "ssr='1/0' divides by zero"),
    "an Arabic digit": (digits(ssr="١"), ArgumentError, "ssr='١' is not a number"), "a word": (digits(ssr="five"), ArgumentError, "ssr='five'"), "nothing": (digits(ssr=""), ArgumentError, "ssr=''"),
    "code": (digits(ssr="__import__('os').getcwd()"), ArgumentError, "ssr=.__import__"), "an array": (digits(n1=np.array([1, 2])), ArgumentError, "n1"),
    "a list": (digits(n1=[1]), ArgumentError, "n1 is one number.*not list of 1"), "True": (digits(n1=True), ArgumentError, "n1=True"), "None": (digits(n1=None), ArgumentError, "n1=None"),
    "complex": (digits(n1=1j), ArgumentError, "n1: complex"), "an irrational": (digits(n1=sympy.sqrt(2)), ArgumentError, "n1"), "not finite": (digits(n1=Decimal("NaN")), DomainError, "n1=NaN is not finite"),
    "infinite": (digits(n1=Decimal("Infinity")), DomainError, "n1=Infinity is not finite"), "a time": (digits(n1=np.timedelta64(3, "s")), ArgumentError, "n1"),
    "no digits": (digits(0), ArgumentError, "digits .* not 0"), "negative digits": (digits(-3), ArgumentError, "digits .* not -3"), "True digits": (digits(True), ArgumentError, "digits .* not True"),
    "digits as text": (digits("5"), ArgumentError, "digits .* not '5'"), "digits as a float": (digits(5.0), ArgumentError, "digits .* not 5.0"), "too many digits": (digits(10**6), ArgumentError, "digits .* not 1000000"),
    "far too many": (digits(10**5000), ArgumentError, "digits"), "a ball of no digits": (lambda: risk.ball(0, **EXACT), ArgumentError, "digits .* not 0"),
    "a long number": (digits(n1="7" * 20_000), ArgumentError, "n1="), "a number longer than Python reads": (digits(n1="7" * 5_000), ArgumentError, "n1="),
}
CHARTS = {
    "a chart of a part": (lambda: Region(x < y, chart={y: x + 1 + u}, inverse={u: y - x - 1}).cells, DomainError, "chart: u"),
    "a chart of too much": (lambda: Region(x < y, chart={y: x + u - 1}, inverse={u: y - x + 1}).cells, DomainError, "chart: .*x"),
    "no way back": (lambda: Region(x < y, chart={y: x + u}, inverse={u: y}).cells, DomainError, "chart: y"), "the wrong side": (lambda: Region(x < y, chart={x: y + u}, inverse={u: x - y}).cells, DomainError, "chart: u"),
    "no inverse": (lambda: Region(x < y, chart={y: x + u}).cells, ArgumentError, "inverse"), "a chart of another letter": (lambda: Region(x < y, chart={w: u}, inverse={u: w}).cells, SymriskError, "w"),
}
STATEMENTS = {
    "a foreign letter": (lambda: prove(Claim("a", w, "<", 1, on=x < y)), DomainError, "w is no symbol of its region"), "a float": (lambda: Claim("too precise", x, "<", 0.5), ArgumentError, "too precise: 0.5 is a binary float"),
    "a float inside": (lambda: Claim("too precise", x * 0.5, "<", y), ArgumentError, "too precise: 0.5.* is a binary float"), "no sentence": (lambda: Claim(x, "<", y, 1), ArgumentError, "begins with its sentence; not x"),
    "one equals sign": (lambda: Claim("a", x, "=", y), ArgumentError, "'=' is not a relation"), "no relation": (lambda: Relation(x, "!=", y), ArgumentError, "'!=' is not a relation"),
    "truth of a relation": (lambda: bool(Relation(x, "<", y)), TypeError, "x < y is a statement"), "truth of a verdict": (lambda: bool(prove(Claim("a", x, "<", y, on=x < y))), TypeError, "three values"),
    "not proved": (lambda: prove(Claim("x is one", x, "==", 1, on=Region(over=(x,)))).require(), NotProved, "x is one: refuted at x = "), "over nothing": (lambda: prove(Claim("of nothing", x, "<", y, on=Region(x < y, x > y))), DomainError, "of nothing: no point"),
    "no hypothesis": (lambda: Region("x < y"), ArgumentError, "'x < y' is not a hypothesis"), "an expression as hypothesis": (lambda: Region(x + y), ArgumentError, "x \\+ y is not a hypothesis"),
    "a false hypothesis": (lambda: Region(x < -1), DomainError, "the region is empty"), "a float in a hypothesis": (lambda: Region(w < 0.3), ArgumentError, "0.3.* is a binary float"), "a claim of nothing": (lambda: prove(None), ArgumentError, "claim|None"),
    "an interval of another": (lambda: Region(x < y).interval(w), DomainError, "w"), "truth of a comparison of formulas": (lambda: bool(risk < shift.target_risk), TypeError, "pooled_risk < target_risk is a statement"),
    "a text on a side": (lambda: Claim("a", "x", "<", y), ArgumentError, "'x'"), "the negation of an equation": (lambda: Relation(x, "==", y).negated, ArgumentError, "x == y"),
}
NOUNS = {
    "no citation": (lambda: Theorem("Unsourced", None), ArgumentError, "Unsourced: a theorem cites"), "a text as citation": (lambda: Theorem("Unsourced", "doe2027"), ArgumentError, "Unsourced"),
    "no citation in the tuple": (lambda: Theorem("Unsourced", ("doe2027",)), ArgumentError, "Unsourced"), "a forgotten comma": (lambda: Theorem("Lone", Citation("k"), formulas=(risk)), ArgumentError, "Lone: formulas is a tuple"),
    "two formulas of one name": (lambda: Theorem("Twins", Citation("k"), formulas=(risk, risk)), ArgumentError, "Twins: two formulas are called 'pooled_risk'"),
    "two claims of one sentence": (lambda: Theorem("Twins", Citation("k"), claims=(Claim("a", x, "<", y), Claim("a", x, "<=", y))), ArgumentError, "Twins: two claims are called 'a'"),
    "a claim that is none": (lambda: Theorem("Mixed", Citation("k"), claims=(x < y,)), ArgumentError, "Mixed"), "a step without reason": (lambda: Step("so it is"), ArgumentError, "so it is: a step has one reason"),
    "a step with two": (lambda: Step("so it is", claim=Claim("a", x, "<", y), cites=Citation("k")), ArgumentError, "so it is"), "no step": (lambda: Derivation("d", start="s", steps=()).check(), ArgumentError, "d"),
    "a formula named by a text": (lambda: Formula("f", x), ArgumentError, "'f'"), "a float in a formula": (lambda: formula(x / 2.0), ArgumentError, "f: 0.5.* is a binary float"), "a text as formula": (lambda: formula("x + 1"), ArgumentError, "x \\+ 1"),
    "where a list": (lambda: formula(x, where=[y]), ArgumentError, "where"), "where a text": (lambda: formula(x, where={"x": y}), ArgumentError, "'x'"), "on a number": (lambda: formula(x, on=3), ArgumentError, "3"),
    "in a circle": (lambda: formula(x, where={x: x + 1})(x=1) and formula(x, where={x: x + 1}).expanded, ArgumentError, "x"), "a float among definitions": (lambda: formula(x, where={x: 0.5}), ArgumentError, "x: 0.5 is a binary float"),
    "a definition of no kind": (lambda: formula(x, where={x: None}), ArgumentError, "x: None"), "twice defined": (lambda: formula(x + y, where={x: risk, y: shift.target_risk}), ArgumentError, "is defined in two ways"),
    "no polynomial": (lambda: Implicit.root(x, sympy.exp(x) - y), ArgumentError, "exp"), "no such kind": (lambda: symbol("q", "q", "", kind="tensor"), (ArgumentError, ValueError), "q: kind is one of"),
    "weights that do not sum": (lambda: Atoms({1: "1/2", 2: "1/3"}), DomainError, "sum to 1; not to 5/6"), "a negative eigenvalue": (lambda: Atoms({-1: 1}), DomainError, "-1"), "a float weight": (lambda: Atoms({1: 0.5, 2: 0.5}), ArgumentError, "0.5 is a binary float"),
    "no weights": (lambda: Atoms({}), DomainError, "not to 0"), "Atoms of a text": (lambda: Atoms("1"), (ArgumentError, DomainError), "Atoms|1"), "a law still a letter": (lambda: formula(Mean(tau, H))(), SymriskError, "H"),
    "a transcendental formula": (lambda: formula(sympy.sinh(x))(x=1), NoMethod, "sinh"), "an infinite formula": (lambda: formula(sympy.oo)(), SymriskError, "oo"), "an imaginary formula": (lambda: formula(sympy.I * x)(x=1), SymriskError, "I"),
}
GROUPS = {"a value": VALUES, "a place": PLACES, "a point": PLACE, "a name": NAMES, "an exact number": NUMBERS, "a chart": CHARTS, "a statement": STATEMENTS, "a noun": NOUNS}
CASES = {f"{group}: {name}": case for group, cases in GROUPS.items() for name, case in cases.items()}


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_refused(name):
    "A typed error of ours (or a TypeError) whose message names the offender; no number comes back."
    call, error, text = CASES[name]
    with pytest.raises(error, match=text) as caught:
        call()
    assert isinstance(caught.value, (SymriskError, TypeError, ValueError))


@pytest.mark.parametrize("error", [DomainError, ArgumentError, NoMethod, NotProved])
def test_every_error_is_ours(error):
    "One root catches them all."
    assert issubclass(error, SymriskError)


def test_errors_are_what_python_expects_too():
    "A point outside is a ValueError, a wrong argument a TypeError."
    assert issubclass(DomainError, ValueError) and issubclass(ArgumentError, TypeError)


@pytest.mark.parametrize("place", [(0, 0), (1, 2), (2, 3)])
def test_the_first_offender_of_a_grid_is_named(place):
    "The point of the grid, not the whole grid."
    sizes = np.full((3, 4), 100.0)
    sizes[place] = 500.5
    with pytest.raises(DomainError, match="not at n1=500.5, n2=100, p=600, snr=5, ssr=0.2: from p rows on"):
        risk(**{**POINT, "n1": sizes})


def test_a_rational_is_no_float():
    "Rational(1, 5) is taken everywhere."
    assert risk(**{**POINT, "ssr": Rational(1, 5)}) == risk(**POINT) and mixing.collapsing_factor_at(t=Rational(4, 2)) == 3.0


def test_parameters_of_calls_do_not_shadow_names():
    "A formula in a letter called outside, backend, values or self can still be asked for it."
    for name in ("self", "values", "digits", "name", "quantity"):
        letter = symbol(name, name, "an awkward letter", positive=True)
        assert formula(2 * letter)(**{name: 3.0}) == 6.0 and formula(2 * letter).digits(3, **{name: 3}) == 6


LATE = {
    "a law as a number": (lambda: covariate_shift.pooled_variance(n1=9, n2=9, p=60, H=3), "H is a law of tau1 and tau2, not 3: write H=Empirical\\(tau1="),
    "a law as an array": (lambda: covariate_shift.pooled_variance(n1=9, n2=9, p=60, H=np.ones(3)), "H is a law of tau1 and tau2, not an array of shape"),
    "a law of one variable": (lambda: effective_ridge.ridge_variance(n=9, p=60, lam=1, H=[1.0, 2.0]),
                              "H is a law, not a list of 2: write H=Empirical\\(eigenvalues\\) of measured ones"),
    "columns as a law": (lambda: covariate_shift.pooled_variance(n1=9, n2=9, p=60, H=np.ones((3, 2))),
                         "not an array of shape \\(3, 2\\): write H=Empirical\\(tau1=a\\[:, 0\\], tau2=a\\[:, 1\\]\\), where a is the array"),
    "a variable that no law has": (lambda: Empirical(taux=[1.0]), "Empirical: 'taux' is no variable of a law; write tau, tau0"),
    "a law of nothing": (lambda: Empirical(), "Empirical\\(tau1=..., tau2=...\\); none is given"),
    "a law given twice": (lambda: Empirical([1.0], tau=[1.0]), "an array, a dict, or arrays by name; not two"),
    "a slip of a letter": (lambda: threshold(shift.gain, "ssrr"), "gain is no function of 'ssrr'; it is one of .*; did you mean ssr"),
    "a mean over a number": (lambda: Mean(tau, 3), "a mean is over a law"),
    "an unknown of any sign": (lambda: Implicit.potential((snr_like,), p * Mean(sympy.log(1 + snr_like * tau), H) - n1 * sympy.log(snr_like)),
                               "positive symbols; not s_like"),
    "digits of an array": (lambda: shift.pooled_risk.digits(9, n1=np.array([1, 2]), n2=1, p=9, snr=1, ssr=0),
                           "n1 is one number, of which digits are exact"),
    "a seed": (lambda: shift.concept_shift.simulations[0].run(9, rng=-1), "rng is a Generator or a seed"),
    "no curve": (lambda: risk_against_source_size(snr=()), "one value each at least"),
    "no generation": (lambda: variance_against_weight(generations=()), "one number at least"),
    "no samples": (lambda: Setting([], [], np.zeros((0, 3)), [], np.ones(3), np.ones(3), mu=1.0), "covariances is a sequence"),
    "sizes as a number": (lambda: Setting([np.ones(3)], 2, np.ones((1, 3)), [1.0], np.ones(3), np.ones(3)), "sizes is a sequence"),
    "half a sample": (lambda: multi_source(2.5), "whole number >= 1; not 2.5"), "no sample": (lambda: pooled_risk_of(0), "not 0"),
    "a sample as text": (lambda: fused_risk_of("2"), "not '2'")}
snr_like = symbol("s_like", "s", "a number of any sign")


@pytest.mark.parametrize("case", LATE)
def test_what_is_no_input_is_said_in_its_own_words(case):
    "An ArgumentError, before anything is computed."
    ask, says = LATE[case]
    with pytest.raises(ArgumentError, match=says):
        ask()


def test_a_number_beyond_floats_has_digits_all_the_same():
    "On the grid it has no finite value; exactly it has."
    huge = shift.pooled_risk * 10**400
    point = {"n1": 9, "n2": 9, "p": 60, "snr": 5}
    with pytest.raises(DomainError, match="no finite value"):
        huge(ssr=0.5, **point)
    assert str(huge.digits(3, ssr="1/2", **point)).endswith("E+400")


@pytest.mark.parametrize("mu", [1e-300, 1e160, 1e300])
def test_a_penalty_of_any_size_has_a_risk(mu):
    "Next to none it is the interpolator's, next to infinity the signal."
    point = {"n1": 20, "n2": 30, "p": 100, "theta_sq": 1, "delta_sq": 0.25, "cross": 0, "sigma1_sq": 0.1, "sigma2_sq": 0.1}
    limit = shift.unequal_noise_pooled_risk(**{k: v for k, v in point.items() if k != "cross"}) if mu < 1 else 1.0
    assert isotropic_ridge.ridge_risk(mu=mu, **point) == pytest.approx(limit, rel=1e-13)


def equation(equations, parameters=(x,), near=lambda x: (x, 0 * x), unknowns=(u,), **values):
    """The value of an unknown that solves equations."""
    cases = equations if isinstance(equations, list) else [(equations,)]
    return lambda: formula(u, where={**Implicit.cases(unknowns, cases, near, parameters)})(**{"x": 4.0, **values})


def rooted(polynomial, between=(0, sympy.oo), unknown=u):
    return lambda: Implicit.root(unknown, polynomial, between)


RATIONAL = "u: an equation is a polynomial in the unknowns, rational in the parameters; not"
IMPLICIT = {
    "a letter that is no parameter": (equation(u**2 - x * y), "y in .* is no unknown and no parameter"),
    "a mean in an equation": (equation(u - x * Mean(tau, H)), "not .*Mean"),
    "a root of the unknown": (equation(sympy.sqrt(u) - x), RATIONAL), "a root of a parameter": (equation(u - sympy.sqrt(x)), RATIONAL),
    "e": (equation(u - sympy.E * x), RATIONAL), "pi": (equation(u - sympy.pi * x), RATIONAL), "a logarithm": (equation(sympy.log(u) - x), RATIONAL),
    "one over the unknown": (equation(1 / u - x), RATIONAL), "a float in an equation": (equation(u - x * 0.5), "binary float"),
    "cases": (equation(sympy.Piecewise((u - x, x > 1), (u, True))), "u: an equation"), "an equality": (equation(sympy.Eq(u, x)), "u: an equation"),
    "a text as equation": (equation("u - x"), "not a number"), "no equation": (equation([]), "cases are systems"), "a flat list": (equation([u - x]), "cases are systems"),
    "two equations for one": (equation([(u - x, u - x)]), "as many equations"), "an unknown twice": (equation(u - x, unknowns=(u, u)), "each once"),
    "a text as unknown": (equation(u - x, unknowns=("u",)), "an unknown is a symbol; not 'u'"), "a number as parameter": (equation(u - x, parameters=(2,)), "parameters are symbols"),
    "an unknown as parameter": (equation(u - x, parameters=(x, u)), "parameters are symbols"), "nothing near": (equation(u - x, near=None), "near is a function"),
    "near gives one array": (equation(u - x, near=lambda x: x), "near gives an array for each unknown"), "near takes another name": (equation(u - x, near=lambda z: (z, 0 * z)), "near does not give"),
    "near fails": (equation(u - x, near=lambda x: (1 / 0, x)), "near does not give.*division"), "near gives a case too many": (equation(u - x, near=lambda x: (x, 0 * x + 7)), "0 to 0"),
    "near gives text": (equation(u - x, near=lambda x: ("one", 0 * x)), "near does not give"), "nothing as polynomial": (rooted(None), "None"), "a text as polynomial": (rooted("u - 1"), "not a number"),
    "an equality as polynomial": (rooted(sympy.Eq(u, x)), "not a polynomial"), "a float in a polynomial": (rooted(u - 0.5), "binary float"), "the root of a text": (rooted(u - x, unknown="u"), "an unknown is a symbol"),
    "an end in the unknown": (rooted(u - x, (0, u)), "an end of its interval"), "no end": (rooted(u - x, (0, None)), "None"), "an imaginary end": (rooted(u - x, (0, sympy.I)), "I in I is no real number"),
    "an end that is no number": (rooted(u - x, (0, sympy.nan)), "nan in nan is no real number"), "a potential of nothing": (lambda: Implicit.potential((), u), "the unknowns are"),
    "no potential": (lambda: Implicit.potential((u,), None), "None"), "a potential of an unknown twice": (lambda: Implicit.potential((u, u), u), "each once"), "a text as potential": (lambda: Implicit.potential((u,), "u"), "not a number"),
}


@pytest.mark.parametrize("name", IMPLICIT)
def test_implicit_definitions_that_can_not_be_solved(name):
    "Symbols, equations, interval and start are looked at before anything is solved."
    call, says = IMPLICIT[name]
    with pytest.raises(ArgumentError, match=says):
        call()


share = formula(Mean(tau / (tau + x), H))
HYPOTHESES = {
    "a formula with a mean": (Claim("a share is below one", share, "<", 1, on=Region(share > x)), "proved"),
    "a mean and a letter": (Claim("twice is more", 2 * x, ">", x, on=Region(Relation(Mean(tau, H), "<", x))), "proved"),
    "a mean that bounds": (Claim("it is above the mean", x, ">", Mean(tau, H), on=Region(Relation(Mean(tau, H), "<", x))), "proved"),
    "a mean that does not bound": (Claim("it is below one", x, "<", 1, on=Region(Relation(Mean(tau, H), "<", x))), "refuted"),
}


@pytest.mark.parametrize("name", HYPOTHESES)
def test_a_hypothesis_may_hold_a_mean(name):
    "It is looked at where laws are drawn, not at points that say nothing of a law."
    claim, status = HYPOTHESES[name]
    assert prove(claim).status == status


def test_the_reason_is_the_real_one():
    "Of a divisor whose sign at an eigenvalue is not known, that is said."
    verdict = prove(Claim("a mean is positive", formula(Mean(1 / (x - tau), H)), ">", 0))
    assert verdict.status == "undecided" and "the sign of -tau + x is not known" in verdict.assumes[0]
