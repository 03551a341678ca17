"""What a certificate must look like: every field, of the right type, nothing missing and nothing
besides.

A certificate may come from a file.  It is read only after its shape is known, so that whatever else
it is, it is refused by NotProved, and its numbers and polynomials have one spelling each.
"""

from fractions import Fraction

from symrisk.decide.found import proofs
from symrisk.errors import NotProved

LARGEST_EXPONENT = 10_000
"""Of a polynomial that is looked at: a printed exponent is a number that somebody may have
written.
"""
LONGEST_NUMBER = 4000
"""Digits of a printed number: Python itself reads no longer ones."""


def check_shape(says, certificate):
    """NotProved, naming the field, where a certificate has not the fields of its method."""
    shape = PARTS
    if not isinstance(certificate, dict):
        raise NotProved(f"{says}: a certificate is a dict; not {certificate!r:.60}")
    if "parts" not in certificate:
        method = certificate.get("method")
        if not isinstance(method, str) or method not in proofs():
            raise NotProved(f"{says}: {method!r:.60} is no method of proof")
        shape = {"method": str, **proofs()[method].fields}
    try:
        _check(certificate, shape, "certificate")
    except _Misshapen as error:
        raise NotProved(f"{says}: {error}") from None


class _Misshapen(Exception):
    """A field that is not as it must be."""


def _check(value, shape, where):
    if isinstance(shape, dict):
        _check_dict(value, shape, where)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise _Misshapen(f"{where} is no list")
        for position, entry in enumerate(value):
            _check(entry, shape[0], f"{where}[{position}]")
    elif isinstance(shape, tuple):
        if not any(type(value) is type(allowed) and value == allowed for allowed in shape):
            raise _Misshapen(f"{where} is none of {', '.join(map(repr, shape))}")
    elif isinstance(shape, type):
        # A bool is an int to Python, and neither is the other here.
        if type(value) is not shape:
            raise _Misshapen(f"{where} is no {shape.__name__}")
    else:
        shape(value, where)


def _check_dict(value, shape, where):
    if not isinstance(value, dict):
        raise _Misshapen(f"{where} is no dict")
    optional = {key[:-1] for key in shape if key.endswith("?")}
    wanted = {key for key in shape if not key.endswith("?")}
    for key in sorted(wanted - value.keys()):
        raise _Misshapen(f"{where} has no {key}")
    for key in value:
        if key not in wanted | optional:
            raise _Misshapen(f"{where} has a field {key!r:.60} that nothing reads")
        _check(value[key], shape[key if key in wanted else f"{key}?"], f"{where}.{key}")


def number(value, where):
    """A rational number in lowest terms, as text."""
    if not isinstance(value, str) or len(value) > LONGEST_NUMBER:
        raise _Misshapen(f"{where} is no number written as text")
    try:
        is_canonical = str(Fraction(value)) == value
    except (ValueError, ZeroDivisionError):
        is_canonical = False
    if not is_canonical:
        raise _Misshapen(f"{where} is no rational number in lowest terms: {value!r:.60}")


def table(value, where):
    """A polynomial: the variables it uses, once each, and its terms from the highest down, none
    of them zero.
    """
    _check(value, {"variables": [str], "terms": list}, where)
    variables, terms = value["variables"], value["terms"]
    if len(set(variables)) != len(variables):
        raise _Misshapen(f"{where} names a variable twice")
    used, last = [False] * len(variables), None
    for position, term in enumerate(terms):
        exponents = _term(term, len(variables), f"{where}.terms[{position}]")
        if last is not None and exponents >= last:
            raise _Misshapen(f"{where} does not list its terms from the highest down")
        last = exponents
        used = [before or bool(e) for before, e in zip(used, exponents, strict=True)]
    if not all(used):
        raise _Misshapen(f"{where} names a variable that it does not use")


def _term(term, size, where):
    if (
        not isinstance(term, list)
        or len(term) != 2
        or not isinstance(term[0], list)
        or len(term[0]) != size
    ):
        raise _Misshapen(f"{where} is no pair of exponents and coefficient")
    for exponent in term[0]:
        if type(exponent) is not int or not 0 <= exponent <= LARGEST_EXPONENT:
            raise _Misshapen(f"{where} has an exponent {exponent!r:.60}")
    number(term[1], where)
    if term[1] == "0":
        raise _Misshapen(f"{where} is zero")
    return term[0]


def quotient(value, where):
    """Two polynomials; nothing over anything is nothing over one."""
    _check(value, QUOTIENT, where)
    if not value["denominator"]["terms"] or (
        not value["numerator"]["terms"] and value["denominator"] != ONE
    ):
        raise _Misshapen(f"{where} is no quotient")


def _link(value, where):
    _check(value, LINK, where)
    quotient({part: value[part] for part in QUOTIENT}, where)


def _maybe(shape):
    """The shape, or None."""

    def check(value, where):
        if value is not None:
            _check(value, shape, where)

    return check


def _text_or_none(value, where):
    if value is not None and type(value) is not str:
        raise _Misshapen(f"{where} is neither text nor None")


def _shown(value, where):
    """How a regime's limit compares with the claimed side."""
    keys = sorted(value) if isinstance(value, dict) else None
    shapes = {
        ("identity",): {"identity": (True,)},
        ("infinite",): {"infinite": int},
        ("gap", "strict"): {"gap": PROOF, "strict": bool},
    }
    if keys is None or tuple(keys) not in shapes:
        raise _Misshapen(f"{where} is no comparison of a limit")
    _check(value, shapes[tuple(keys)], where)


def _reason(value, where):
    if value not in REASONS:
        raise _Misshapen(f"{where}: {value!r:.60} is no reason for a sign")


def _reason_or_discriminant(value, where):
    if value != DISCRIMINANT:
        _reason(value, where)


def _reason_or_conjugate(value, where):
    if value not in (CONJUGATE, IN_PARTS):
        _reason(value, where)


def _quadratic(value, where):
    """How a discriminant shows a sign: the letter, and what is known of the coefficients."""
    _check(value, QUADRATIC, where)


COEFFICIENTS = "coefficients of one sign"
OFF_ZERO = "a hypothesis keeps it off zero, coefficients of one sign"
HYPOTHESIS = "a hypothesis"
COUNT = "Sturm: no root in s > 0"
EVEN = "an even power"
DISCRIMINANT, CONJUGATE = "its discriminant", "its conjugate"
IN_PARTS = "its coefficients in one letter"
LINE, HALF_LINE = "the line", "the half-line"
REASONS = (COEFFICIENTS, OFF_ZERO, HYPOTHESIS, COUNT, EVEN)

ONE = {"variables": [], "terms": [[[], "1"]]}
QUOTIENT = {"numerator": table, "denominator": table}
LINK = {"variable": str, **QUOTIENT, "closed": bool, "coordinate": _text_or_none}
SIDE = {"polynomial": table, "strict": bool}
FACTOR = {"polynomial": table, "power": int, "sign": (1, -1, 0), "strict": bool, "because": _reason}
QUADRATIC_FACTOR = {**FACTOR, "because": _reason_or_discriminant, "quadratic?": _quadratic}
SIGNED = {"constant": number, "factors": [QUADRATIC_FACTOR]}
QUADRATIC = {
    "letter": str,
    "over": (LINE, HALF_LINE),
    "first": _maybe(SIGNED),
    "last": _maybe(SIGNED),
    "discriminant": SIGNED,
}
CELL = {"chart": [_link], "side": [SIDE]}
PROOF = {**CELL, "constant": number, "factors": [FACTOR]}
SIGN = {"of": table, "sign": (1, -1), **PROOF}
REGIME = {
    **CELL,
    "end": ("lower", "upper"),
    "bound": _maybe(quotient),
    "orders": [int],
    **QUOTIENT,
    "signs": [SIGN],
    "limit": str,
    "shown": _shown,
}
MONOMIAL = {"exponents": [number], "coefficient": quotient}
TERM = {
    "kind": ("sum", "log", "line"),
    "coefficient": quotient,
    "monomials": [MONOMIAL],
    "law": _text_or_none,
}
CONDITION = {**QUOTIENT, "relation": (">", ">=", "==")}
PLACE = {"low": _text_or_none, "high": _text_or_none, "inside": bool, "sign": (1, -1, 0, None)}
COFACTOR = {"cofactor": table, "equation": table}
CELLS = {"strict": bool, "cells": [PROOF]}
QUADRATIC_CELLS = {"strict": bool, "cells": [{**PROOF, "factors": [QUADRATIC_FACTOR]}]}
LARGER = {
    "root": str,
    "larger": ("plain", "times"),
    "part": SIGNED,
    "above": table,
    "below": SIGNED,
    "difference": SIGNED,
}
WITH_ROOT = {**FACTOR, "because": _reason_or_conjugate, "conjugate?": LARGER}
TERM_WITH_ROOT = {"power": int, "constant": number, "factors": [WITH_ROOT]}
IN_TERMS = {**WITH_ROOT, "parts?": {"letter": str, "terms": [TERM_WITH_ROOT]}}
CONJUGATE_CELLS = {"strict": bool, "cells": [{**PROOF, "factors": [IN_TERMS]}]}
PARTS = {"parts": [{"says": str, "certificate": dict}]}
SIGNED = {"rel": ("<", "<=", ">=", ">"), "certificate": dict}
EXPANSION = {
    "power": int,
    "means": [
        {
            "mean": str,
            "order": int,
            "bottom": SIGNED,
            "slope": SIGNED,
            "first": SIGNED,
            "floor?": SIGNED,
        }
    ],
    "letters": [{"letter": str, "equation": table}],
    "roots": [{"name": str, "order": int, "terms": [quotient]}],
    "signs": [{"of": table, "sign": (1, -1), "certificate": dict}],
}


def expansion_node(value, where):
    """A case of a limit, or a polynomial by whose sign there are three."""
    keys = value.keys() if isinstance(value, dict) else ()
    if "empty" in keys:
        shape = {"empty": dict}
    elif "split" in keys:
        nodes = dict.fromkeys(("below", "at", "above"), expansion_node)
        shape = {"split": table, "replaces": _text_or_none, **nodes}
    elif "fails" in keys:
        shape = {**EXPANSION, "fails": int}
    else:
        shown = {"infinite": int} if "infinite" in _keys(value, "shown") else {"certificate": dict}
        own = {"order": int, "coefficient": _maybe(quotient), "limit": str, "shown": shown}
        shape = {**EXPANSION, **own}
    _check(value, shape, where)


def _keys(value, name):
    inner = value.get(name) if isinstance(value, dict) else None
    return inner.keys() if isinstance(inner, dict) else ()
