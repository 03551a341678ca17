"""Functions that see an altered formula where their module has the old one."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from types import CellType, CodeType, FunctionType, ModuleType

from symrisk.catalogue.mutants.replaced import replaced
from symrisk.language.formula import Formula
from symrisk.language.quantity import Quantity


class Rebound:
    """Copies of functions for which every name that leads to a formula, or to what is made of it,
    leads to the altered one.

    folders: those whose modules are copied along, so that what a function calls there sees it too.
    What is in a list or a dict stays as it is.

    >>> from symrisk.symbols import n1, p, symbol
    >>> from symrisk.catalogue.mutants.replaced import remade
    >>> room = Formula(symbol("room", "r", "share of free dimensions"), (p - n1)/p)
    >>> copies = Rebound(room, remade(room, expression=(p + n1)/p), [])
    >>> copies.of(partial(room.digits, 5))(n1=1, p=4), copies.of(lambda: room(n1=1, p=4))()
    (Decimal('1.2500'), 1.25)
    """

    def __init__(self, old: Formula, new: Formula, folders: Iterable[Path]):
        self.old, self.new, self.folders = old, new, set(folders)
        self.touches = False
        self._copies = {}

    def of(self, function):
        """The copy of a function, of a method of a quantity, or of a partial application."""
        self.folders.add(_folder(getattr(function, "__globals__", {})))
        return self._seen(function, frozenset())

    def _seen(self, value, names):
        """What stands for a value where some names are read from it."""
        if isinstance(value, Quantity):
            return self._quantity(value)
        if isinstance(value, FunctionType):
            return self._function(value)
        if isinstance(value, ModuleType):
            return self._module(value, names)
        if isinstance(value, partial):
            keywords = {name: self._seen(each, names) for name, each in value.keywords.items()}
            arguments = [self._seen(each, names) for each in value.args]
            return partial(self._seen(value.func, names), *arguments, **keywords)
        if isinstance(getattr(value, "__self__", None), Quantity):
            return getattr(self._quantity(value.__self__), value.__name__)
        return value

    def _quantity(self, quantity):
        other = replaced(quantity, self.old, self.new)
        if other != quantity:
            self.touches = True
        return other

    def _function(self, function):
        if function in self._copies:
            return self._copies[function]
        if _folder(function.__globals__) not in self.folders:
            return function
        names, space = _names(function.__code__), dict(function.__globals__)
        cells = tuple(CellType() for _ in function.__closure__ or ())
        copy = FunctionType(
            function.__code__, space, function.__name__, function.__defaults__, cells or None
        )
        copy.__kwdefaults__ = function.__kwdefaults__
        # It is known before what it reads is looked at: functions may call one another.
        self._copies[function] = copy
        for cell, old in zip(cells, function.__closure__ or (), strict=True):
            cell.cell_contents = self._seen(old.cell_contents, names)
        for name in names & space.keys():
            space[name] = self._seen(space[name], names)
        return copy

    def _module(self, module, names):
        if _folder(vars(module)) not in self.folders:
            return module
        copy = ModuleType(module.__name__)
        vars(copy).update(vars(module))
        for name in names & vars(module).keys():
            setattr(copy, name, self._seen(vars(module)[name], frozenset()))
        return copy


def _folder(space):
    """The folder of the module that a namespace is of."""
    file = space.get("__file__")
    return None if file is None else Path(file).parent


def _names(code):
    """The names that a function's code reads, and that of the functions in it."""
    found = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found |= _names(constant)
    return found
