r"""Sentences as LaTeX: letters that are typed, such as theta_1 or sigma^2, become mathematics."""

import re

GREEK = (
    "alpha beta gamma delta epsilon eta theta kappa lambda mu nu pi rho sigma tau phi omega "
    "Gamma Delta Theta Lambda Sigma Phi Omega"
).split()
NAMES = {"lam": r"\lambda", **{name: f"\\{name}" for name in GREEK}}
RATIOS = {"SNR": r"\mathrm{SNR}", "SSR": r"\mathrm{SSR}"}
CALLED = ("log", "exp", "sqrt", "tr", "det", "min", "max")
SPECIAL = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{letter: f"\\{letter}" for letter in "&%#_{}$"},
}
PIECE = re.compile(
    r"""(?P<space>\s+)
      | (?P<hyphened>[A-Za-z]+(?:[-'][A-Za-z]+)+)
      | (?P<letter>[A-Za-z]+(?:\d+(?![A-Za-z]))?)
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<raised>\^(?:\{[^{}]*\}|\([^()]*\)|-?\w+))
      | (?P<lowered>_(?:\{[^{}]*\}|[A-Za-z]+\d*|\d+))
      | (?P<operator><=|>=|[-+*/=<>])
      | (?P<bracket>[()|])
      | (?P<other>.)""",
    re.VERBOSE,
)
SET_APART = re.compile(r"(\$[^$]+\$|`[^`]+`)")
OPERATORS = {"<=": r"\le", ">=": r"\ge", "*": ""}
PLAIN_LETTERS = frozenset("BCDEGHIKMNOPQRSTVWXYZbcdefghijklmnpqrstuvwxyz")
"""Letters that may stand for something beside an operator; `a` and `I` and `A` are words."""


def prose(text: str) -> str:
    r"""Text with LaTeX's special letters escaped, and its formulas as such.

    What stands between two $ is mathematics already, between two backquotes code.  Else a run of
    letters, numbers, operators and brackets is a formula if it holds a Greek letter, an index, an
    exponent, or two letters with an operator between them.

    >>> print(prose("pooling theta_1 and theta_2, p > n1 + n2, costs 5%"))
    pooling $\theta_1$ and $\theta_2$, $p > n_1 + n_2$, costs 5\%
    >>> print(prose("its curvature is 3 + 7/sqrt(5)"))
    its curvature is $3 + 7/\sqrt{5}$
    >>> print(prose("at the peak (p - n) R tends to p sigma^2 + n1 n2 delta^2 / p"))
    at the peak $(p - n) R$ tends to $p \sigma^{2} + n_1 n_2 \delta^{2} / p$
    """
    return "".join(map(_set, SET_APART.split(text)))


def _set(piece):
    if len(piece) > 2 and piece[0] == piece[-1] == "$":
        return piece
    if len(piece) > 2 and piece[0] == piece[-1] == "`":
        return rf"\texttt{{{escaped(piece[1:-1])}}}"
    return _formulas_set(piece)


def escaped(text: str) -> str:
    r"""Text as it stands, LaTeX's special letters escaped.

    >>> print(escaped("50% of x_1"))
    50\% of x\_1
    """
    return "".join(SPECIAL.get(letter, letter) for letter in text)


def _formulas_set(text):
    tokens = [(match.lastgroup, match[0]) for match in PIECE.finditer(text)]
    written, run = [], []
    for kind, token in tokens:
        if _may_be_formula(kind, token):
            run.append((kind, token))
            continue
        written.append(_run_set(run))
        run = []
        written.append(escaped(token))
    written.append(_run_set(run))
    return "".join(written)


def _may_be_formula(kind, token):
    if kind in ("space", "number", "raised", "lowered", "operator", "bracket"):
        return True
    return kind == "letter" and _letter(token) is not None


def _letter(token):
    """The LaTeX of a letter, None for a word."""
    name = token.rstrip("0123456789")
    digits = token[len(name) :]
    known = {**NAMES, **RATIOS}.get(name)
    if known is None and name in CALLED and not digits:
        known = f"\\operatorname{{{name}}}"
    if known is None and len(name) == 1 and (name in PLAIN_LETTERS or digits):
        known = name
    if known is None:
        return None
    return f"{known}_{digits if len(digits) == 1 else f'{{{digits}}}'}" if digits else known


def _run_set(run):
    """A run of what may be a formula: what stands before and after it is text."""
    start, end = 0, len(run)
    while start < end and not _begins(run, start, end):
        start += 1
    while end > start and not _ends(run, start, end):
        end -= 1
    before, inner, after = run[:start], run[start:end], run[end:]
    head, tail = ("".join(token for _, token in part) for part in (before, after))
    if not inner:
        return escaped(head + tail)
    if not _is_formula(inner):
        return escaped("".join(token for _, token in run))
    return f"{escaped(head)}${_formula(inner)}${escaped(tail)}"


def _begins(run, start, end):
    kind, token = run[start]
    if kind == "bracket":
        return _is_closed(run[start:end])
    return kind in ("letter", "number")


def _is_closed(tokens):
    """Whether brackets are closed, none before it was opened."""
    depth = 0
    for kind, token in tokens:
        if kind == "bracket" and token in "()":
            depth += 1 if token == "(" else -1
            if depth < 0:
                return False
    return depth == 0


def _ends(run, start, end):
    kind, token = run[end - 1]
    if kind in ("space", "operator"):
        return False
    return _is_closed(run[start:end])


def _is_formula(tokens):
    """Whether a run is one for sure: more than words that happen to be short."""
    bare = [(kind, token) for kind, token in tokens if kind != "space"]
    strong = any(
        kind in ("raised", "lowered")
        or kind == "letter"
        and (token[0].isalpha() and (token in NAMES or token[-1].isdigit()))
        for kind, token in bare
    )
    joined = any(
        kind == "operator" and 0 < place < len(bare) - 1 for place, (kind, _) in enumerate(bare)
    )
    letters = [token for kind, token in bare if kind == "letter"]
    return bool(letters) and (strong or joined or letters == ["p"] or letters == ["n"])


def _under_roots(tokens):
    """The tokens with the brackets after each sqrt as LaTeX's braces."""
    found = list(tokens)
    for place, token in enumerate(tokens[:-1]):
        if token == ("letter", "sqrt") and tokens[place + 1] == ("bracket", "("):
            end = _closing(tokens, place + 1)
            found[place], found[place + 1] = ("set", r"\sqrt"), ("set", "{")
            found[end] = ("set", "}")
    return found


def _closing(tokens, start):
    """Where the bracket that is opened at `start` is closed."""
    depth = 0
    for place in range(start, len(tokens)):
        kind, token = tokens[place]
        if kind == "bracket":
            depth += {"(": 1, ")": -1}.get(token, 0)
            if depth == 0:
                return place
    return len(tokens) - 1


def _formula(tokens):
    written, tokens = "", _under_roots(tokens)
    for place, (kind, token) in enumerate(tokens):
        if kind == "letter":
            letter = _letter(token)
            is_barred = tokens[place + 1 : place + 2] == [("lowered", "_bar")]
            written += rf"\bar{{{letter}}}" if is_barred else letter
        elif token == "_bar":
            continue
        elif kind == "raised":
            written += f"^{{{_inside(token[1:])}}}"
        elif kind == "lowered":
            written += _index(token[1:])
        elif kind == "operator":
            written += OPERATORS.get(token, token)
        else:
            written += token
    return written


def _inside(text):
    """What stands in an exponent."""
    plain = text.strip("{}").removeprefix("(").removesuffix(")")
    return (
        _formula([(match.lastgroup, match[0]) for match in PIECE.finditer(plain)])
        if all(_may_be_formula(match.lastgroup, match[0]) for match in PIECE.finditer(plain))
        else rf"\mathrm{{{plain}}}"
    )


def _index(text):
    plain = text.strip("{}")
    if len(plain) == 1:
        return f"_{plain}"
    if plain.isdigit() or _letter(plain) is not None:
        return f"_{{{plain if plain.isdigit() else _letter(plain)}}}"
    return rf"_{{\mathrm{{{plain}}}}}"
