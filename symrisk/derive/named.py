"""Roots that an answer uses several times, named once."""

import sympy

LETTERS = ("s", "r", "t", "q")
HALF = sympy.Rational(1, 2)


def named_root(point: sympy.Expr, *others: sympy.Expr) -> tuple[tuple, tuple | None]:
    """(the expressions with the point's root as a letter, (letter, root)), where that saves space.

    The expressions as they are, and None, where the point has no root with letters in it, or where
    nothing else uses it.

    >>> from symrisk.symbols import p, snr, ssr
    >>> root = sympy.sqrt(p)*sympy.sqrt((p - 1)/(1 - ssr))
    >>> named_root(p - root, 2*snr*root)
    ((p - s, 2*s*snr), (s, sqrt(p)*sqrt((p - 1)/(1 - ssr))))
    """
    expressions = (point, *others)
    for term in sympy.Add.make_args(point):
        roots = [factor for factor in sympy.Mul.make_args(term) if _is_root(factor)]
        if not any(root.free_symbols for root in roots):
            continue
        longest = max(roots, key=lambda root: len(str(root)))
        if not any(_uses(expression, longest) for expression in others):
            continue
        letter = _letter(expressions)
        rest = sympy.Mul(*roots) / longest
        put = tuple(_with_letter(e, longest, letter / rest) for e in expressions)
        return put, (letter, sympy.Mul(*roots))
    return expressions, None


def _is_root(factor):
    return factor.is_Pow and factor.exp in (HALF, -HALF)


def _is_power_of(expression, root):
    is_half = expression.is_Pow and expression.exp.is_Rational and expression.exp.q == 2
    return is_half and expression.base == root.base


def _uses(expression, root):
    return any(_is_power_of(power, root) for power in expression.atoms(sympy.Pow))


def _with_letter(expression, root, instead):
    return expression.replace(
        lambda e: _is_power_of(e, root), lambda power: instead ** (power.exp / root.exp)
    )


def _letter(expressions):
    """A letter that none of the expressions uses."""
    used = {str(s) for s in set().union(*(e.free_symbols for e in expressions))}
    name = next((name for name in LETTERS if name not in used), "s_root")
    return sympy.Symbol(name, nonnegative=True)
