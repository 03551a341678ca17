"""Sums of inputs, such as p - n1 - n2, without loss: what one addition rounds away is added at the end.

Close to a pole or a face such a sum is small beside its terms, and everything is divided by it.  Its terms are exact, so that
the inputs determine it; added one by one they leave a difference of the size of their rounding.  Each rounding error of a sum
is itself a float, found by six more additions (Moller, Knuth), so that the result is right to about one unit in its last place.
"""

from typing import NamedTuple

import sympy


class Part(NamedTuple):
    """A term of a sum that is a float as it stands: an input, or a whole number; `negative` where it is taken away."""

    term: sympy.Expr
    negative: bool


def exact_parts(terms, inputs, definitions):
    """(the Parts that some of the terms are the sum of, the other terms): a name that is a sum of inputs counts as these."""
    parts, others = [], []
    for term in terms:
        found = _parts(term, inputs, definitions)
        if found is None:
            others.append(term)
        else:
            parts += found
    return parts, others


def _parts(term, inputs, definitions):
    """The Parts that a term is the sum of, or None."""
    negative = term.could_extract_minus_sign()
    plain = -term if negative else term
    if plain.is_Integer or plain in inputs or _is_doubled(plain, inputs):
        return [Part(plain, negative)]
    body = definitions.get(plain) if plain.is_Symbol else plain
    if not isinstance(body, sympy.Add):
        return None
    found = [_parts(inner, inputs, definitions) for inner in body.args]
    if None in found:
        return None
    return [Part(inner.term, inner.negative != negative) for group in found for inner in group]


def _is_doubled(term, inputs):
    """Whether a term is twice an input, a float again."""
    return term.is_Mul and len(term.args) == 2 and term.args[0] == 2 and term.args[1] in inputs


def comes_first(parts, others):
    """Whether the sum of the parts is to be formed by itself, before anything that is rounded is added.

    That is where it may be small beside its terms: they are not all of one sign, and rounding would come between them.
    """
    signs = {part.negative if part.term.is_nonnegative else None for part in parts}
    could_cancel = len(signs) > 1 or None in signs
    return could_cancel and (len(parts) > 2 or (len(parts) == 2 and bool(others)))


def add_up(code, signed):
    """Emit the sum of (register, negative) pairs, two at least; what varies along few axes of a grid comes first.

    The error of the last addition is not needed: where that sum is small it is exact.
    """
    ordered = sorted(signed, key=lambda pair: (code.spread[pair[0]].bit_count(), code.spread[pair[0]], pair[1]))
    (total, negative), *rest = ordered
    if negative:
        total = code.emit("sub", code.constant(sympy.S.Zero), total)
    *inner, (last, last_is_negative) = rest
    lost = []
    for register, is_negative in inner:
        total, error = _with_error(code, total, register, is_negative)
        lost.append(error)
    total = code.emit("sub" if last_is_negative else "add", total, last)
    for error in lost:
        total = code.emit("add", total, error)
    return total


def _with_error(code, a, b, negative):
    """Registers of a + b, or a - b, as it is rounded, and of what rounding took away."""
    there, back = ("sub", "add") if negative else ("add", "sub")
    total = code.emit(there, a, b)
    step = code.emit("sub", total, a)
    left = code.emit("sub", a, code.emit("sub", total, step))
    right = code.emit(back, b, step)
    return total, code.emit(there, left, right)
