"""What became of a derivation step or an erratum that holds, in a word."""

LABELS = ("proved", "exact instances", "cited")
"""Of a derivation step."""
CORRECTED = "corrected"
"""Of an erratum: what was published is refuted, what is right is proved."""
