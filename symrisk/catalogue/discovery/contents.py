"""What a module holds: theorems and what belongs to them, by the names that lead to them, and
what its text alone shows.
"""

import ast
import warnings

from symrisk.paper.theorem import Theorem

DEEPEST = 4


def bound(module, kind):
    """{name: value} of a kind that a module binds: at its top, in lists and dicts there, and in its
    classes.

    A list's theorem is `name.0`, a dict's `name.key`, a class's `name.attribute`.
    """
    found = {}
    for name, value in list(vars(module).items()):
        if not name.startswith("__"):
            found.update(_within(name, value, kind, module.__name__, DEEPEST))
    return found


def _within(name, value, kind, module, deeper):
    if isinstance(value, kind):
        return {name: value}
    found = {}
    for part, item in _parts(value, module) if deeper else ():
        found.update(_within(f"{name}.{part}", item, kind, module, deeper - 1))
    return found


def _parts(value, module):
    if isinstance(value, (set, frozenset)):
        # a set's order changes from process to process: its theorems are numbered by their titles
        return enumerate(sorted(value, key=lambda item: str(getattr(item, "title", item))))
    if isinstance(value, (list, tuple)):
        return enumerate(value)
    if isinstance(value, dict):
        return list(value.items())
    if isinstance(value, type) and value.__module__ == module:
        return [(name, item) for name, item in vars(value).items() if not name.startswith("__")]
    return ()


def tree_of(file):
    """The syntax tree of a file that was imported, which has had its warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(file.read_bytes(), str(file))


def imported_names(tree):
    """The names that import statements bind anywhere in a module."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    return found


def called_names(tree):
    """The names that a module's text calls: f of f(x), of mod.f(x) and of a decorator."""
    return {_last(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def makers(tree, module):
    """(function, line) for each function whose body calls Theorem, by whatever name the module
    has for it.
    """
    known = {name for name, value in vars(module).items() if value is Theorem} | {"Theorem"}
    functions = (
        node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )
    return [(node.name, node.lineno) for node in functions if known & called_names(node)]


def _last(function):
    return getattr(function, "id", None) or getattr(function, "attr", None)
