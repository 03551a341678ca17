"""The catalogue: every theorem under a path or a module, found by looking; and what checking it gives.

`survey` says what there is, what does not import and what is not looked at; `entries` and `find` give the theorems alone;
`results` checks them, a row each: nothing that one of them raises hides another.
"""

from symrisk.catalogue.check import (
    PROBLEM,
    Result,
    check,
    check_claim,
    check_erratum,
    check_step,
    checked,
    results,
    subjects,
    why,
)
from symrisk.catalogue.entry import HOME, Entry, Survey
from symrisk.catalogue.survey import DERIVATIONS, entries, find, survey

__all__ = ["DERIVATIONS", "HOME", "PROBLEM", "Entry", "Result", "Survey", "check", "check_claim", "check_erratum",
           "check_step", "checked", "entries", "find", "results", "subjects", "survey", "why"]
