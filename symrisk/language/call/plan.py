"""Plans: what a call with certain names computes, and which checks it makes.

A plan does not depend on the numbers of a law: it is made once over a law that stands in, and each
law that comes is put in its place.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import sympy

from symrisk.engine.arrays.grid import Check
from symrisk.engine.expressions.complexity import is_complex_letter
from symrisk.engine.noun import cached_property
from symrisk.engine.program.builder import Builder, parts
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.errors import ArgumentError, SymriskError
from symrisk.language.expression import refuse_namesakes
from symrisk.language.names.graph import Graph
from symrisk.language.names.unknown import no_such_name
from symrisk.laws.stand_in import StandIn


@dataclass(frozen=True)
class Plan:
    """What a call with certain names computes: inputs in order, the program, the checks on its
    registers.

    A complex input is two of the program's: its real and its imaginary part.
    """

    quantity: object
    inputs: tuple
    defaults: tuple
    program: object
    checks: tuple

    @property
    def title(self) -> str:
        """What messages call the quantity; said only where one is written, for laws are long."""
        return self.quantity.title

    def over(self, quantity, laws) -> "Plan":
        """The same plan for the quantity itself, its laws in place of those that stand in."""
        program = self.program
        for stand_in, law in laws:
            program = program.over(stand_in, law)
        return replace(self, quantity=quantity, program=program)

    @cached_property
    def names(self) -> list[str]:
        """What the inputs of the program are called."""
        return [part.name if part.is_Symbol else str(part) for part in taken(self.inputs)]

    @cached_property
    def complex_inputs(self) -> frozenset:
        """Those of the inputs that may be complex."""
        return frozenset(filter(is_complex_letter, self.inputs))

    @cached_property
    def says_a_stand_in(self) -> bool:
        """Whether a check speaks, in its words, of a law that only stands in."""
        return any(StandIn.MARK in check.text for check in self.checks)

    def point(self, values):
        """name=value for each input, as messages show it; values: those of the program's inputs."""
        left, shown = iter(values), []
        for symbol in self.inputs:
            value = str(next(left))
            if is_complex_letter(symbol):
                value = written(value, str(next(left)))
            shown.append(f"{symbol}={value}")
        return ", ".join(shown) or "any point"


def written(real, imag):
    """A complex number as its parts are written.

    >>> written("1", "-0.2")
    '1-0.2i'
    """
    return f"{real}{imag}i" if imag.startswith("-") else f"{real}+{imag}i"


def taken(inputs):
    """The inputs of the program that some names are."""
    return tuple(part for symbol in inputs for part in parts(symbol))


@lru_cache(maxsize=4096)
def plan(quantity, given, axes=()):
    """The Plan for `given` names (a frozenset of strings); ArgumentError for names that do not
    fit.
    """
    shape, laws = quantity.over_stand_ins
    if laws:
        try:
            found = plan(shape, given, axes)
        except SymriskError:
            # What is wrong is said of the quantity itself, below.
            found = None
        if found is not None and not found.says_a_stand_in:
            return found.over(quantity, laws)
    return _planned(quantity, given, axes)


def _planned(quantity, given, axes):
    graph = quantity.graph
    graph.refuse_bound_roots()
    symbols = symbols_by_name(quantity)
    unknown = sorted(given - symbols.keys())
    if unknown:
        raise no_such_name(quantity.title, unknown[0], signature(quantity), symbols)
    chosen = frozenset(symbols[name] for name in given)
    leaves, used = graph.reached(chosen)
    _check_whole(quantity, used, graph.lookup, chosen)
    _check_fit(quantity, chosen - region_only(quantity), leaves)
    defaults = {s: s.default for s in leaves - chosen}
    return _compile(quantity, tuple(sorted(chosen, key=str)), defaults, axes)


def symbols_by_name(quantity) -> dict:
    """{name: symbol} of every name that a call may give: inputs, what they define, and what only
    the region speaks of.
    """
    symbols = quantity.graph.names | region_only(quantity)
    refuse_namesakes(quantity.title, symbols)
    return {symbol.name: symbol for symbol in symbols}


def region_only(quantity):
    """Names that the region speaks of and the formula itself does not."""
    named = set().union(set(), *(r.slack.free_symbols for r in quantity.domain.premises))
    return named - quantity.graph.names - set(quantity.domain.roots)


def _check_fit(quantity, chosen, leaves):
    missing = sorted(s.name for s in leaves - chosen if getattr(s, "default", None) is None)
    if missing:
        raise ArgumentError(
            f"{quantity.title} needs {', '.join(missing)}; it takes {signature(quantity)}"
        )
    superfluous = sorted(s.name for s in chosen - leaves)
    if superfluous:
        raise ArgumentError(
            f"{quantity.title} does not need {superfluous[0]} once {_others(chosen, superfluous)} "
            f"are given"
        )


def _check_whole(quantity, used, lookup, chosen):
    """What is solved for as a whole, as the unknowns of one potential, is given as a whole."""
    for name in sorted(used, key=str):
        body = lookup[name]
        if not isinstance(body, Unknown) or not body.is_solved_whole:
            continue
        for other in body.together:
            if other in chosen or not isinstance(lookup.get(other), type(body)):
                raise ArgumentError(
                    f"{quantity.title}: {', '.join(map(str, body.together))} are solved for "
                    f"together; {other} is given and {name} is not"
                )


def _others(chosen, superfluous):
    return ", ".join(sorted(s.name for s in chosen if s.name not in superfluous)) or "the others"


def signature(quantity) -> str:
    """What a call takes, as messages say it: inputs with their defaults, and what may be given in
    place of what defines them.
    """
    needed = [
        f"{n}={s.default}" if getattr(s, "default", None) is not None else n
        for n, s in quantity.inputs.items()
    ]
    also = sorted(str(name) for name in quantity.graph.reached()[1])
    return ", ".join(needed) + (
        f" (or, in place of what defines them, {', '.join(also)})" if also else ""
    )


def _compile(quantity, inputs, defaults, axes):
    graph = quantity.graph.without(inputs)
    solved = {**_solved(quantity, inputs), **defaults}
    rules = [*_hypotheses(quantity, graph, solved, inputs), *_own_signs(inputs, solved)]
    numbers = taken(inputs)
    wanted = [graph.head, *(slack for slack, _, _ in rules), *numbers]
    program = Builder({**graph.lookup, **defaults}, numbers, axes).program(wanted)
    registers = program.outputs[1:]
    checks = [
        Check(r, ">" if strict else ">=", text)
        for r, (_, strict, text) in zip(registers, rules, strict=False)
    ]
    finite = [
        Check(r, "finite", f"{s} finite")
        for r, s in zip(registers[len(rules) :], numbers, strict=True)
    ]
    whole = [
        Check(c.register, "whole", f"{s} whole")
        for c, s in zip(finite, numbers, strict=True)
        if s.is_integer
    ]
    return Plan(quantity, inputs, tuple(defaults.items()), program, (*finite, *checks, *whole))


def _own_signs(inputs, solved):
    """The signs that symbols have by their meaning, also of a name solved from given ones: n2 =
    n - n1 >= 0.
    """
    known = {s: s for s in inputs} | {
        s: e for s, e in solved.items() if e.free_symbols <= set(inputs)
    }
    return [
        (e, bool(s.is_positive), f"{s} {'>' if s.is_positive else '>='} 0")
        for s, e in known.items()
        if s.is_nonnegative
    ]


def _hypotheses(quantity, graph, solved, inputs):
    """The region's hypotheses as (slack, strict, text), each in names that this call knows."""
    rules = []
    for relation in quantity.domain.premises:
        slack = relation.slack.xreplace(solved)
        lost = Graph(slack, graph.definitions).reached(frozenset(inputs))[0] - set(inputs)
        if lost:
            raise ArgumentError(
                f"{quantity.title}: {relation} can't be checked from "
                f"{', '.join(map(str, inputs))}; "
                f"{sorted(map(str, lost))[0]} is not known"
            )
        rules.append((slack, relation.strict, str(relation)))
        if relation.rel == "==":
            rules.append((-slack, False, str(relation)))
    return rules


def _solved(quantity, inputs):
    """Names that only the region still needs, solved from the given ones that they define: n2 =
    n - n1.
    """
    lookup, solved = quantity.graph.lookup, {}
    wanted = (
        set().union(set(), *(r.slack.free_symbols for r in quantity.domain.premises))
        - set(inputs)
        - lookup.keys()
    )
    for name in sorted(wanted, key=str):
        if getattr(name, "default", None) is not None:
            solved[name] = name.default
    for given in (s for s in inputs if s in lookup and not isinstance(lookup[s], Unknown)):
        for name in sorted(
            lookup[given].free_symbols & (wanted - solved.keys()), key=str, reverse=True
        ):
            slope = sympy.diff(lookup[given], name)
            if not slope.has(name):
                solved[name] = (given - lookup[given].xreplace({name: sympy.Integer(0)})) / slope
                break
    return solved
