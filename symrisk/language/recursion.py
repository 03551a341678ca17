r"""Recursions: names that are reached step by step, over a whole number of steps."""

from collections.abc import Mapping
from dataclasses import dataclass

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.mean import Mean, is_bound
from symrisk.engine.unknowns.iteration import Iteration
from symrisk.engine.unknowns.state import State
from symrisk.errors import ArgumentError
from symrisk.language.expression import exact_expression
from symrisk.symbols import held, is_held


@dataclass(frozen=True, init=False, eq=True)
class Recursion(Mapping):
    r"""States that a step makes of those before, to be put into ``where={**recursion}``.

    x: a symbol, or several as a tuple.  over: a letter of whole values, t say.  start: the state
    at the first t; step: the state at t + 1, an expression in x, which there means the state at t,
    in parameters and in t itself; tuples where there are several states.  first: the least t.
    law: where a state has a value at each eigenvalue of a law; its symbol is of kind "varying",
    start and step may speak of tau and of means over the law, and formulas of means of the state.

    The state is a name like another: ``.at({t: t + 1})`` is the next one, derivatives by
    parameters are recursions again, and claims for every t are proved by induction.  At a t that
    is no whole number or below the first: DomainError; beyond 100,000 steps: NoMethod.

    >>> from symrisk import Formula, Recursion
    >>> from symrisk.symbols import symbol, t, w
    >>> v = symbol("v", "v_t", "variance after t generations", positive=True)
    >>> mixing = Recursion(v, over=t, start=1, step=w**2 + (1 - w)**2*(1 + v))
    >>> variance = Formula(symbol("variance", "v_t", "variance after t generations"), v, where=mixing)
    >>> variance(w=0.5, t=[0, 1, 2, 50]).round(6).tolist()
    [1.0, 0.75, 0.6875, 0.666667]
    >>> print(variance.digits(20, w="1/2", t=50))
    0.66666666666666666667
    """  # noqa: E501

    definitions: tuple

    def __init__(self, x, *, over, start, step, first: int = 0, law=None):
        states = _names(x)
        said = ", ".join(map(str, states))
        _check_over(said, over, first)
        starts = _expressions(said, "start", start, len(states))
        steps = _expressions(said, "step", step, len(states))
        _check_law(said, states, law)
        for state in states:
            if state == over:
                raise ArgumentError(f"{said}: {over} counts the steps: it is no state")
            if any(each.has(state) for each in starts):
                raise ArgumentError(f"{said}: the start is written without {state}")
        for each in starts:
            if each.has(over):
                raise ArgumentError(
                    f"{said}: the start is that at {over} = {first}, with no {over} in it"
                )
        for each in (*starts, *steps):
            _check_letters(said, each, law)
        inside = {s: held(s, law is not None, **_sign(s)) for s in states}
        index = held(over, integer=True, **_sign(over if first <= 0 else sympy.Integer(first)))
        moved = tuple(each.xreplace({**inside, over: index}) for each in steps)
        iteration = Iteration(tuple(inside.values()), index, int(first), starts, moved, law)
        found = [(s, State(s, iteration, k, over, states)) for k, s in enumerate(states)]
        object.__setattr__(self, "definitions", tuple(found))

    def __getitem__(self, name):
        return dict(self.definitions)[name]

    def __iter__(self):
        return iter(name for name, _ in self.definitions)

    def __len__(self):
        return len(self.definitions)

    def __hash__(self):
        return hash(self.definitions)

    def latex(self) -> str:
        """Where each state starts, and what a step makes of it."""
        return tex.aligned([state.latex() for _, state in self.definitions])

    def _repr_latex_(self):
        return tex.display(self.latex())


def _names(x):
    """One symbol, or several, as a tuple; each once."""
    states = (x,) if isinstance(x, sympy.Symbol) else x
    if not isinstance(states, (tuple, list)) or not states:
        raise ArgumentError(f"a recursion's states are one symbol or a tuple of them; not {x!r}")
    for state in states:
        if not isinstance(state, sympy.Symbol) or is_held(state) or is_bound(state):
            raise ArgumentError(f"a state is a symbol; not {state!r}")
    if len(set(states)) < len(states):
        raise ArgumentError(f"the states are several symbols, each once; not {tuple(states)}")
    return tuple(states)


def _check_over(said, over, first):
    is_whole = isinstance(over, sympy.Symbol) and over.is_integer
    if not is_whole or is_held(over):
        wanted = "over is a letter of whole values, symbol(..., kind='integer', integer=True)"
        raise ArgumentError(f"{said}: {wanted}; not {over!r}")
    if isinstance(first, bool) or not isinstance(first, (int, sympy.Integer)):
        raise ArgumentError(f"{said}: first is a whole number; not {first!r}")


def _expressions(said, what, given, count):
    """As many expressions as there are states."""
    several = given if isinstance(given, (tuple, list)) else (given,)
    if len(several) != count:
        raise ArgumentError(f"{said}: {what} is one expression a state, {count}; not {given!r}")
    found = tuple(exact_expression(said, each) for each in several)
    for each in found:
        if not isinstance(each, sympy.Expr):
            raise ArgumentError(f"{said}: {what} is an expression; not {each!r}")
    return found


def _check_law(said, states, law):
    kinds = {getattr(state, "kind", None) == "varying" for state in states}
    if law is None:
        if True in kinds:
            raise ArgumentError(f"{said}: a state that varies is one over a law: say law=H")
        return
    is_letter = isinstance(law, sympy.Symbol) and getattr(law, "kind", None) == "law"
    if not is_letter and not hasattr(type(law), "arrays"):
        raise ArgumentError(f"{said}: law is a letter of kind 'law', or a law; not {law!r}")
    if False in kinds:
        raise ArgumentError(f"{said}: a state over a law is a symbol of kind 'varying'")


def _check_letters(said, expression, law):
    """ArgumentError for a letter that something else binds."""
    for letter in sorted(expression.free_symbols, key=str):
        if is_held(letter):
            raise ArgumentError(f"{said}: {letter} is bound in another recursion")
        if is_bound(letter) and law is None:
            raise ArgumentError(f"{said}: {letter} varies over a law: say law=H, or take its mean")
    if law is None:
        return
    for mean in expression.atoms(Mean):
        if mean.law != law:
            raise ArgumentError(f"{said}: {mean} is over {mean.law}, and the states over {law}")


def _sign(letter):
    """The sign that a letter has by its meaning, as an assumption."""
    if letter.is_positive:
        return {"positive": True}
    return {"nonnegative": True} if letter.is_nonnegative else {"real": True}
