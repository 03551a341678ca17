"""Which methods of proof there are, and which kinds of proof: found by looking.

A method is a file in `methods/` that binds a Method.  What its certificates look like, and the
second look at them, is a Proof, bound in a file of `recheck/methods/` or beside the method: one
file more is all that a new method needs.  Nothing is entered in a table.
"""

import pkgutil
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from types import CodeType, FunctionType

from symrisk.decide.method import Method
from symrisk.decide.proof import Proof

METHODS = "symrisk.decide.methods"
CHECKS = "symrisk.decide.recheck.methods"


@lru_cache(maxsize=1)
def methods() -> tuple[Callable, ...]:
    """The functions that decide, in the order in which they are asked.

    >>> [method.__name__ for method in methods()][:3]
    ['limit', 'expansion', 'identity']
    """
    return tuple(method.decides for method in _in_turn())


@lru_cache(maxsize=1)
def _in_turn():
    """The methods as they are bound, in the order in which they are asked."""
    found = []
    for module in _modules(METHODS):
        found += _bound(module, Method)
    return sorted(found, key=lambda method: (method.turn, method.decides.__name__))


def show_values(among) -> list[Callable]:
    """Those of some methods that show themselves that what they prove has values."""
    return [
        method.decides for method in _in_turn() if method.goes_first and method.decides in among
    ]


def go_first(claim, among) -> list[Callable]:
    """Those of some methods that are asked of a claim before it is known to have values."""
    found = []
    for method in _in_turn():
        if method.decides in among and method.goes_first and method.goes_first(claim):
            found.append(method.decides)
    return found


@lru_cache(maxsize=1)
def proofs() -> dict[str, Proof]:
    """{what a certificate says in `method`: the kind of proof}.

    TypeError for two of one name, and for one whose second look is the method's own way again.
    """
    found = {}
    for folder in (CHECKS, METHODS):
        for module in _modules(folder):
            for proof in _bound(module, Proof):
                if proof.name in found:
                    raise TypeError(f"two kinds of proof are called {proof.name}")
                _refuse_the_same_way(proof, _bound(module, Method))
                found[proof.name] = proof
    return found


def _modules(package):
    folders = import_module(package).__path__
    for name in sorted(info.name for info in pkgutil.iter_modules(folders)):
        yield import_module(f"{package}.{name}")


def _bound(module, kind):
    """What a module binds of a kind, each once."""
    found = {id(value): value for value in vars(module).values() if isinstance(value, kind)}
    return list(found.values())


def _refuse_the_same_way(proof, beside):
    """TypeError where a second look calls what the method in its own file calls, or any method's
    function.
    """
    home = {method.decides.__module__ for method in beside}
    ways = [_reached(method.decides) for method in beside]
    for function in _reached(proof.confirms):
        module = function.__module__
        is_foreign = module.startswith(f"{METHODS}.") and module not in home
        if is_foreign or any(function in way for way in ways):
            raise TypeError(
                f"{proof.name}: the second look at a proof goes another way; it calls "
                f"{function.__qualname__} of {module}, as the method does"
            )


def _reached(function):
    """A function, and those of the methods' and the checks' files that it calls by their names, and
    they in turn.
    """
    found, waiting = {}, [function]
    while waiting:
        each = waiting.pop(0)
        if each in found:
            continue
        found[each] = None
        for name in _names(each.__code__):
            value = each.__globals__.get(name)
            if isinstance(value, FunctionType) and value.__module__.startswith((METHODS, CHECKS)):
                waiting.append(value)
    return found


def _names(code):
    """The names that a function's code reads, and that of the functions in it."""
    found = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found |= _names(constant)
    return found
