"""How a check reads: a line a theorem as soon as it is done, below it what does not hold, and in
the end how much there was and what took longest.
"""

import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator

from tqdm import tqdm

from symrisk.catalogue.checks.result import HOLDS, PROBLEM, Result
from symrisk.cli.terminal import columns, is_read_by_people, marks
from symrisk.paper.labels import CORRECTED, LABELS, counted

EXPECTED = "undecided as expected"
BROKEN = "in error"
STATUSES = (LABELS[0], CORRECTED, *LABELS[1:], "refuted", "undecided", EXPECTED, BROKEN)
"""In the order that they are counted in."""
KINDS = {
    "claim": ("claim", "claims"),
    "erratum": ("erratum", "errata"),
    "step": ("derivation step", "derivation steps"),
}
"""What one and several of a kind are called."""
ALWAYS = ("refuted", "undecided")
"""What is said of each kind, though there be none."""
LONGEST = 40
"""Letters that the ids of a table may take up."""
SLOWEST, WORTH = 5, 0.1
"""How many of the slowest are named, and from how many seconds on."""
JOINT = "\u00a0"
"""A blank at which no line ends."""


class Report:
    """Prints what a check gives, as it comes.

    sizes: {id: how many results it will have}, in order.  expected: sentences that are expected to
    be undecided.  every: whether each result gets a row, not only what does not hold.
    """

    def __init__(self, sizes: dict[str, int], expected: frozenset[str], every: bool = False):
        self.sizes, self.expected, self.every = sizes, expected, every
        self.width = min(max(map(len, sizes), default=0), LONGEST)
        self.good, self.bad = marks()
        self.begun: dict[str, list[Result]] = {}

    def add(self, result: Result) -> None:
        """Take one result; where it is the last of its theorem, print the theorem's line."""
        own = self.begun.setdefault(result.id, [])
        if self.every and not own:
            _write(result.id)
        own.append(result)
        if self.every:
            self._rows([result])
        if len(own) == self.sizes.get(result.id):
            _write(*self._line(result.id, own))
            if not self.every:
                self._rows(each for each in own if status(each, self.expected) not in HOLDS)

    def _line(self, identifier, results):
        """The line of a theorem: how many results of what kind, and the seconds it took."""
        counts = Counter(status(each, self.expected) for each in results)
        told = [counted(counts[name], name) for name in STATUSES if counts[name]]
        said = ", ".join(each.replace(" ", JOINT) for each in told)
        mark = self.good if all(map(self._is_fine, results)) else self.bad
        seconds = sum(each.seconds for each in results)
        head = f"{mark} {identifier:<{self.width}}  "
        return _fitted(f"{said}  {seconds:.1f}{JOINT}s", head, " " * len(head))

    def _rows(self, results):
        """A row each, and below it the reasons of what does not hold."""
        for result in results:
            mark = self.good if self._is_fine(result) else self.bad
            _write(*_fitted(self._row(result), f"  {mark} ", " " * (len(mark) + 3)))
            if not self._is_fine(result):
                for reason in result.reasons:
                    _write(*_fitted(reason, " " * (len(mark) + 5), " " * (len(mark) + 5)))

    def _row(self, result):
        named = status(result, self.expected)
        if named in HOLDS:
            return f"{result.claim}  [{result.by}]  {result.seconds:.2f}{JOINT}s"
        return f"{named}: {result.claim}  {result.seconds:.2f}{JOINT}s"

    def _is_fine(self, result):
        return status(result, self.expected) in {*HOLDS, EXPECTED}


def status(result: Result, expected: frozenset[str]) -> str:
    """What a result counts as: its status, or that it is undecided as expected, or in error.

    >>> status(Result("riemann", "zeta has none", "undecided", "", 1.0), frozenset({"zeta has none"}))
    'undecided as expected'
    """  # noqa: E501
    if result.status == "undecided" and is_listed(result, expected):
        return EXPECTED
    return BROKEN if result.status == PROBLEM else result.status


def is_listed(result: Result, expected: frozenset[str]) -> bool:
    """Whether a list of undecided claims has a result, by its sentence alone or after its id."""
    return result.claim in expected or f"{result.id}\t{result.claim}" in expected


def summary(checked: list[Result], expected: frozenset[str]) -> Iterator[str]:
    """How many results of each kind there are, by what they came to."""
    for kind, (one, several) in KINDS.items():
        own = [result for result in checked if result.kind == kind]
        if own or kind == "claim":
            yield _count(kind, one if len(own) == 1 else several, own, expected)
    modules = [result for result in checked if result.kind == "module"]
    if modules:
        yield f"modules that do not import: {len(modules)}"
    kept = [result for result in checked if result.is_kept]
    if kept:
        yield (
            f"{len(kept)} of these were decided before and have not changed since; --no-cache "
            f"decides them anew"
        )


def _count(kind, noun, checked, expected):
    counts = Counter(status(result, expected) for result in checked)
    said = {"claim": LABELS[:1], "erratum": (CORRECTED,), "step": LABELS}[kind]
    named = [name for name in STATUSES if name in (*said, *ALWAYS) or counts[name]]
    seconds = sum(result.seconds for result in checked)
    told = ", ".join(counted(counts[name], name) for name in named)
    return f"{len(checked)} {noun}: {told} ({seconds:.1f} s)"


def slowest(checked: list[Result]) -> Iterator[str]:
    """The results that took longest, a line each; none where all were quick."""
    ordered = sorted(checked, key=lambda result: -result.seconds)[:SLOWEST]
    long = [result for result in ordered if result.seconds >= WORTH]
    if long:
        yield "slowest:"
    for result in long:
        line = f"  {result.seconds:6.1f} s  {result.id}: {result.claim}"
        room = columns() - 1
        cut = is_read_by_people() and len(line) > room
        yield f"{line[: room - 1]}…" if cut else line


def _fitted(text: str, head: str, indent: str) -> Iterable[str]:
    """A text behind its head, in one line, or on a terminal in as many as its width needs."""
    if not is_read_by_people():
        return [head + text]
    # A line as long as the window would be followed by an empty one on some terminals.
    width = max(columns() - 1, len(indent) + 20)
    return textwrap.wrap(
        text,
        width,
        initial_indent=head,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        fix_sentence_endings=False,
        replace_whitespace=False,
        drop_whitespace=True,
    )


def _write(*lines):
    for line in lines:
        tqdm.write(line.replace(JOINT, " ").rstrip(), file=sys.stdout)
