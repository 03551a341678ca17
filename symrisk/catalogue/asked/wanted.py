"""Which claims, errata and derivation steps of a survey are to be checked."""

import re

from symrisk.catalogue.asked.words import speaks_of, split
from symrisk.catalogue.checks.rows import KINDS, subjects
from symrisk.catalogue.discovery.entry import Entry, Survey
from symrisk.engine.slips import hint
from symrisk.errors import ArgumentError


class Wanted:
    """All there is to check in a survey, or what of it is asked for.

    words: each has to stand in a subject's id or sentence; capitals do not count.  held: {file: the
    sentences that held last time}, which are left out.

    >>> from symrisk.catalogue import survey
    >>> found = survey("symrisk.theorems.collapse")
    >>> claims = found.entries[0].theorem.claims
    >>> [claims[place].says for _, place in Wanted("slope golden").tasks(found)]
    ['the slope vanishes at the golden weight']
    """

    def __init__(self, words: str = "", held: dict[str, frozenset[str]] | None = None):
        self.words = split(words)
        self.held = held or {}

    def tasks(self, found: Survey) -> list[tuple[int, int]]:
        """Pairs of numbers, (entry, subject), of what is asked for, in the catalogue's order.

        ArgumentError where nothing has the words.
        """
        spoken = []
        for number, entry in enumerate(found.entries):
            for place, (_, subject) in enumerate(subjects(entry)):
                if speaks_of(self.words, entry.id, subject.says):
                    spoken.append((number, place))
        if self.words and not spoken:
            raise ArgumentError(self._nothing(found))
        return [task for task in spoken if not self._is_held(found, task)]

    def _is_held(self, found, task):
        entry = found.entries[task[0]]
        checks, subject = subjects(entry)[task[1]]
        name = sentence(entry, KINDS[checks], subject.says)
        return name in self.held.get(file_of(entry), ())

    def _nothing(self, found):
        """That no sentence has all of the words; of one that none has, what is close to it."""
        said = set()
        for entry in found.entries:
            for _, subject in subjects(entry):
                said |= set(re.findall(r"[\w.]+", f"{entry.id} {subject.says}".casefold()))
        for word in self.words:
            if not any(word in each for each in said):
                return f"no claim, erratum or step speaks of {word!r}{hint(word, sorted(said))}"
        return f"no claim, erratum or step has all of {' '.join(self.words)}: ask for fewer"


def sentence(entry: Entry, kind: str, says: str) -> str:
    """What a subject is remembered by: the name its theorem is bound to, its kind, its sentence."""
    return f"{entry.name}, {kind}: {says}"


def file_of(entry: Entry) -> str:
    """The file that a theorem stands in, whatever links lead to it."""
    return str(entry.place.real)
