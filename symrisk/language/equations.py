"""Equations as an author writes them, read: what each says, and that it can be solved."""

from collections.abc import Callable, Sequence

import sympy
from sympy.core.relational import Relational

from symrisk.engine.expressions.complexity import is_complex_letter
from symrisk.engine.expressions.mean import Mean, check_variables, varies
from symrisk.engine.program.heads import instruction_for
from symrisk.engine.unknowns.equations import Equations
from symrisk.errors import ArgumentError, NoMethod
from symrisk.language.expression import exact_expression
from symrisk.language.relation import Relation, as_relations

PLAIN = (sympy.Symbol, sympy.Rational, sympy.Add, sympy.Mul, sympy.Pow)


def read_equations(unknowns: tuple, equations, start, on) -> Equations:
    """The equations with their start and conditions; ArgumentError for what can't be solved."""
    together = ", ".join(map(str, unknowns))
    for unknown in unknowns:
        if is_complex_letter(unknown):
            raise ArgumentError(f"{unknown} is complex: equations are in real unknowns")
    pairs = tuple(_pair(together, equation) for equation in _listed(equations))
    if len(pairs) != len(unknowns):
        wanted = "as many equations as unknowns"
        raise ArgumentError(f"{together}: {wanted}; not {len(pairs)} for {len(unknowns)}")
    conditions = []
    for condition in _listed(on):
        for relation in as_relations(condition):
            conditions.append(_condition(together, relation))
    for side in (*_sides(pairs), *_sides((left, right) for left, _, right in conditions)):
        _refuse_unsolvable(together, side)
    _refuse_unused(together, unknowns, pairs)
    for left, rel, right in conditions:
        if not {*unknowns} & (left.free_symbols | right.free_symbols):
            wanted = "a condition that picks the solution speaks of an unknown"
            raise ArgumentError(f"{together}: {wanted}; not {left} {rel} {right}")
    system = Equations(unknowns, pairs, tuple(conditions))
    for row in system.slopes:
        for slope in row:
            _refuse_unsolvable(together, slope)
    return _with_start(together, system, start)


def _listed(given) -> Sequence:
    if isinstance(given, (tuple, list)):
        return given
    return (given,)


def _sides(pairs):
    return [side for pair in pairs for side in pair]


def _pair(together, equation):
    """(left, right) of one equation."""
    if isinstance(equation, Relation):
        if equation.rel != "==":
            raise ArgumentError(f"{together}: an equation is an equality; not {equation}")
        return tuple(_bare(together, side) for side in equation.compared)
    if isinstance(equation, sympy.Eq):
        return tuple(exact_expression(together, side) for side in equation.args)
    if isinstance(equation, (Relational, bool, type(sympy.true), type(sympy.false))):
        wanted = "an expression that vanishes, or Eq(left, right)"
        raise ArgumentError(f"{together}: an equation is {wanted}; not {equation}")
    expression = exact_expression(together, equation)
    if not isinstance(expression, sympy.Expr):
        raise ArgumentError(f"{together}: an equation is an expression; not {equation!r}")
    return expression, sympy.Integer(0)


def _bare(together, side):
    """The expression that stands on a side by itself."""
    if not side.bare:
        wanted = "write its expression, and put its names into `where`"
        raise ArgumentError(f"{together}: {side.title} is a formula: {wanted}")
    return exact_expression(together, side.bare[0])


def _condition(together, relation):
    if relation.rel == "==":
        wanted = "an inequality picks the solution"
        raise ArgumentError(f"{together}: {wanted}; not {relation}")
    left, right = (_bare(together, side) for side in relation.compared)
    return left, relation.rel, right


def _refuse_unsolvable(together, expression):
    """ArgumentError for what varies outside of a mean, a mean over a law that does not speak of
    what varies in it, and a function that nothing evaluates.
    """
    loose = sorted(str(s) for s in expression.free_symbols if varies(s))
    if loose:
        wanted = "it varies over a law, and stands in no mean"
        raise ArgumentError(f"{together}: {loose[0]} in {expression}: {wanted}")
    stack = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, Mean):
            if hasattr(node.law, "variables"):
                check_variables(node.variables, node.law)
            stack.append(node.integrand)
            continue
        if not isinstance(node, PLAIN):
            _refuse_unknown_function(together, node, expression)
        stack.extend(node.args)


def _refuse_unknown_function(together, node, expression):
    # Conditions of a definition by cases are evaluated with it.
    if isinstance(node, (Relational, sympy.Tuple)) or node in (sympy.true, sympy.false):
        return
    if isinstance(node, sympy.functions.elementary.piecewise.ExprCondPair):
        return
    try:
        instruction_for(node)
    except NoMethod as error:
        name = type(node).__name__
        raise ArgumentError(f"{together}: {name} in {expression} can't be evaluated") from error


def _refuse_unused(together, unknowns, pairs):
    spoken = set()
    for left, right in pairs:
        if not (left.free_symbols | right.free_symbols) & {*unknowns}:
            wanted = "an equation speaks of an unknown"
            raise ArgumentError(f"{together}: {wanted}; not {left} = {right}")
        spoken |= left.free_symbols | right.free_symbols
    for unknown in unknowns:
        if unknown not in spoken:
            raise ArgumentError(f"{together}: {unknown} stands in no equation")


def _with_start(together, system, start):
    """The equations with what their search sets out from."""
    unknowns = system.unknowns
    if isinstance(start, Callable) and not isinstance(start, sympy.Basic):
        names = set().union(*(side.free_symbols for side in _sides(system.pairs)))
        names = [s for s in names - {*unknowns} if getattr(s, "kind", "") != "law"]
        parameters = tuple((name.name, name) for name in sorted(names, key=str))
        return Equations(
            unknowns, system.pairs, system.conditions, near=start, parameters=parameters
        )
    begin = tuple(exact_expression(together, one) for one in _listed(start))
    if len(begin) != len(unknowns):
        wanted = "start is an expression for each unknown, or a function"
        raise ArgumentError(f"{together}: {wanted}; not {start!r}")
    for expression in begin:
        if not isinstance(expression, sympy.Expr) or expression.free_symbols & {*unknowns}:
            wanted = "a start is an expression in the parameters"
            raise ArgumentError(f"{together}: {wanted}; not {expression}")
        _refuse_unsolvable(together, expression)
    return Equations(unknowns, system.pairs, system.conditions, begin)
