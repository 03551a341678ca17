"""Theorems: one a file, in a folder by setting.

`dir(symrisk.theorems)` offers the settings, `dir(symrisk.theorems.transfer)` the theorems of one,
and `dir(concept_shift)` what a theorem's reader calls: Tab completes them, and none is imported
before it is asked for.
"""

from symrisk.theorems import offered

offered.below(__path__)
__getattr__, __dir__ = offered.lookers(__name__)
