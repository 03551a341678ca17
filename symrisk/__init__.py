"""The executable theory of high-dimensional risk.

A theorem is written once, as symbolic mathematics; from that one text its algebra is proved, its
formulas are evaluated on a grid or to any number of digits, checked against simulation and printed
as LaTeX.
"""

from importlib import import_module

_HOMES = {
    "language.formula": ("Formula",),
    "language.region": ("Region",),
    "language.implicit": ("Implicit",),
    "engine.unknowns.half_plane": ("UPPER",),
    "language.recursion": ("Recursion",),
    "laws.law": ("Atoms",),
    "laws.empirical": ("Empirical",),
    "laws.power_law": ("PowerLaw",),
    "engine.expressions.mean": ("Mean",),
    "language.claim": ("Claim",),
    "language.monotone": ("falls", "rises"),
    "decide": ("prove",),
    "decide.verdict": ("Verdict",),
    "paper.derivation": ("Derivation", "Step"),
    "derive.extremum": ("Extremum",),
    "derive.minimizer": ("minimizer",),
    "derive.monotonicity": ("Monotonicity", "monotonicity"),
    "derive.threshold": ("Threshold", "threshold"),
    "engine.balls.ball": ("Ball",),
    "engine.functions.normal": ("normal_cdf", "normal_pdf"),
    "paper.errata": ("Erratum",),
    "errors": ("AccuracyWarning", "RatioWarning"),
    "language.relation": ("Relation",),
    "simulate.experiment": ("Comparison", "Simulation"),
    "paper.theorem": ("Citation", "Theorem"),
    "catalogue.asked.search": ("find",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
_ROOMS = ("equivalents", "plot", "symbols", "theorems")
__all__ = sorted(_HOME)
__version__ = "0.1.0"


def __getattr__(name):
    if name in _ROOMS:
        return import_module(f"symrisk.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'symrisk' has no attribute {name!r}")
    return getattr(import_module(f"symrisk.{_HOME[name]}"), name)


def __dir__():
    return sorted([*__all__, *_ROOMS, "__version__"])
