"""What became of a derivation step or an erratum that holds, in a word."""

LABELS = ("proved", "exact instances", "cited")
"""Of a derivation step."""
CORRECTED = "corrected"
"""Of an erratum: what was published is refuted, what is right is proved."""


def counted(count: int, status: str) -> str:
    """How many of a status there are, in words.

    >>> counted(2, "proved"), counted(1, "exact instances"), counted(3, "exact instances")
    ('2 proved', '1 exact instance', '3 exact instances')
    """
    said = "exact instance" if (count, status) == (1, LABELS[1]) else status
    return f"{count} {said}"
