"""Finding theorems and formulas by what they say: words, letters, papers, authors.

It reads the index: nothing is imported for it, SymPy not either.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import shorten

from symrisk import catalogue
from symrisk.catalogue.index import Listed, listed, listed_of
from symrisk.engine.slips import hint
from symrisk.errors import ArgumentError

MOST = 6
"""Formulas of a theorem that are listed where it is the theorem that has the words."""
WIDE = 88
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Hit:
    """A theorem that was found, and those of its formulas to look at.

    id, title: the theorem's.  formulas: name -> (meaning, names of the inputs).  more: how many
    formulas it has beside those.
    """

    id: str
    title: str
    formulas: dict[str, tuple[str, tuple[str, ...]]]
    more: int

    def lines(self) -> Iterator[str]:
        """The theorem, then a line a formula."""
        yield f"{self.id}  {self.title}"
        for name, (meaning, inputs) in self.formulas.items():
            yield f"  {self.id}.{name}({', '.join(inputs)})"
            yield f"      {shorten(meaning, WIDE, placeholder=' ...')}"
        if self.more:
            yield f"  and {self.more} more: symrisk show {self.id}"


class Hits(tuple[Hit, ...]):
    """What was found, in reading order; it prints itself a line a formula."""

    def __repr__(self) -> str:
        lines = []
        for hit in self:
            lines += hit.lines()
        return "\n".join(lines)


def find(words: str = "", *, inputs: str | Iterable[str] = (), paper: str = "") -> Hits:
    """Theorems and formulas that speak of something.

    words: each has to begin a word of the theorem's id, title, statement or cited works, or of what
    a formula or an input of it means; capitals do not count.  inputs: names that a formula has to
    take ("snr,ssr", or several strings).  paper: words of the work it cites: an author, a year, an
    arXiv number, the title.

    ArgumentError where nothing was asked, and where nothing is found: it says which word nothing
    has, and what that may be a slip of.

    >>> from symrisk import find
    >>> find("golden ratio")
    collapse.mixing  Mixing real and synthetic labels
      collapse.mixing.variance_factor(w)
          variance inflation in the long run, relative to one fit on real labels
      collapse.mixing.variance_factor_at(t, w)
          variance inflation at generation t, relative to one fit on real labels
      collapse.mixing.collapsing_factor_at(t)
          variance inflation at generation t without real labels (w = 0)
    >>> [hit.id for hit in find("threshold", inputs="snr", paper="Song 2024")]
    ['transfer.concept_shift', 'transfer.finite_sample']
    >>> find("treshold")
    Traceback (most recent call last):
        ...
    symrisk.errors.ArgumentError: nothing speaks of 'treshold'; did you mean threshold ...
    """
    asked, by = _words(words), _words(paper)
    needed = _names(inputs)
    if not (asked or by or needed):
        raise ArgumentError("find what? give words, inputs=... or paper=...")
    theorems = _known()
    hits = Hits(filter(None, (_hit(theorem, asked, by, needed) for theorem in theorems)))
    if not hits:
        _refuse_unknown(asked, by, needed, theorems)
        spoken = " ".join([*asked, *by, *needed])
        raise ArgumentError(f"no one theorem or formula has all of {spoken}: ask for fewer")
    return hits


def _known() -> list[Listed]:
    """All theorems by the index; by the theorems themselves where that is not of their text."""
    known = listed()
    return list((listed_of(catalogue.described()) if known is None else known).values())


def _hit(theorem, asked, by, needed):
    """The Hit of one theorem; None where it is none."""
    own = _own_text(theorem)
    if not all(_has(_text(*theorem.papers), word) for word in by):
        return None
    taking = {
        name: formula for name, formula in theorem.formulas.items() if needed <= set(formula[1])
    }
    speaking = {}
    for name, (meaning, inputs) in taking.items():
        meanings = (theorem.inputs.get(letter, "") for letter in inputs)
        said = _text(name, meaning, *meanings)
        # A formula answers where it has a word that its theorem is not about anyway.
        if all(_has(own | said, word) for word in asked) and any(_has(said, w) for w in asked):
            speaking[name] = (meaning, inputs)
    if not speaking:
        if not taking or not all(_has(own, word) for word in asked):
            return None
        speaking = dict(list(taking.items())[:MOST])
    return Hit(theorem.id, theorem.title, speaking, len(theorem.formulas) - len(speaking))


def _refuse_unknown(asked, by, needed, theorems):
    """ArgumentError for the first word that nothing here has."""
    spoken, cited, letters = set(), set(), set()
    for theorem in theorems:
        spoken |= _own_text(theorem) | _text(*theorem.inputs.values())
        cited |= _text(*theorem.papers)
        for name, (meaning, inputs) in theorem.formulas.items():
            spoken |= _text(name, meaning)
            letters |= set(inputs)
    for word in asked:
        if not _has(spoken, word):
            raise ArgumentError(f"nothing speaks of {word!r}{hint(word, sorted(spoken))}")
    for word in by:
        if not _has(cited, word):
            raise ArgumentError(f"no work that is cited has {word!r}{hint(word, sorted(cited))}")
    for name in sorted(needed - letters):
        raise ArgumentError(f"no formula takes {name}{hint(name, sorted(letters))}")


def _words(text):
    if not isinstance(text, str):
        raise ArgumentError(f"words are a string; not {text!r}")
    return WORD.findall(text.casefold())


def _names(inputs):
    given = inputs.split(",") if isinstance(inputs, str) else inputs
    return {str(name).strip() for name in given if str(name).strip()}


def _text(*parts):
    """All words of some texts, also the parts of names like best_source_size."""
    joined = " ".join(parts).casefold()
    return {*WORD.findall(joined), *WORD.findall(joined.replace("_", " "))}


def _own_text(theorem):
    """The words of a theorem itself, and of what it cites: those of its formulas are apart."""
    return _text(theorem.id.replace(".", " "), theorem.title, theorem.states, *theorem.papers)


def _has(words, beginning):
    return any(word.startswith(beginning) for word in words)
