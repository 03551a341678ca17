"""The line of an author's file on which a claim, an erratum or a derivation step is written."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from symrisk.catalogue.discovery.contents import tree_of
from symrisk.catalogue.discovery.entry import HOME, Entry
from symrisk.catalogue.discovery.look import DERIVATIONS
from symrisk.errors import SymriskError
from symrisk.language.monotone import falls, rises

SLOPES = {"rises": rises, "falls": falls}
LONGEST = 8
"""Lines of a text that are shown."""
TELLING = 8
"""Letters of a sentence that a text with gaps must have to be known by."""


@dataclass(frozen=True)
class Line:
    """A line of a file, and the text that begins there, of several lines perhaps."""

    file: Path
    number: int
    text: str


def line_of(entry: Entry, subject) -> Line | None:
    """The Line on which a subject of an entry is written; that of its theorem where its sentence is
    written nowhere, as one that a function puts together.

    subject: a Claim, an Erratum or a Step; it is known by its sentence.  Looked at are the
    theorem's file, then the modules beside it and those of the same package, its derivations among
    them.  None where the theorem's own line is not found either.

    >>> from symrisk import catalogue
    >>> entry = catalogue.find("collapse.mixing")
    >>> found = line_of(entry, entry.theorem.claims[0])
    >>> found.file.name, found.text
    ('mixing.py', 'Claim("the first fit has variance factor one", variance_factor_at.at({t: 0}), "==", 1),')
    """  # noqa: E501
    modules = list(_modules(entry))
    for says in (_says, _nearly_says):
        for module in modules:
            file = Path(module.__file__)
            for call in _calls(tree_of(file)):
                if says(call, module, subject.says):
                    return _line(file, call)
    return _of_theorem(entry)


def _modules(entry) -> Iterator:
    """The modules in which a subject may be written, the theorem's own first."""
    own = sys.modules[entry.module]
    yield own
    for module in list(sys.modules.values()):
        # What it holds is looked at: a lazy module may answer any question by an import.
        file = getattr(module, "__dict__", {}).get("__file__")
        if module is not own and file and file.endswith(".py") and _is_near(module, entry):
            yield module


def _is_near(module, entry):
    """Whether a module stands in the theorem's folder, or in its package."""
    if Path(module.__file__).parent == entry.place.file.parent:
        return True
    if entry.module.startswith(HOME):
        return module.__name__.startswith((HOME, DERIVATIONS))
    return module.__name__.partition(".")[0] == entry.module.partition(".")[0]


def _calls(tree) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)


def _says(call, module, sentence):
    """Whether a call makes what has this sentence."""
    first = call.args[0]
    if isinstance(first, ast.Constant):
        return first.value == sentence
    slope = SLOPES.get(getattr(call.func, "id", None))
    return slope is not None and sentence in _sentences(slope, call, vars(module))


def _sentences(slope, call, names):
    """The sentences that `rises(formula, n1, n2)` makes, where its arguments are plain names."""
    if not all(isinstance(each, ast.Name) and each.id in names for each in call.args):
        return []
    told = {
        keyword.arg: keyword.value.value
        for keyword in call.keywords
        if keyword.arg in ("called", "strictly") and isinstance(keyword.value, ast.Constant)
    }
    try:
        claims = slope(*(names[each.id] for each in call.args), **told)
    except SymriskError:
        return []
    return [claim.says for claim in claims]


def _nearly_says(call, module, sentence):
    """Whether a call's sentence has gaps, f"{fit}: the risk falls", and could be this one."""
    first = call.args[0]
    if not isinstance(first, ast.JoinedStr):
        return False
    parts = [getattr(part, "value", None) for part in first.values]
    told = [part if isinstance(part, str) else None for part in parts]
    if sum(len(part) for part in told if part is not None) < TELLING:
        return False
    pattern = "".join(".*" if part is None else re.escape(part) for part in told)
    return re.fullmatch(pattern, sentence) is not None


def _of_theorem(entry):
    """The line that binds the theorem to its name, or what holds it."""
    file, name = entry.place.file, entry.name.partition(".")[0]
    for statement in tree_of(file).body:
        bound = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
        if any(node.id == name and isinstance(node.ctx, ast.Store) for node in bound):
            return _line(file, statement)
    return None


def _line(file, node):
    """The line on which a node begins, and the node's text, its lines as far to the left."""
    lines = file.read_text(encoding="utf-8").splitlines()[node.lineno - 1 : node.end_lineno]
    margin = len(lines[0]) - len(lines[0].lstrip())
    text = [line[margin:] if not line[:margin].strip() else line.strip() for line in lines]
    if len(text) > LONGEST:
        text = [*text[: LONGEST - 1], "..."]
    return Line(file, node.lineno, "\n".join(text))
