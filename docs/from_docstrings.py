"""A Sphinx extension: the arguments that a docstring explains in its prose become a list.

Our docstrings say `says: a full sentence.  on: hypotheses beyond the formulas' own.` in a
paragraph; on a page a reader looks for an argument's name, and finds it at the start of a line.
"""

import inspect
import re

NAMES = r"(?:``)?[a-z_]\w*(?:``)?"
MARK = re.compile(rf"(?:^|(?<=[.;}}]) +)({NAMES}(?:, {NAMES})*): ")
"""One name or several with a colon, at the start of a sentence."""


def listed(paragraph: str, known: set[str]) -> list[str]:
    """A paragraph's lines, with an item for each of the `known` names that it explains.

    >>> listed("A weight.  on: where it holds.  by: how; note: this stays.", {"on", "by"})
    ['A weight.', '', '- **on**: where it holds.', '- **by**: how; note: this stays.']
    >>> listed("Nothing of the kind: only a colon.", {"on"})
    ['Nothing of the kind: only a colon.']
    """
    marks = [mark for mark in MARK.finditer(paragraph) if _names(mark) <= known]
    if not marks:
        return [paragraph]
    ends = [mark.start() for mark in marks[1:]] + [len(paragraph)]
    before = paragraph[: marks[0].start()].strip()
    lines = [before.rstrip(";"), ""] if before else []
    for mark, end in zip(marks, ends, strict=True):
        names = ", ".join(f"**{name}**" for name in mark[1].replace("`", "").split(", "))
        lines.append(f"- {names}: {paragraph[mark.end() : end].strip().rstrip(';')}")
    return lines


def _names(mark):
    return set(mark[1].replace("`", "").split(", "))


def paragraphs(lines: list[str]) -> list[list[str]]:
    """A docstring's lines in groups, as blank lines part them.

    >>> paragraphs(["a", "b", "", "c"])
    [['a', 'b'], ['c']]
    """
    groups = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def plain(text: str) -> str:
    r"""Text in which a bar is a bar, as in |theta|^2; what stands between backquotes stays.

    >>> print(plain("the norm |theta| of `a|b`"))
    the norm \|theta\| of `a|b`
    """
    pieces = re.split(r"(`+[^`]*`+)", text)
    pieces[::2] = [piece.replace("|", r"\|") for piece in pieces[::2]]
    return "".join(pieces)


def rewritten(lines: list[str], known: set[str]) -> list[str]:
    """A docstring's lines; each paragraph that explains `known` names is a list.

    Examples, and what is set in from the margin, stay as they are.
    """
    written = []
    for group in paragraphs(lines):
        is_prose = not any(line.startswith((" ", ">>>", "-")) for line in group[:1])
        if is_prose:
            group = [plain(line) for line in group]
        # A hanging line belongs to the sentence above it.
        joined = " ".join(line.strip() for line in group)
        has_mark = is_prose and any(_names(mark) <= known for mark in MARK.finditer(joined))
        written += [*(listed(joined, known) if has_mark else group), ""]
    return written


def process(app, what, name, thing, options, lines):
    """Sphinx asks this for each docstring, and takes `lines` as it leaves them."""
    try:
        known = set(inspect.signature(thing).parameters)
    except (TypeError, ValueError):
        known = set()
    fields = getattr(thing, "__dataclass_fields__", {})
    lines[:] = rewritten(lines, known | set(fields))


def close_sessions(app, name, source) -> None:
    """A session ends with a blank line, by which its end is known; on a page it is none."""
    source[0] = source[0].replace("\n\n```\n", "\n```\n")


def setup(app):
    """What Sphinx calls."""
    app.connect("autodoc-process-docstring", process)
    app.connect("source-read", close_sessions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
