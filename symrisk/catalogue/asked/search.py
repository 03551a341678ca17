"""Finding theorems and formulas by what they say: words, letters, papers, authors.

It reads the index: nothing is imported for it, SymPy not either.
"""

import re
from collections import namedtuple
from collections.abc import Iterable, Iterator

from symrisk import catalogue
from symrisk.catalogue.index import Listed, listed, listed_of
from symrisk.engine.slips import hint
from symrisk.errors import ArgumentError

MOST = 6
"""Formulas of a theorem that are listed where it is the theorem that has the words."""
WIDE = 88
WORD = re.compile(r"\w+")


class Hit(namedtuple("Hit", "id title formulas more")):
    """A theorem that was found, and those of its formulas to look at.

    id, title: the theorem's.  formulas: name -> (meaning, names of the inputs).  more: how many
    formulas it has beside those.
    """

    # No dataclass: what makes those weighs more than to find something does.
    __slots__ = ()
    id: str
    title: str
    formulas: dict[str, tuple[str, tuple[str, ...]]]
    more: int

    def lines(self) -> Iterator[str]:
        """The theorem, then a line a formula."""
        yield f"{self.id}  {self.title}"
        for name, (meaning, inputs) in self.formulas.items():
            yield f"  {self.id}.{name}({', '.join(inputs)})"
            yield f"      {_shortened(meaning)}"
        if self.more:
            yield f"  and {self.more} more: symrisk show {self.id}"


class Hits(tuple[Hit, ...]):
    """What was found, in reading order; it prints itself a line a formula."""

    def __repr__(self) -> str:
        lines = []
        for hit in self:
            lines += hit.lines()
        return "\n".join(lines)


def find(
    words: str = "", *, inputs: str | Iterable[str] = (), paper: str = "", author: str = ""
) -> Hits:
    """Theorems and formulas that speak of something.

    words: each has to begin a word of the theorem's id, title, statement or cited works, or of what
    a formula or an input of it means; capitals do not count.  inputs: names that a formula has to
    take ("snr,ssr", or several strings).  paper: words of the work it cites: an author, a year, an
    arXiv number, the title.  author: one who wrote a work it cites, by any of the names or all.

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
    >>> {hit.id.partition(".")[0] for hit in find(author="Anvit Garg")}
    {'collapse'}
    >>> find("treshold")
    Traceback (most recent call last):
        ...
    symrisk.errors.ArgumentError: nothing speaks of 'treshold'; did you mean threshold ...
    """
    asked = Asked(_words(words), _names(inputs), _words(paper), _words(author))
    if not any(asked):
        raise ArgumentError("find what? give words, inputs=..., paper=... or author=...")
    theorems = _known()
    hits = Hits(filter(None, (_hit(theorem, asked) for theorem in theorems)))
    if not hits:
        _refuse_unknown(asked, theorems)
        spoken = " ".join([*asked.words, *asked.paper, *asked.author, *sorted(asked.inputs)])
        raise ArgumentError(f"no one theorem or formula has all of {spoken}: ask for fewer")
    return hits


class Asked(namedtuple("Asked", "words inputs paper author")):
    """What is asked for: lists of words, the inputs as a set."""

    __slots__ = ()


def _shortened(text):
    """A text cut at a word where it is long."""
    if len(text) <= WIDE:
        return text
    return f"{text[: WIDE - 4].rpartition(' ')[0]} ..."


def _known() -> list[Listed]:
    """All theorems by the index; by the theorems themselves where that is not of their text."""
    known = listed()
    return list((listed_of(catalogue.described()) if known is None else known).values())


def _hit(theorem, asked):
    """The Hit of one theorem; None where it is none."""
    if not _has_all(_text(*theorem.papers), asked.paper):
        return None
    if asked.author and not any(_has_all(_text(each), asked.author) for each in theorem.authors):
        return None
    own = _own_text(theorem)
    missing = [word for word in asked.words if not _has(own, word)]
    taking, speaking = {}, {}
    for name, (meaning, inputs) in theorem.formulas.items():
        if asked.inputs <= set(inputs):
            taking[name] = (meaning, inputs)
    for name, (meaning, inputs) in taking.items():
        meanings = (theorem.inputs.get(letter, "") for letter in inputs)
        said = _text(name, meaning, *meanings)
        # A formula answers where it has a word that its theorem is not about anyway.
        if _has_all(said, missing) and any(_has(said, word) for word in asked.words):
            speaking[name] = (meaning, inputs)
    if not speaking:
        if not taking or missing:
            return None
        speaking = dict(list(taking.items())[:MOST])
    return Hit(theorem.id, theorem.title, speaking, len(theorem.formulas) - len(speaking))


def _refuse_unknown(asked, theorems):
    """ArgumentError for the first word that nothing here has."""
    spoken, cited, names, letters = [], [], [], set()
    for theorem in theorems:
        spoken += [_own_text(theorem), *theorem.inputs.values()]
        cited += theorem.papers
        names += theorem.authors
        for name, (meaning, inputs) in theorem.formulas.items():
            spoken += [name, meaning]
            letters |= set(inputs)
    for words, texts, nothing in (
        (asked.words, spoken, "nothing speaks of"),
        (asked.paper, cited, "no work that is cited has"),
        (asked.author, names, "no author of a work that is cited is called"),
    ):
        text = _text(*dict.fromkeys(texts)) if words else ""
        for word in words:
            if not _has(text, word):
                known = set(WORD.findall(text)) | set(WORD.findall(text.replace("_", " ")))
                raise ArgumentError(f"{nothing} {word!r}{hint(word, sorted(known))}")
    for name in sorted(asked.inputs - letters):
        raise ArgumentError(f"no formula takes {name}{hint(name, sorted(letters))}")


def _words(text):
    if not isinstance(text, str):
        raise ArgumentError(f"words are a string; not {text!r}")
    return WORD.findall(text.casefold())


def _names(inputs):
    given = inputs.split(",") if isinstance(inputs, str) else inputs
    return {str(name).strip() for name in given if str(name).strip()}


def _text(*parts):
    return " ".join(parts).casefold()


def _own_text(theorem):
    """The words of a theorem itself, and of what it cites: those of its formulas are apart."""
    return _text(theorem.id.replace(".", " "), theorem.title, theorem.states, *theorem.papers)


def _has_all(text, words):
    return all(_has(text, word) for word in words)


def _has(text, word):
    """Whether a word begins one of a text, or a part of a name like best_source_size."""
    if word not in text:
        return False
    return re.search(rf"(?<![^\W_]){re.escape(word)}", text) is not None
