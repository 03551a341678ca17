"""A statement as a hash: of its sides, regions, roots and all that they rest on, whatever it is
called and wherever it stands.

Two statements have one hash only where each part of them is the same: every letter with its sign
and meaning, every number, every node of every expression, every field of what an author writes.
What holds something that is not known here (a function of the user's, a measured law, a node that
some other library made) has no hash, and is decided anew each time.
"""

import sys
from dataclasses import fields, is_dataclass
from fractions import Fraction
from hashlib import sha256
from types import FunctionType

import sympy
from sympy.core.function import AppliedUndef
from sympy.core.singleton import Singleton
from sympy.logic.boolalg import Boolean

from symrisk.catalogue.cache.prover import ROOMS
from symrisk.engine.noun import cached_property
from symrisk.laws.law import Law
from symrisk.symbols import Symbol

NODES = (sympy.Expr, Boolean, sympy.Tuple, Law)


class Unknown(Exception):
    """Something that a statement holds and that has no hash."""


class Statements:
    """Hashes of statements; what several of them rest on is looked at once.

    >>> from symrisk import Claim
    >>> from symrisk.symbols import p
    >>> hashes = Statements()
    >>> claims = [Claim("the dimension is positive", p, ">", least) for least in (0, 0, 1)]
    >>> first, second, third = map(hashes.of, claims)
    >>> first == second, first == third
    (True, False)
    """

    def __init__(self):
        self.known = {}

    def of(self, statement) -> str | None:
        """The hash of a claim, an erratum or a step; None where a part of it has none."""
        try:
            return self._hash(statement).hex()
        except (Unknown, RecursionError):
            return None

    def _hash(self, value):
        # By what it is, not by what it equals: 1, True and 1.0 are equal.
        known = self.known.get(id(value))
        if known is None:
            # The value is kept beside its hash, so that no other gets its id.
            known = self.known[id(value)] = value, sha256(self._text(value)).digest()
        return known[1]

    def _text(self, value):
        """What a value is, unambiguously: its kind, and its parts or the hashes of them."""
        kind = type(value)
        if value is None or kind in (bool, int, str, Fraction):
            return f"{kind.__name__}\0{value}".encode()
        if kind in (tuple, list):
            return self._joined(kind.__name__, value)
        if kind is dict:
            return self._joined("dict", [part for pair in value.items() for part in pair])
        if isinstance(value, sympy.Basic):
            return self._expression(value)
        if is_dataclass(value) and _is_ours(kind):
            return self._joined(
                _name(kind), [getattr(value, field.name) for field in fields(value)]
            )
        if isinstance(value, FunctionType) and _is_ours(value) and _is_found(value):
            return f"function\0{_name(value)}".encode()
        raise Unknown(f"{value!r}")

    def _joined(self, name, parts):
        return b"\0".join([name.encode(), b"".join(map(self._hash, parts))])

    def _expression(self, node):
        kind = type(node)
        if kind is sympy.Symbol:
            return _symbol(node, ())
        if kind is Symbol:
            return _symbol(node, (node.latex, node.meaning, node.kind, str(node.default)))
        if isinstance(node, sympy.Rational):
            return f"Rational\0{node.p}/{node.q}".encode()
        if isinstance(kind, Singleton):
            return f"singleton\0{_name(kind)}".encode()
        if (
            not isinstance(node, NODES)
            or not node.args
            or isinstance(node, AppliedUndef)
            or not _is_plain(node)
        ):
            raise Unknown(f"{node!r}")
        return self._joined(_name(kind), node.args)


def _symbol(letter, beyond):
    assumed = sorted(letter._assumptions_orig.items())
    return f"Symbol\0{(letter.name, assumed, *beyond)!r}".encode()


def _is_plain(node):
    """Whether a node is made of its arguments alone, by SymPy or by the prover."""
    return _is_ours(type(node)) and all(
        _is_worked_out(type(node), name) for name in getattr(node, "__dict__", ())
    )


def _is_worked_out(kind, attribute):
    """Whether an attribute follows from the arguments: `nargs` is how many a function of SymPy's
    takes.
    """
    return attribute == "nargs" or isinstance(getattr(kind, attribute, None), cached_property)


def _is_ours(thing):
    """Whether the prover's hash knows what a class or a function does."""
    first, _, rest = (thing.__module__ or "").partition(".")
    return first == "sympy" or first == "symrisk" and rest.partition(".")[0] in ROOMS


def _is_found(function):
    """Whether a function is what its module has under its name: not one of many that another
    function made.
    """
    return getattr(sys.modules[function.__module__], function.__qualname__, None) is function


def _name(thing):
    return f"{thing.__module__}.{thing.__qualname__}"
