"""From names and values to an array, a decimal or a ball: which names, which checks, which program."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import sympy

from symrisk.engine import exact as exact_engine
from symrisk.engine import fast
from symrisk.engine.arrays import as_array, vary_along
from symrisk.engine.ball import Ball
from symrisk.engine.decimals import exact, rounded, rounded_ball
from symrisk.engine.exact import has_pole
from symrisk.engine.generators import Unknown
from symrisk.engine.grid import Check, Offence, run_registers
from symrisk.engine.grid import run as run_grid
from symrisk.engine.program import Builder
from symrisk.errors import ArgumentError, DomainError, NotConverged
from symrisk.graph import Graph


@dataclass(frozen=True)
class Plan:
    """What a call with certain names computes: inputs in order, the program, the checks on its registers."""

    title: str
    inputs: tuple
    defaults: tuple
    program: object
    checks: tuple

    def point(self, values):
        """name=value for each input, as messages show it."""
        return ", ".join(f"{s}={v}" for s, v in zip(self.inputs, values, strict=True)) or "any point"


@lru_cache(maxsize=4096)
def plan(quantity, given, axes=()):
    """The Plan for `given` names (a frozenset of strings); ArgumentError for names that do not fit."""
    graph = quantity.graph
    symbols = _symbols_by_name(quantity)
    unknown = sorted(given - symbols.keys())
    if unknown:
        raise ArgumentError(f"{quantity.title} has no name {unknown[0]!r}; it takes {_signature(quantity)}")
    chosen = frozenset(symbols[name] for name in given)
    leaves, _ = graph.reached(chosen)
    _check_fit(quantity, chosen - region_only(quantity), leaves)
    defaults = {s: s.default for s in leaves - chosen}
    return _compile(quantity, tuple(sorted(chosen, key=str)), defaults, axes)


def _symbols_by_name(quantity):
    symbols = {}
    for symbol in sorted(quantity.graph.names | region_only(quantity), key=str):
        if symbols.setdefault(symbol.name, symbol) != symbol:
            raise ArgumentError(f"{quantity.title}: two different symbols are named {symbol.name}")
    return symbols


def region_only(quantity):
    """Names that the region speaks of and the formula itself does not."""
    named = set().union(set(), *(r.slack.free_symbols for r in quantity.on.premises))
    return named - quantity.graph.names - set(quantity.on.roots)


def _check_fit(quantity, chosen, leaves):
    missing = sorted(s.name for s in leaves - chosen if getattr(s, "default", None) is None)
    if missing:
        raise ArgumentError(f"{quantity.title} needs {', '.join(missing)}; it takes {_signature(quantity)}")
    superfluous = sorted(s.name for s in chosen - leaves)
    if superfluous:
        raise ArgumentError(f"{quantity.title} does not need {superfluous[0]} once {_others(chosen, superfluous)} are given")


def _others(chosen, superfluous):
    return ", ".join(sorted(s.name for s in chosen if s.name not in superfluous)) or "the others"


def _signature(quantity):
    needed = [f"{n}={s.default}" if getattr(s, "default", None) is not None else n for n, s in quantity.inputs.items()]
    also = sorted(str(name) for name in quantity.graph.reached()[1])
    return ", ".join(needed) + (f" (or, in place of what defines them, {', '.join(also)})" if also else "")


def _compile(quantity, inputs, defaults, axes):
    graph = quantity.graph.without(inputs)
    solved = {**_solved(quantity, inputs), **defaults}
    rules = [*_hypotheses(quantity, graph, solved, inputs), *_own_signs(inputs, solved)]
    wanted = [graph.head, *(slack for slack, _, _ in rules), *inputs]
    program = Builder({**graph.lookup, **defaults}, inputs, axes).program(wanted)
    registers = program.outputs[1:]
    checks = [Check(r, ">" if strict else ">=", text) for r, (_, strict, text) in zip(registers, rules, strict=False)]
    finite = [Check(r, "finite", f"{s} finite") for r, s in zip(registers[len(rules):], inputs, strict=True)]
    whole = [Check(c.register, "whole", f"{s} whole") for c, s in zip(finite, inputs, strict=True) if s.is_integer]
    return Plan(quantity.title, inputs, tuple(defaults.items()), program, (*finite, *checks, *whole))


def _own_signs(inputs, solved):
    """The signs that symbols have by their meaning, also of a name solved from given ones: n2 = n - n1 >= 0."""
    known = {s: s for s in inputs} | {s: e for s, e in solved.items() if e.free_symbols <= set(inputs)}
    return [(e, bool(s.is_positive), f"{s} {'>' if s.is_positive else '>='} 0") for s, e in known.items() if s.is_nonnegative]


def _hypotheses(quantity, graph, solved, inputs):
    """The region's hypotheses as (slack, strict, text), each in names that this call knows."""
    rules = []
    for relation in quantity.on.premises:
        slack = relation.slack.xreplace(solved)
        lost = Graph(slack, graph.definitions).reached(frozenset(inputs))[0] - set(inputs)
        if lost:
            raise ArgumentError(f"{quantity.title}: {relation} can't be checked from {', '.join(map(str, inputs))}; "
                                f"{sorted(map(str, lost))[0]} is not known")
        rules.append((slack, relation.strict, str(relation)))
        if relation.rel == "==":
            rules.append((-slack, False, str(relation)))
    return rules


def _solved(quantity, inputs):
    """Names that only the region still needs, solved from the given ones that they define: n2 = n - n1."""
    lookup, solved = quantity.graph.lookup, {}
    wanted = set().union(set(), *(r.slack.free_symbols for r in quantity.on.premises)) - set(inputs) - lookup.keys()
    for name in sorted(wanted, key=str):
        if getattr(name, "default", None) is not None:
            solved[name] = name.default
    for given in (s for s in inputs if s in lookup and not isinstance(lookup[s], Unknown)):
        for name in sorted(lookup[given].free_symbols & (wanted - solved.keys()), key=str, reverse=True):
            slope = sympy.diff(lookup[given], name)
            if not slope.has(name):
                solved[name] = (given - lookup[given].xreplace({name: sympy.Integer(0)})) / slope
                break
    return solved


def on_grid(quantity, values, outside="raise", backend=None):
    """The value on arrays that broadcast together, every point checked; see Quantity.__call__."""
    if outside not in ("raise", "nan"):
        raise ArgumentError(f"outside is 'raise' or 'nan'; not {outside!r}")
    names = frozenset(values)
    first = plan(quantity, names)
    arrays = [as_array(str(s), values[s.name]) for s in first.inputs]
    shape, axes = vary_along([str(s) for s in first.inputs], arrays)
    chosen = plan(quantity, names, axes) if any(axes) else first
    try:
        result = _runner(backend, chosen, shape)(chosen.program, arrays, chosen.checks, outside == "nan")
    except Offence as offence:
        raise _domain_error(chosen, offence, arrays, shape, _beyond(quantity, offence.text)) from None
    return result if shape else float(result)


def _runner(backend, chosen, shape):
    return fast.runner(backend, chosen.program, shape) or run_grid


def _beyond(quantity, hypothesis):
    """What a formula in the quantity says of the points where this hypothesis of its own fails: `: ...`, or nothing."""
    own = {str(relation): words for relation, words in getattr(quantity, "beyond", ())}
    if hypothesis in own:
        return f": {own[hypothesis]}"
    parts = (getattr(quantity, part, None) for part in ("of", "left", "right"))
    return next((found for part in parts if part is not None and (found := _beyond(part, hypothesis))), "")


def _domain_error(chosen, offence, arrays, shape, beyond):
    point = [float(np.broadcast_to(a, shape).flat[offence.index] if shape else a) for a in arrays]
    return _violation(chosen, offence.text, [f"{v:g}" if v == float(f"{v:g}") else repr(v) for v in point], beyond)


def _violation(chosen, text, point, beyond=""):
    if not text and any(op in ("root", "solve") for op, _ in chosen.program.code):
        return NotConverged(f"{chosen.title}: an implicit name has no solution, or several, where it is looked for, "
                            f"at {chosen.point(point)}")
    if not text:
        return DomainError(f"{chosen.title} has no finite value at {chosen.point(point)}")
    if text.endswith(" whole"):
        return DomainError(f"{chosen.title}: {text.removesuffix(' whole')} is a whole number; not {chosen.point(point)}")
    if text.endswith(" finite"):
        return DomainError(f"{chosen.title} takes finite numbers; not {chosen.point(point)}")
    return DomainError(f"{chosen.title} holds for {text}; not at {chosen.point(point)}{beyond}")


def _exact_registers(quantity, values):
    chosen = plan(quantity, frozenset(values))
    numbers = [exact(s.name, values[s.name]) for s in chosen.inputs]
    registers = exact_engine.rationals(chosen.program, numbers)
    for check in chosen.checks:
        if check.kind != "finite" and not _holds(chosen, registers, check):
            raise _violation(chosen, check.text, numbers, _beyond(quantity, check.text))
    return chosen, numbers, registers


def _holds(chosen, registers, check):
    value = registers[check.register]
    if check.kind == "whole":
        return value.q == 1
    if value is not None:
        return value > 0 if check.kind == ">" else value >= 0
    return exact_engine.settle(chosen.program, registers, check.register, _sign) > 0


def _sign(ball):
    return 1 if ball > 0 else -1 if ball < 0 else None


def to_digits(quantity, digits, values):
    """The value at exact inputs, correctly rounded; see Quantity.digits."""
    _check_digits(digits)
    chosen, numbers, registers = _exact_registers(quantity, values)
    output = chosen.program.outputs[0]
    if registers[output] is not None:
        return rounded(registers[output], digits)
    _refuse_no_value(chosen, registers, numbers)
    return exact_engine.settle(chosen.program, registers, output, lambda ball: rounded_ball(ball, digits), 4 * digits + 64)


def _check_digits(digits):
    if not isinstance(digits, int) or isinstance(digits, bool) or not 1 <= digits <= 100_000:
        shown = repr(digits)[:40] if not isinstance(digits, int) or abs(digits) < 10**12 else "a larger one"
        raise ArgumentError(f"digits is a whole number from 1 to 100000; not {shown}")


def _refuse_no_value(chosen, registers, numbers):
    """A division by an exact zero, or a root of what is negative, has no value at any precision."""
    is_lost = exact_engine.balls(chosen.program, registers, 256)[chosen.program.outputs[0]].is_nan()
    if has_pole(chosen.program, registers) or is_lost:
        raise _violation(chosen, "", numbers)


def to_ball(quantity, digits, values):
    """A rigorous enclosure at exact inputs; see Quantity.ball."""
    _check_digits(digits)
    chosen, numbers, registers = _exact_registers(quantity, values)
    _refuse_no_value(chosen, registers, numbers)
    return exact_engine.settle(chosen.program, registers, chosen.program.outputs[0],
                               lambda ball: Ball.of(ball, digits), 4 * digits + 64)


def all_names(quantity, values):
    """Each name that the value rests on, and the quantity itself, at one point."""
    value = on_grid(quantity, values)
    chosen = plan(quantity, frozenset(values))
    names = sorted(quantity.graph.reached(frozenset(chosen.inputs))[1], key=str)
    definitions = {**quantity.graph.without(chosen.inputs).lookup, **dict(chosen.defaults)}
    known = [*chosen.inputs, *dict(chosen.defaults), *names]
    program = Builder(definitions, chosen.inputs).program(known)
    found = run_registers(program, [as_array(str(s), values[s.name]) for s in chosen.inputs])
    return {**{str(s): float(v) for s, v in zip(known, found, strict=True)}, quantity.title: value}
