"""Recursions and sums: against closed forms, by hand, and the same asked in several ways."""

import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy

from symrisk import Atoms, Empirical, Formula, Mean, Recursion, Region
from symrisk.errors import ArgumentError, DomainError, NoMethod
from symrisk.symbols import H, p, symbol, t, tau, w

v = symbol("v", "v_t", "variance after t generations", positive=True)
x = symbol("x", "x", "a state")
y = symbol("y", "y", "another state")
z = symbol("z", "z", "a share", nonnegative=True)
r = symbol("r", "r", "a rate", positive=True)
s = symbol("s", "s", "synthetic noise", positive=True)
e = symbol("e", "e", "error along an eigenvector", kind="varying")
eta = symbol("eta", r"\eta", "step size", positive=True)
batch = symbol("batch", "B", "batch size", positive=True)
f = symbol("f", "f", "a quantity")
k = sympy.Symbol("k")

mixing = Recursion(v, over=t, start=1, step=w**2 + (1 - w)**2 * (1 + v))
variance = Formula(f, v, where=mixing)
fibonacci = Recursion((x, y), over=t, start=(0, 1), step=(y, x + y))
logistic = Formula(f, z, where=Recursion(z, over=t, start="0.3", step=r * z * (1 - z)))
harmonic = Formula(f, sympy.Sum(1 / k**2, (k, 1, t)))
descent = Recursion(e, over=t, start=1, step=(1 - eta * tau)**2 * e + eta**2 * tau / batch * Mean(tau * e, H), law=H)
risk = Formula(f, Mean(tau * e, H), where=descent)
TWO = Atoms({1: "1/2", 4: "1/2"})


def closed(w, t):
    "Of the mixing recursion."
    c = (w**2 + (1 - w)**2) / (w * (2 - w))
    return c + (1 - w)**(2 * t) * (1 - c)


def descended(eta, batch, t, eigenvalues, weights):
    "Of descent, by NumPy."
    error = np.ones(len(eigenvalues))
    for _ in range(t):
        error = (1 - eta * eigenvalues)**2 * error + eta**2 * eigenvalues / batch * (weights @ (eigenvalues * error))
    return weights @ (eigenvalues * error)


def test_a_grid_against_the_closed_form():
    "Along each axis and both, at no step and at many; one point is a float."
    weights, times = np.linspace(0.01, 1, 40)[:, None], np.array([0, 1, 2, 7, 300])
    np.testing.assert_allclose(variance(w=weights, t=times), closed(weights, times), rtol=1e-12)
    assert variance(w=0.5, t=1) == 0.75 and variance(v=3) == 3
    assert variance(w=0.25, t=np.arange(70_000) % 3).shape == (70_000,)


def test_digits_are_those_of_the_closed_form():
    "Exactly where the state is short, in balls where it is not."
    assert variance.digits(40, w="1/3", t=50) == 1
    number = closed(Fraction(2, 7), 4000)
    assert abs(Fraction(str(variance.digits(30, w="2/7", t=4000))) - number) < Fraction(1, 10**28)
    assert str(Formula(f, x, where=fibonacci).digits(21, t=100)) == "354224848179261915075"


def test_digits_where_each_step_loses_some():
    "A chaotic map: floats say that they are lost, exact fractions and mpmath agree on the digits."
    import mpmath

    with mpmath.workdps(700):
        value = mpmath.mpf("0.3")
        for _ in range(1000):
            value = mpmath.mpf("3.9") * value * (1 - value)
        assert str(logistic.digits(25, r="3.9", t=1000)) == mpmath.nstr(value, 25, strip_zeros=False)
    with pytest.warns(match="digits"):
        logistic(r=3.9, t=90)


def test_slopes():
    "By a parameter, once and twice: of the closed form."
    ww = sympy.Symbol("w")
    written = (ww**2 + (1 - ww)**2) / (ww * (2 - ww))
    written = written + (1 - ww)**8 * (1 - written)
    for order, slope in enumerate((variance.diff(w), variance.diff(w).diff(w)), 1):
        wanted = written.diff(ww, order).subs(ww, sympy.Rational(1, 3))
        assert slope(w=1 / 3, t=4) == pytest.approx(float(wanted), rel=1e-12)
    assert Formula(f, p * v, where=mixing).diff(p)(w=0.5, t=3) == 0.671875
    for still in (variance, harmonic):
        with pytest.raises((NoMethod, ArgumentError), match="a whole number|the whole number t"):
            still.diff(t)(**({"w": 0.5, "t": 3} if still is variance else {"t": 3}))


def test_the_next_state():
    "A shift of the steps, and a number of them, are put in; the letters inside are never caught."
    following = variance.at({t: t + 1})
    assert following(w=0.3, t=4) == variance(w=0.3, t=5)
    assert variance.at({t: 3})(w=0.3) == variance(w=0.3, t=3)
    shifted = Formula(f, x, where=Recursion(x, over=t, start=0, step=x + r)).at({r: t + 1})
    assert shifted(t=3) == 12  # each step adds t + 1 = 4, not its own number
    counted = Formula(f, x, where=Recursion(x, over=t, start=0, step=x + t))
    assert counted(t=5) == 10 and counted.at({t: t + 1})(t=4) == 10
    late = Formula(f, x, where=Recursion(x, over=t, start=7, step=x + t, first=2))
    assert late(t=[2, 3, 4]).tolist() == [7, 9, 12]


def test_a_state_at_each_eigenvalue():
    "A vector over the atoms, coupled by a mean: NumPy by hand, digits, slopes, batches of laws' sizes."
    values, weights = np.array([1.0, 4.0]), np.array([0.5, 0.5])
    got = risk(eta=[0.1, 0.2], batch=2, t=[[0], [1], [2], [30]], H=TWO)
    wanted = [[descended(rate, 2, steps, values, weights) for rate in (0.1, 0.2)] for steps in (0, 1, 2, 30)]
    np.testing.assert_allclose(got, wanted, rtol=1e-12)
    assert risk.digits(10, eta="0.1", batch=2, t=2, H=TWO) == Decimal("0.6806406250")
    assert float(risk.digits(15, eta="0.1", batch=2, t=30, H=TWO)) == pytest.approx(wanted[3][0], rel=1e-12)
    slope = risk.diff(eta)(eta=0.1, batch=2, t=5, H=TWO)
    step = 1e-5
    difference = (risk(eta=0.1 + step, batch=2, t=5, H=TWO) - risk(eta=0.1 - step, batch=2, t=5, H=TWO)) / (2 * step)
    assert slope == pytest.approx(difference, rel=1e-7)
    many = np.linspace(0.1, 3, 50)
    assert risk(eta=0.1, batch=1, t=4, H=Empirical(many)) == pytest.approx(descended(0.1, 1, 4, many, np.full(50, 0.02)), rel=1e-12)


def test_descent_settles_where_one_pass_does():
    "At a small step over long, risk over step is the stationary one: S/(1-S) of a constant noise."
    noise = symbol("noise", "n", "noise", positive=True)
    noisy = Recursion(e, over=t, start=0, law=H,
                      step=(1 - 2 * eta * tau) * e + eta**2 * tau * Mean(tau * e, H) + eta**2 * tau * noise + eta**2 * tau**2 * e)
    excess = Formula(f, Mean(tau * e, H), where=noisy)
    rate = 0.1
    share = np.mean([rate * value / (2 - rate * value) for value in (1.0, 4.0)])
    assert excess(eta=rate, noise=1, t=5000, H=TWO) == pytest.approx(share / (1 - share), rel=1e-9)


def test_sums():
    "Against NumPy, in digits, their slopes; an empty one is 0, and none has fewer terms."
    steps = np.array([0, 1, 2, 100])
    np.testing.assert_allclose(harmonic(t=steps), [np.sum(1 / np.arange(1, n + 1)**2.0) for n in steps], rtol=1e-14)
    assert harmonic.digits(10, t=3) == Decimal("1.361111111")
    powers = Formula(f, sympy.Sum(r**k / k, (k, 1, t)))
    assert powers.diff(r)(r=0.5, t=5) == 1.9375
    twice = Formula(f, sympy.Sum(sympy.Sum(k, (k, 1, sympy.Symbol("j", integer=True))), (sympy.Symbol("j", integer=True), 1, t)))
    assert twice(t=4) == 1 + 3 + 6 + 10
    late = Formula(f, sympy.Sum(k, (k, 3, t)))
    assert late(t=2) == 0 and late(t=5) == 12
    with pytest.raises(DomainError, match="f has no value at 1: it is reached from 3 by whole steps; not at t=0"):
        late(t=0)


def test_what_a_sum_runs_over_is_its_own():
    "Neither free nor replaced: a k outside is another one."
    kay = symbol("k", "k", "a whole number", kind="integer", integer=True, nonnegative=True)
    mixed = Formula(f, sympy.Sum(kay * r, (kay, 1, t)) + kay)
    assert mixed(k=10, r=2, t=3) == 22 and set(mixed.inputs) == {"k", "r", "t"}
    assert mixed.at({r: kay})(k=10, t=3) == 70
    assert set(harmonic.inputs) == {"t"}


@pytest.mark.parametrize(("given", "said"), [
    ({"t": 1.5}, "t is a whole number"), ({"t": -1}, "holds for t >= 0"), ({"t": np.nan}, "finite"), ({"t": [0, 1, 2.5]}, "t is a whole number"),
    ({"t": 10**6}, "1,000,000 steps is beyond the budget"), ({"t": "many"}, "t"), ({}, "needs t"), ({"t": 1, "n": 2}, "no name 'n'")])
def test_steps_that_there_are_not(given, said):
    "By name, with the first offender."
    with pytest.raises((ArgumentError, DomainError, NoMethod), match=said):
        variance(w=0.5, **given)


def test_a_step_that_divides_by_zero():
    "Never a number: on a grid, exactly, and where the pole would vanish again."
    pole = Formula(f, x, where=Recursion(x, over=t, start=2, step=1 / (1 + 1 / (x - r))))
    assert pole(r=1, t=1) == 0.5
    for ask in (lambda: pole(r=2, t=1), lambda: pole.digits(5, r=2, t=1), lambda: pole(r=[1, 2], t=3)):
        with pytest.raises(Exception, match="f") as caught:
            ask()
        assert type(caught.value).__module__ == "symrisk.errors"
    assert np.isfinite(pole(r=[1, 2], t=[1, 0])).all()


@pytest.mark.parametrize(("arguments", "said"), [
    ({"over": w}, "over is a letter of whole values"), ({"start": (1, 2)}, "one expression a state"), ({"start": v}, "written without v"),
    ({"start": t}, "with no t in it"), ({"step": 0.5 * v}, "binary float"), ({"step": tau * v}, "tau varies over a law"), ({"law": H}, "kind 'varying'"),
    ({"first": "1"}, "first is a whole number"), ({"over": 3}, "over is a letter")])
def test_what_is_no_recursion(arguments, said):
    "Each by what is wrong."
    with pytest.raises(ArgumentError, match=said):
        Recursion(**{"x": v, "over": t, "start": 1, "step": v + 1, **arguments})


def test_a_state_over_a_law_has_no_value_by_itself():
    "Only its means do; and states are named."
    with pytest.raises((NoMethod, ArgumentError)):
        Formula(f, e, where=descent)(eta=0.1, batch=1, t=1, H=TWO)
    with pytest.raises(ArgumentError, match="say law=H"):
        Recursion(e, over=t, start=1, step=e / 2)
    with pytest.raises(ArgumentError, match="each once"):
        Recursion((x, x), over=t, start=(0, 0), step=(x, x))


def test_what_is_refused_of_sums():
    "An index that a mean binds, ends that are no whole numbers, and sums of the same index in one another."
    for wrong in (sympy.Sum(tau, (tau, 1, 3)), sympy.Sum(k, (k, 1, r)), sympy.Sum(k, (k, 1, sympy.oo)),
                  sympy.Sum(sympy.Sum(k * r, (k, 1, 3)) * k, (k, 1, 2))):
        with pytest.raises(ArgumentError):
            Formula(f, wrong)


def test_in_print_and_in_a_file():
    "It reads as a rule, pickles, and equal ones are equal."
    assert variance.latex().endswith(
        r"\text{ is reached from } 1 \text{ by } t \text{ steps } v_t \mapsto w^{2} + \left(1 - w\right)^{2} \left(v_t + 1\right)" "\n" r"\end{aligned}")
    assert harmonic.latex() == r"f = \sum_{k = 1}^{t} \frac{1}{k^{2}}"
    copy = pickle.loads(pickle.dumps(variance))
    assert copy == variance and copy(w=0.5, t=2) == 0.6875
    assert Recursion(v, over=t, start=1, step=v + w) == Recursion(v, over=t, start=1, step=w + v) != mixing


def test_extremes():
    "A step of next to nothing, and scales far apart."
    assert variance(w=1e-16, t=10) == pytest.approx(11, rel=1e-12)
    assert risk(eta=1e-9, batch=1, t=100, H=Atoms({10**9: 1})) == pytest.approx(1e9, rel=1e-12)
    assert Formula(f, x, where=Recursion(x, over=t, start=0, step=x + 1))(t=100_000) == 100_000


def test_a_region_with_the_state_in_it():
    "Hypotheses on a state are checked where it is evaluated."
    bounded = Formula(f, v, where=mixing, on=Region(v < 2))
    assert bounded(w=0.5, t=3) < 2
    with pytest.raises(DomainError, match="holds for v < 2"):
        bounded(w=0.01, t=50)
