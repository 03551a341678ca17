"""What an input or a quantity is called in a picture: its letter as mathematics, its meaning."""

import re
from textwrap import fill

from matplotlib.mathtext import MathTextParser

from symrisk.language.made import At, Given
from symrisk.laws.law import Law

WIDE, TALL, LONG = 64, 44, 40
KEPT = "\N{NO-BREAK SPACE}"


def meaning(symbol):
    """What an input means, without the mathematics at the end of the glossary's words, and its
    letter.
    """
    words = re.split(r"[:,;]", getattr(symbol, "meaning", ""))[0].split()
    while words and re.search(r"[|_^/=+]|^-$", words[-1]):
        words.pop()
    # a letter stays on the line of the word before it: `fill` breaks at plain blanks only
    letters = drawn(symbol.latex, symbol.name)
    said = fill(f"{' '.join(words)}{KEPT}{letters}".strip(KEPT), TALL)
    return said.replace(KEPT, " ")


def valued(symbol, value):
    """A letter with its value; a law in short."""
    if not isinstance(value, Law):
        number = f"{float(value):g}"
        return drawn(f"{symbol.latex} = {number}", f"{symbol.name} = {number}")
    said, letters = repr(value), drawn(symbol.latex, symbol.name)
    if len(said) <= LONG:
        return f"{letters} = {said}"
    return f"{letters} of {len(value.arrays[1])} atoms"


def lined(parts):
    """Parts with commas between them, on as few lines as hold them."""
    lines = []
    for part in parts:
        joined = f"{lines[-1]}, {part}" if lines else part
        if lines and len(re.sub(r"\\\w+|[${}_^]", "", joined)) > WIDE:
            lines[-1] += ","
            lines.append(part)
        else:
            lines[-1:] = [joined]
    return "\n".join(lines)


def letter(quantity):
    """A quantity as one speaks of it: by its letter, also where names in it are replaced."""
    while isinstance(quantity, (At, Given)):
        quantity = quantity.of
    return drawn(quantity.head_latex(), quantity.title)


def drawn(latex, plain):
    """Mathematics as matplotlib draws it, which knows no short forms of relations; or plain
    words for what it can't draw.
    """
    source = re.sub(r"\\(le|ge)(?![a-zA-Z])", r"\\\1q", f"${latex}$")
    try:
        MathTextParser("path").parse(source)
    except ValueError:
        return plain
    return source
