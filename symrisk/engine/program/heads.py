"""Which instruction stands for an expression or an implicit definition: found by looking.

Every file of the folder of instructions is asked what its classes are for.  Nothing is entered in
a table: a new file is all that a new instruction needs.
"""

import pkgutil
from functools import lru_cache
from importlib import import_module
from typing import Any

from symrisk.engine import instructions
from symrisk.engine.instructions.instruction import Instruction
from symrisk.errors import NoMethod


def instruction_for(meant: Any) -> type[Instruction]:
    """The instruction whose heads hold the class of an expression or of a definition, or the
    nearest of its bases; NoMethod where none does.

    >>> import sympy
    >>> instruction_for(sympy.log(sympy.Symbol("x"))).__name__
    'Log'
    """
    found = by_head()
    for kind in type(meant).__mro__:
        if kind in found:
            return found[kind]
    raise NoMethod(f"{type(meant).__name__} can't be evaluated: {meant}")


@lru_cache(maxsize=1)
def by_head() -> dict[type, type[Instruction]]:
    """{class of expressions: the instruction for it}, in the order of the files' names."""
    found = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(instructions.__path__)):
        for instruction in _defined_in(import_module(f"{instructions.__name__}.{module}")):
            for head in instruction.heads:
                if head in found:
                    names = f"{found[head].__name__} and {instruction.__name__}"
                    raise TypeError(f"{names} both stand for {head.__name__}")
                found[head] = instruction
    return found


def _defined_in(module):
    """The instructions that a module defines, and does not only import."""
    members = vars(module).values()
    own = [each for each in members if getattr(each, "__module__", None) == module.__name__]
    return [each for each in own if isinstance(each, type) and issubclass(each, Instruction)]
