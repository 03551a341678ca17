"""A Sphinx extension: a page for each theorem of the catalogue, written when the pages are built.

A page says what the theorem's text says. Beside a claim stands its verdict where one was decided
on this machine and is kept (`symrisk check` keeps them); where none is, the page says that. Only
what is never kept, which takes a moment, is decided for the page: the instances of a derivation's
steps, and a few claims.
"""

import logging
import re
import shutil
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from symrisk import catalogue
from symrisk.catalogue.cache.kept import Kept
from symrisk.catalogue.cache.statement import Statements
from symrisk.catalogue.checks.result import Result
from symrisk.catalogue.checks.rows import KINDS, checked, subjects
from symrisk.catalogue.discovery.entry import Entry
from symrisk.engine.expressions import tex
from symrisk.paper import prose as sentences
from symrisk.paper.references import references
from symrisk.plot import drawn, plot
from symrisk.show import words

HERE = Path(__file__).parent
FOLDER = HERE / "theorems"
NOTEBOOKS = HERE / "notebooks"
WRITTEN_FOR_HERE = (FOLDER, NOTEBOOKS)
"""Folders that hold what a build writes, and nothing else."""
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~^])")
CODE = re.compile(r"(`[^`]+`)")
ARXIV = re.compile(r"arXiv(?: preprint arXiv)?:(\d{4}\.\d{4,5})")
LETTERS = {escape: letter for letter, escape in sentences.SPECIAL.items()}
ESCAPED = re.compile("|".join(map(re.escape, sorted(LETTERS, key=len, reverse=True))))
"""What a letter that is special to LaTeX is written as in it, and the letter."""
MATHJAX = ("tex-chtml.js", "output/chtml/fonts/woff-v2")
"""What a page of formulas loads: the program, and its fonts."""


# -- verdicts


class Known:
    """What was decided before and is kept; what is never kept is decided."""

    def __init__(self, kept: Kept):
        self.kept = kept
        self.statements = Statements()

    def rows(self, entry: Entry) -> dict[int, Result | None]:
        """id() of a claim, an erratum or a derivation step -> its row, None where none is kept."""
        found = {}
        for checks, subject in subjects(entry):
            found[id(subject)] = self._row(entry, checks, subject)
        return found

    def _row(self, entry, checks, subject):
        name = self.statements.of(subject)
        if name is None:
            return checked(checks, entry, subject)
        return self.kept.row(name, entry.id, subject.says, KINDS[checks])


# -- text


def plain(text: str) -> str:
    r"""Text as Markdown that reads the same; what stands between backquotes is code.

    >>> plain("theta_1 of `best_ridge`")
    'theta\\_1 of `best_ridge`'
    """
    pieces = CODE.split(" ".join(text.split()))
    pieces[::2] = [SPECIAL.sub(r"\\\1", piece) for piece in pieces[::2]]
    return "".join(pieces)


def prose(text: str) -> str:
    r"""The same, and what is mathematics in it is set as such.

    >>> print(prose("pooling theta_1 costs 5% of `n1` * 2"))
    pooling {math}`\theta_1` costs 5% of `n1` \* 2
    """
    pieces = CODE.split(" ".join(text.split()))
    pieces[::2] = map(_with_formulas, pieces[::2])
    return "".join(pieces)


def _with_formulas(text):
    """From LaTeX, in which a formula stands between two $, and text is escaped."""
    pieces = re.split(r"\$([^$]+)\$", sentences.prose(text))
    pieces[::2] = [SPECIAL.sub(r"\\\1", _unescaped(piece)) for piece in pieces[::2]]
    pieces[1::2] = [f"{{math}}`{piece}`" for piece in pieces[1::2]]
    return "".join(pieces)


def _unescaped(latex):
    return ESCAPED.sub(lambda found: LETTERS[found[0]], latex)


def in_table(text: str) -> str:
    r"""Prose in a table, where a bar would end the cell.

    >>> print(in_table("squared norm |theta_2|^2"))
    squared norm {math}`\vert \theta_2\vert ^{2}`
    """
    pieces = re.split(r"({math}`[^`]+`)", prose(text))
    pieces[1::2] = [_barless(piece) for piece in pieces[1::2]]
    return "".join(pieces)


def _barless(latex):
    return latex.replace(r"\|", r"\Vert ").replace("|", r"\vert ")


def inline(latex: str) -> str:
    """A formula within a line, its fractions at full height."""
    return f"{{math}}`\\displaystyle {latex}`"


def display(latex: str) -> str:
    """A formula on lines of its own."""
    return f"```{{math}}\n{latex}\n```"


def reference(text: str) -> str:
    """A line of the bibliography, its arXiv number a link.

    >>> reference("A. Author. Title. arXiv preprint arXiv:2510.15337. 2025.")
    'A. Author. Title. [arXiv:2510.15337](https://arxiv.org/abs/2510.15337). 2025.'
    """
    return ARXIV.sub(r"[arXiv:\1](https://arxiv.org/abs/\1)", plain(text))


def section(title: str, body: Iterable[str], between: str = "\n\n") -> list[str]:
    """A heading and what stands under it; nothing where nothing does."""
    text = between.join(body)
    return [f"## {title}", text] if text else []


# -- a theorem's page


def page(entry: Entry, rows: dict, pages: dict[str, str], figure: str | None = None) -> str:
    """The page of a theorem.

    rows: as `Known.rows` gives them.  pages: title of a theorem -> its id.  figure: the picture's
    file, beside the page.
    """
    theorem = entry.theorem
    shown = [f"![The figure of this theorem: {theorem.title}]({figure})"] if figure else []
    parts = [
        f"({entry.id})=",
        f"# {plain(theorem.title)}",
        f"`{entry.id}`",
        prose(theorem.states),
        "\n".join(_cited(theorem)),
        *shown,
        *section("What it assumes", (f"- {prose(text)}" for text in theorem.assumes), "\n"),
        *section("Inputs", _inputs(theorem.formulas)),
        *section("Formulas", (_formula(entry, formula) for formula in theorem.formulas)),
        *section("Claims", _claims(entry, rows)),
        *section("Errata", (_erratum(each, rows[id(each)]) for each in theorem.errata)),
        *section("Derivations", (_derivation(each, rows) for each in entry.derivations)),
        *section("Simulations", _simulations(entry)),
        *section("Rests on", (f"- {_link(used, pages)}" for used in theorem.uses), "\n"),
        *section("Where it is written", _places(entry), "\n"),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _cited(theorem):
    known = references()
    for citation in theorem.citations:
        work = known.get(citation.key, citation.key)
        place = f" {prose(citation.place)}." if citation.place else ""
        yield f"- {reference(work)}{place}"


def _inputs(formulas):
    """One table for all the formulas: a letter means the same in each."""
    letters = {}
    for formula in formulas:
        letters |= formula.inputs
    if not letters:
        return
    lines = ["| name | letter | meaning | values |", "| --- | --- | --- | --- |"]
    for name, symbol in sorted(letters.items()):
        told = words.described(symbol)
        default = f", {told['default']} where not given" if told["default"] is not None else ""
        meaning = in_table(told["meaning"])
        lines.append(f"| `{name}` | {_letter(symbol)} | {meaning} | {_values(told)}{default} |")
    yield "\n".join(lines)


def _letter(symbol):
    """In a table, where a bar would end the cell."""
    return f"{{math}}`{_barless(tex.latex(symbol))}`"


def _values(told):
    kinds = {"count": "a size", "integer": "a whole number", "law": "a [law](../api/laws.md)"}
    kind = kinds.get(told["kind"], "a number")
    sign = told["sign"]
    return f"{kind} {plain(sign)}" if sign else kind


def _formula(entry, formula):
    name = f"{entry.id}.{formula.symbol.name}"
    where = formula.on.latex()
    holds = f", for {inline(where)}" if where else ""
    return "\n\n".join(
        [
            f"({name})=",
            f"### {plain(formula.symbol.name)}",
            f"{prose(words.meaning(formula.symbol))} ({formula.accuracy}{holds})",
            display(formula.latex()),
            f"`{words.call(formula)}`",
        ]
    )


def _claims(entry, rows):
    """How many are proved, then each with its relation and verdict."""
    claims = entry.theorem.claims
    kept = [rows[id(claim)] for claim in claims]
    counted = counted_proved(kept)
    yield (
        f"{counted[0].upper()}{counted[1:]}. On your machine: `symrisk check {entry.id}`; the "
        f"proofs: `symrisk show {entry.id} --proofs`."
    )
    lines = []
    for claim, row in zip(claims, kept, strict=True):
        lines.append(f"- {prose(claim.says)} {_verdict(row)}\n\n  {inline(claim.latex())}")
    yield "\n".join(lines)


def counted_proved(kept: list[Result | None]) -> str:
    """How many claims are proved, and of how many nothing is known.

    >>> proved = Result("id", "a claim", "proved", "identity", 0.1)
    >>> counted_proved([proved, proved]), counted_proved([proved, None])
    ('all 2 are proved', '1 of 2 is proved, 1 was not decided here')
    >>> counted_proved([None, None, None])
    '3, not decided here'
    """
    known = [row for row in kept if row is not None]
    if not known:
        return f"{len(kept)}, not decided here"
    proved = sum(row.status == "proved" for row in known)
    if proved == len(kept):
        return f"all {proved} are proved"
    said = f"{proved} of {len(kept)} {_is(proved)} proved"
    missing = len(kept) - len(known)
    return f"{said}, {missing} {_was(missing)} not decided here" if missing else said


def _is(count):
    return "is" if count == 1 else "are"


def _was(count):
    return "was" if count == 1 else "were"


def _verdict(row):
    """In brackets: the status and the method, which the page on verdicts explains."""
    if row is None:
        return "(not decided here)"
    return f"({row.status} by {_methods(row.by)})"


def _methods(named):
    """The methods, each a link to what it is."""
    links = []
    for name in named.split(", "):
        links.append(f"[{name}](#by-{re.sub('[ _]', '-', name)})")
    return ", ".join(links)


def _erratum(erratum, row):
    seen = "not decided here" if row is None else row.by
    return "\n\n".join(
        [
            f"**{prose(erratum.says)}** ({prose(repr(erratum.where))}; {plain(seen)})",
            f"Published, {prose(erratum.published.says)}:",
            display(erratum.published.latex()),
            f"It fails at {inline(erratum.at_latex())}. Right, {prose(erratum.right.says)}:",
            display(erratum.right.latex()),
        ]
    )


def _derivation(chain, rows):
    parts = [f"### {plain(chain.title)}", f"Start: {plain(chain.start)}."]
    for number, step in enumerate(chain.steps, 1):
        parts.append(f"{number}. {plain(step.says)} ({_step(step, rows[id(step)])})")
        if step.formula:
            parts.append(f"   `{step.formula}`")
    return "\n\n".join(parts)


def _step(step, row):
    """What the step rests on; what was decided of it, where that is kept."""
    if step.cites is not None:
        return f"cited: {plain(repr(step.cites))}"
    if row is None:
        return "a claim, not decided here"
    if row.is_verdict:
        return f"{row.status} by {_methods(row.by)}"
    return plain(row.by)


def _simulations(entry):
    if not entry.theorem.simulations:
        return
    lines = []
    for simulation in entry.theorem.simulations:
        name = simulation.formula.symbol.name
        says = getattr(simulation, "says", "")
        lines.append(f"- `{name}`" + (f": {prose(says)}" if says else ""))
    yield "\n".join(lines)
    yield f"To run them: `symrisk simulate {entry.id}`."


def _link(theorem, pages):
    if theorem.title not in pages:
        return plain(theorem.title)
    return f"[{plain(theorem.title)}]({pages[theorem.title]}.md)"


def _places(entry):
    """Files, from the repository's top."""
    stem = entry.module.removeprefix("symrisk.theorems.").replace(".", "/")
    yield f"- statement: `symrisk/theorems/{stem}.py`"
    if (HERE.parent / "derivations" / f"{stem}.py").exists():
        yield f"- derivations: `derivations/{stem}.py`"
    if entry.id in drawn():
        yield f"- figure: `symrisk/plot/figures/{stem}.py`"


# -- the pages above them


SETTINGS = {"transfer": "Transfer", "collapse": "Model collapse", "ridge": "Ridge"}


def contents(entries: list[Entry], rows: dict[str, dict]) -> str:
    """The list of theorems, by setting."""
    settings = {}
    for entry in entries:
        settings.setdefault(entry.id.partition(".")[0], []).append(entry)
    parts = [
        "(theorems)=",
        "# The theorems",
        "Each with its formulas, what it assumes, its claims and their verdicts. "
        "[What a verdict means](../verdicts.md) is told on a page of its own; what was not decided "
        "on the machine that made these pages says so.",
    ]
    for setting, found in settings.items():
        parts.append(f"## {SETTINGS.get(setting, setting.capitalize())}")
        lines = ["| theorem | id | formulas | claims |", "| --- | --- | --- | --- |"]
        for entry in found:
            kept = [rows[entry.id][id(claim)] for claim in entry.theorem.claims]
            lines.append(
                f"| [{plain(entry.theorem.title)}]({entry.id}.md) | `{entry.id}` "
                f"| {len(entry.theorem.formulas)} | {counted_proved(kept)} |"
            )
        parts.append("\n".join(lines))
    parts.append("## Also")
    parts.append("- [Every letter](letters.md) and what it means\n- [By paper](papers.md)")
    names = "\n".join([*(entry.id for entry in entries), "letters", "papers"])
    parts.append(f"```{{toctree}}\n:hidden:\n:maxdepth: 1\n\n{names}\n```")
    return "\n\n".join(parts) + "\n"


def letters(entries: list[Entry]) -> str:
    """Every letter that a formula takes, once."""
    found = {}
    for entry in entries:
        for formula in entry.theorem.formulas:
            found |= formula.inputs
    lines = ["| name | letter | meaning | values |", "| --- | --- | --- | --- |"]
    for name, symbol in sorted(found.items()):
        told = words.described(symbol)
        lines.append(
            f"| `{name}` | {_letter(symbol)} | {in_table(told['meaning'])} | {_values(told)} |"
        )
    said = "What a formula's inputs are called, and what they mean: the same in every theorem."
    return "\n\n".join(["# Every letter", said, "\n".join(lines)]) + "\n"


def papers(entries: list[Entry]) -> str:
    """The works that theorems cite, and which theorem takes what from them."""
    cited = {}
    for entry in entries:
        for citation in entry.theorem.citations:
            cited.setdefault(citation.key, []).append((entry, citation))
    known, parts = references(), ["# By paper"]
    for key in sorted(cited):
        parts += [f"## {key}", reference(known.get(key, key))]
        lines = []
        for entry, citation in cited[key]:
            place = f": {prose(citation.place)}" if citation.place else ""
            lines.append(f"- [{plain(entry.theorem.title)}]({entry.id}.md){place}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def pages(known: Known) -> Iterator[tuple[str, str]]:
    """(name, text) of every page there is to write; pictures are drawn beside them."""
    entries = catalogue.entries()
    titles = {entry.theorem.title: entry.id for entry in entries}
    rows = {entry.id: known.rows(entry) for entry in entries}
    figures = drawn()
    for entry in entries:
        figure = f"{entry.id}.png" if entry.id in figures else None
        yield entry.id, page(entry, rows[entry.id], titles, figure)
    yield "index", contents(entries, rows)
    yield "letters", letters(entries)
    yield "papers", papers(entries)


# -- what Sphinx asks for


def write(app) -> None:
    """The pages, pictures and notebooks; a file that would not change is left as it is."""
    wanted = {FOLDER / f"{name}.md": text for name, text in pages(Known(Kept.of_user()))}
    pictures = {FOLDER / f"{name}.png": name for name in drawn()}
    notebooks = {
        NOTEBOOKS / each.name: each.read_text(encoding="utf-8")
        for each in sorted((HERE.parent / "notebooks").glob("*.ipynb"))
    }
    for folder in WRITTEN_FOR_HERE:
        folder.mkdir(exist_ok=True)
        for file in set(folder.iterdir()) - {*wanted, *pictures, *notebooks}:
            file.unlink()
    for file, text in {**wanted, **notebooks}.items():
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
    # Which font a letter was taken from is no news.
    logging.getLogger("matplotlib").setLevel(logging.WARNING)
    for file, name in pictures.items():
        plot(name).savefig(file, dpi=100)


def bring_mathjax(app) -> None:
    """MathJax into the built pages, from the package that ships it."""
    found = find_spec("mathjax")
    if found is None:
        raise ModuleNotFoundError('MathJax is not installed: pip install ".[docs]"')
    package = Path(found.origin).parent / "static" / "mathjax" / "es5"
    for name in MATHJAX:
        source, target = package / name, Path(app.outdir) / "_static" / "mathjax" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, target)


def setup(app):
    """What Sphinx calls."""
    app.connect("builder-inited", write)
    app.connect("builder-inited", bring_mathjax)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
