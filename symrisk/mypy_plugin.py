"""A plugin for mypy: a misspelt input of one of symrisk's own formulas is an error.

    [tool.mypy]
    plugins = ["symrisk.mypy_plugin"]

Python's types say that a call takes its inputs by name, and not which names; those of symrisk's own
theorems stand in its index.  Calls of other formulas are left alone.
"""

from collections.abc import Callable
from functools import lru_cache

from mypy.nodes import CallExpr, MemberExpr, NameExpr
from mypy.plugin import MethodContext, Plugin
from mypy.types import Type

from symrisk.catalogue.index import listed
from symrisk.engine.slips import hint
from symrisk.language.names.beside import beside

HOME = "symrisk.language."
OPTIONS = {
    "__call__": ("outside", "backend", "total"),
    "digits": ("total",),
    "ball": ("total",),
    "values": ("total",),
    "digits_lost": ("total",),
}
"""What takes inputs by name -> what else it takes by name."""


class Inputs(Plugin):
    """Looks at the names in calls of symrisk's own formulas."""

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        """The look at a call, for what takes inputs by name."""
        is_own = fullname.startswith(HOME) and fullname.rpartition(".")[2] in OPTIONS
        return looked_at if is_own else None


def looked_at(context: MethodContext) -> Type:
    """The type of a call as it is; an error for a name that its formula does not have."""
    call = context.context
    if isinstance(call, CallExpr):
        formula, method = _called(call)
        known = names().get(formula)
        for name in call.arg_names if known is not None else ():
            if name is not None and name not in (*known, *OPTIONS[method]):
                title = formula.rpartition(".")[2]
                takes = f"it takes {', '.join(sorted(known))}"
                context.api.fail(f"{title} has no name {name!r}; {takes}{hint(name, known)}", call)
    return context.default_return_type


def _called(call):
    """(the whole name of the formula that is called, "" where it is none; by which method)."""
    callee = call.callee
    if isinstance(callee, MemberExpr) and callee.name in OPTIONS:
        return getattr(callee.expr, "fullname", ""), callee.name
    is_named = isinstance(callee, (MemberExpr, NameExpr))
    return callee.fullname if is_named else "", "__call__"


@lru_cache(maxsize=1)
def names() -> dict[str, frozenset[str]]:
    """The whole name of each of symrisk's own formulas -> the names that a call may give.

    >>> sorted(names()["symrisk.theorems.transfer.concept_shift.snr_cutoff"])
    ['n', 'n1', 'n2', 'p']
    """
    found = {}
    for theorem in (listed() or {}).values():
        for title, taken in theorem.takes.items():
            found[f"{theorem.modules[0]}.{title}"] = frozenset(beside(taken["names"]))
    return found


def plugin(version: str) -> type[Plugin]:
    """What mypy asks for."""
    return Inputs
