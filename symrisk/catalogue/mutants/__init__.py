"""Theorems with one thing changed, and what notices it: a claim that no change of its formula
breaks says nothing.

`changes` alters an expression, `alteration` a formula; `replaced` puts the altered formula in the
place of the old one; `by_claims` and `by_numbers` say what catches it, `hunt` goes through all of a
survey.
"""
