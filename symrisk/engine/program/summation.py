"""Sums of inputs and of their products, such as p - n1 - n2 or n - p*beta, without loss: what is
rounded away is added last.

Close to a pole or a face such a sum is small beside its terms, and everything is divided by it.
Its terms are known exactly, so that the inputs determine it; added one by one they leave a
difference of the size of their rounding.  The rounding error of a sum or a product is itself a
float, which a few more operations find (Knuth; Dekker and Veltkamp), so that the result is right to
about one unit in its last place.
"""

from typing import NamedTuple

import sympy

from symrisk.engine.instructions.arithmetic import Add, Multiply, Subtract

SPLITTER = sympy.Integer(2**27 + 1)
"""Times a float of 53 bits, it parts the float in two halves whose products are exact."""


class Part(NamedTuple):
    """A term of a sum that is known exactly: its factors are floats as they stand; `negative`
    where it is taken away.
    """

    factors: tuple
    negative: bool

    @property
    def is_nonnegative(self):
        """Whether the term, without its sign, can't be negative."""
        first, *rest = self.factors
        return bool(rest == [first] or all(factor.is_nonnegative for factor in self.factors))


def exact_parts(terms, inputs, definitions):
    """(the Parts that some of the terms are the sum of, the other terms): a name that is a sum
    of inputs counts as these.
    """
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
    factors = _factors(plain, inputs)
    if factors is not None:
        return [Part(factors, negative)]
    body = definitions.get(plain) if plain.is_Symbol else plain
    if not isinstance(body, sympy.Add):
        return None
    found = [_parts(inner, inputs, definitions) for inner in body.args]
    if None in found:
        return None
    return [Part(inner.factors, inner.negative != negative) for group in found for inner in group]


def _factors(term, inputs):
    """One or two exact factors of a term: inputs, a whole number, or twice an input; None where
    it is anything else.
    """
    if term.is_Integer or term in inputs:
        return (term,)
    if term.is_Pow and term.exp == 2 and term.base in inputs:
        return (term.base, term.base)
    if not term.is_Mul:
        return None
    doubled, letters = term.args[0] == 2, list(term.args)
    if doubled:
        letters = [2 * letters[1], *letters[2:]]
    plain = all(letter in inputs for letter in term.args[1 if doubled else 0 :])
    return tuple(letters) if plain and len(letters) <= 2 else None


def comes_first(parts, others):
    """Whether the sum of the parts is to be formed by itself, before anything that is rounded is
    added.

    That is where it may be small beside its terms: they are not all of one sign, and rounding would
    come between them.
    """
    signs = {part.negative if part.is_nonnegative else None for part in parts}
    could_cancel = len(signs) > 1 or None in signs
    is_rounded = len(parts) > 2 or bool(others) or any(len(part.factors) > 1 for part in parts)
    return could_cancel and len(parts) > 1 and is_rounded


def add_up(code, parts):
    """Emit the sum of two Parts at least; what varies along few axes of a grid comes first.

    The error of the last addition is not needed: where that sum is small it is exact.
    """
    terms, lost = [], []
    for part in parts:
        register, error = _exact_product(code, part)
        terms.append((register, part.negative))
        lost += [(error, part.negative)] if error is not None else []
    terms.sort(key=lambda term: (code.spread[term[0]].bit_count(), code.spread[term[0]], term[1]))
    (total, negative), *inner, (last, last_is_negative) = terms
    if negative:
        total = code.emit(Subtract(code.constant(sympy.S.Zero), total))
    for register, is_negative in inner:
        total, error = _with_error(code, total, register, is_negative)
        lost.append((error, False))
    total = code.emit((Subtract if last_is_negative else Add)(total, last))
    for error, is_negative in lost:
        total = code.emit((Subtract if is_negative else Add)(total, error))
    return total


def _with_error(code, a, b, negative):
    """Registers of a + b, or a - b, as it is rounded, and of what rounding took away."""
    there, back = (Subtract, Add) if negative else (Add, Subtract)
    total = code.emit(there(a, b))
    step = code.emit(Subtract(total, a))
    left = code.emit(Subtract(a, code.emit(Subtract(total, step))))
    right = code.emit(back(b, step))
    return total, code.emit(there(left, right))


def _exact_product(code, part):
    """Registers of a part as it is rounded, and of what rounding took away (None: nothing)."""
    registers = [code.compile(factor) for factor in part.factors]
    if len(registers) == 1:
        return registers[0], None
    product = code.emit(Multiply(*registers))
    (high1, low1), (high2, low2) = (_halves(code, register) for register in registers)
    error = code.emit(Subtract(code.emit(Multiply(high1, high2)), product))
    for first, second in ((high1, low2), (low1, high2), (low1, low2)):
        error = code.emit(Add(error, code.emit(Multiply(first, second))))
    return product, error


def _halves(code, register):
    """Registers of two floats of 26 bits whose sum is a float."""
    scaled = code.emit(Multiply(code.constant(SPLITTER), register))
    high = code.emit(Subtract(scaled, code.emit(Subtract(scaled, register))))
    return high, code.emit(Subtract(register, high))
