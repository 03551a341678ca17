"""The works that theorems cite, from references.bib."""

import re
from pathlib import Path

FILE = Path(__file__).with_name("references.bib")
ENTRY = re.compile(r"@(\w+)\s*\{\s*([^,\s]+)\s*,")
FIELD = re.compile(r"(\w+)\s*=\s*([{\"])")
VENUES = ("journal", "booktitle", "publisher", "howpublished", "note")


def entry(key: str, file: Path = FILE) -> str:
    """The BibTeX entry of a key as it stands in the file; nothing where there is none.

    >>> print(entry("rudin1976").splitlines()[0])
    @book{rudin1976,
    """
    source = file.read_text(encoding="utf-8") if file.exists() else ""
    for match in ENTRY.finditer(source):
        if match[2] == key:
            opening = source.index("{", match.start())
            return source[match.start() : _closing(source, opening + 1, "{") + 1]
    return ""


def references(file=FILE):
    """key -> a line of text (authors, title, venue, year) for each entry of a BibTeX file;
    nothing where there is none.
    """
    return {key: _text(fields) for key, fields in _entries(file)}


def authors(file=FILE) -> dict[str, tuple[str, ...]]:
    """key -> the names of a work's authors, as they are read: `Yanke Song`.

    >>> authors()["song2024"]
    ('Yanke Song', 'Sohom Bhattacharya', 'Pragya Sur')
    """
    return {key: _authors(fields) for key, fields in _entries(file)}


def _entries(file):
    """(key, fields) of each entry."""
    if not file.exists():
        return
    source = file.read_text(encoding="utf-8")
    starts = list(ENTRY.finditer(source))
    ends = [m.start() for m in starts[1:]] + [len(source)]
    for match, end in zip(starts, ends, strict=True):
        yield match[2], _fields(source[match.end() : end])


def _fields(body):
    """name -> value of `name = {value}` and `name = "value"`, and of `year = 2024`."""
    found, position = dict(re.findall(r"(\w+)\s*=\s*(\d+)\s*[,}]", body)), 0
    while match := FIELD.search(body, position):
        position = _closing(body, match.end(), match[2])
        found[match[1].lower()] = " ".join(body[match.end() : position].split())
    return found


def _closing(body, start, opening):
    """Where the value that begins at `start` ends: braces count, a quote within braces does not."""
    depth = 0
    for place in range(start, len(body)):
        letter = body[place]
        if depth == 0 and letter == ("}" if opening == "{" else '"'):
            return place
        depth += {"{": 1, "}": -1}.get(letter, 0)
    return len(body)


def _text(fields):
    venue = next((fields[name] for name in VENUES if name in fields), "")
    parts = [", ".join(_authors(fields)), fields.get("title", ""), venue, fields.get("year", "")]
    return re.sub(r"[{}]", "", ". ".join(part for part in parts if part)) + "."


def _authors(fields):
    given = fields.get("author", "").split(" and ")
    return tuple(re.sub(r"[{}]", "", _name(author)) for author in given if author)


def _name(author):
    """`Song, Yanke` as `Yanke Song`."""
    family, _, given = author.partition(",")
    return f"{given.strip()} {family.strip()}".strip()
