"""The catalogue: every theorem under a path or a module, found by looking; and what checking it
gives.

`survey` says what there is, what does not import and what is not looked at; `entries` and `find`
give the theorems alone; `results` checks them, a row each: nothing that one of them raises hides
another.  `listed` is what the index says of symrisk's own theorems, without importing them.
"""

from importlib import import_module

# Each name is loaded when it is first used: what needs no prover, nor SymPy, is had without them.
_HOMES = {
    "describe": ("described",),
    "discovery.entry": ("HOME", "Entry", "Survey"),
    "index": ("Listed", "listed"),
    "discovery.look": ("DERIVATIONS", "entries", "find", "survey"),
    "checks.result": ("PROBLEM", "Result"),
    "checks.rows": (
        "check",
        "check_claim",
        "check_erratum",
        "check_step",
        "checked",
        "subjects",
        "why",
    ),
    "checks.table": ("results",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"module 'symrisk.catalogue' has no attribute {name!r}")
    return getattr(import_module(f"symrisk.catalogue.{_HOME[name]}"), name)


def __dir__():
    return __all__
