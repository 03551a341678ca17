"""Tables of numbers from files: text that a spreadsheet or a program has written, and arrays of
NumPy.

A row a line, in UTF-8 or (with its mark) UTF-16; between the columns blanks, tabs, commas or
semicolons; # begins a comment; the first row may hold names.  A decimal comma is read where it can
be nothing else.  What could be read in two ways is refused, with the row and column and what to
write instead; nothing else of a file's content is ever shown.
"""

import csv
import io
import re
import warnings
from dataclasses import dataclass
from itertools import product

import numpy as np

from symrisk.errors import DataError

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
WORDS = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?", re.ASCII)
HALVES = re.compile(r"[+-]?\d+,\d+([eE][+-]?\d+)?", re.ASCII)
"""What is two whole numbers, or one with a decimal comma."""
MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
LARGEST = 2**28
"""Bytes of the largest file that is read as text."""
SHOWN = 20


@dataclass(frozen=True)
class Table:
    """The numbers of a file, a row a line; names: what its first row calls the columns; said:
    what was left out.
    """

    numbers: np.ndarray
    names: tuple = ()
    said: tuple = ()


def read_table(file):
    """The Table of a file, .npy or text; DataError says the row and column of what is no number."""
    if str(file).lower().endswith(".npy"):
        return Table(_array(file))
    rows = _rows(file)
    names = _names(file, rows)
    body = rows[1:] if names else rows
    if not body:
        raise DataError(f"{file} holds no row of numbers")
    for row in body:
        _require_whole(file, row, rows[0])
    if len(names) != 2:
        _refuse_halves(file, body)
    table = np.array(_values(file, body))
    return _without_index(file, Table(table, names), body)


@dataclass(frozen=True)
class Row:
    """One row: the number of its line, its text, what separates its fields, and these."""

    line: int
    text: str
    separator: str
    fields: list


def _array(file):
    """The array of an .npy file, mapped before it is read: no size that it claims is believed,
    and no object is loaded.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            mapped = np.lib.format.open_memmap(file, mode="r")
        array = np.array(mapped)
    except OSError as error:
        raise DataError(f"{file}: {error.strerror or 'it is no .npy file'}") from error
    except Exception as error:
        # NumPy quotes the header, which is the file's content, and leaves by many kinds of error
        raise DataError(
            f"{file} is no .npy file of numbers that is whole; write it by numpy.save"
        ) from error
    if array.ndim not in (1, 2) or not array.size or array.dtype.kind not in "fiu":
        raise DataError(
            f"{file} holds numbers, a row a direction; not {array.dtype.name} of shape "
            f"{array.shape}"
        )
    table = array.reshape(len(array), -1).astype(float)
    wrong = np.argwhere(~np.isfinite(table))
    if len(wrong):
        row, column = wrong[0].tolist()
        raise DataError(
            f"{file}, row {row + 1}, column {column + 1}: {float(table[row, column])} is not finite"
        )
    return table


def _rows(file):
    """The rows of a file of text: every line that is neither empty nor a comment."""
    text = _text(file, _content(file))
    bare = (
        (number, _uncommented(line))
        for number, line in enumerate(io.StringIO(text, newline=None), 1)
    )
    lines = [(number, line) for number, line in bare if line.strip()]
    if not lines:
        raise DataError(f"{file} is empty")
    separator = next(
        (mark for mark in ";\t," if any(mark in _unquoted(line) for _, line in lines)), " "
    )
    return [
        Row(number, line, separator, _fields(file, number, line, separator))
        for number, line in lines
    ]


def _content(file):
    try:
        with open(file, "rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise DataError(f"{file}: {error.strerror}") from error
    if len(content) > LARGEST:
        raise DataError(f"{file} is larger than {LARGEST} bytes; write it by numpy.save, as .npy")
    if content.startswith(b"PK\x03\x04"):
        raise DataError(f"{file} is a spreadsheet or an archive; save the sheet as CSV")
    return content


def _text(file, content):
    coding = next((coding for mark, coding in MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(coding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataError(
            f"{file}, row {line}: it is not {coding.upper()[:6].rstrip('-')} text; save it as UTF-8"
        ) from error
    if "\0" in text:
        raise DataError(f"{file} is no text; save it as UTF-8")
    return text


def _uncommented(line):
    """A line without its comment: a # within quotes begins none."""
    place = next(
        (i for i, letter in enumerate(line) if letter == "#" and line[:i].count('"') % 2 == 0), None
    )
    return line if place is None else line[:place]


def _unquoted(line):
    """What of a line stands outside quotes."""
    return re.sub(r'"[^"]*"', "", line)


def _fields(file, number, line, separator):
    # a tab at an end separates an empty field; a blank separates none
    bare = line.strip(" \n") if separator == "\t" else line.strip()
    try:
        (fields,) = csv.reader([bare], delimiter=separator, skipinitialspace=True, strict=True)
    except (csv.Error, ValueError) as error:
        raise DataError(
            f"{file}, row {number}: a quote is not closed, or a field is too long"
        ) from error
    return [field.strip() for field in fields]


def _names(file, rows):
    """The names of the columns, where the first row holds some and no number; that of row
    numbers may be empty.
    """
    first = rows[0].fields
    if not any(first) or any(_is_number(field) for field in first):
        return ()
    if "" in first[1:]:
        raise _wrong(file, rows[0], first.index("", 1), "the name is missing")
    return tuple(first)


def _is_number(field):
    ways = field, field.replace(",", ".", 1)
    return any(form.fullmatch(text) for form, text in product((NUMBER, WORDS, GROUPED), ways))


def _require_whole(file, row, first):
    """DataError for a row with a field too many or too few, or an empty one."""
    if "" in row.fields:
        raise _wrong(file, row, row.fields.index(""), "the number is missing")
    if len(row.fields) != len(first.fields):
        raise DataError(
            f"{file}, row {row.line}: it has {_amount(row)}, and row {first.line} has "
            f"{_amount(first)}; in a row "
            "of commas, write decimals with a point, or put semicolons between the columns"
        )


def _refuse_halves(file, body):
    """DataError where each row is two whole numbers and might be one with a decimal comma."""
    if body[0].separator == "," and all(HALVES.fullmatch(row.text.strip()) for row in body):
        raise DataError(
            f"{file}, row {body[0].line}: {_shown(body[0].text.strip())} may be one number or two; "
            f"write one with a "
            "decimal point, two with a semicolon between them, or name the columns in a first row"
        )


def _values(file, body):
    """The numbers of the rows, with the decimal mark that the file as a whole has."""
    commas = []
    for row in body:
        commas += [(row, column) for column, field in enumerate(row.fields) if "," in field]
    for row, column in commas:
        if "." in row.fields[column] or row.fields[column].count(",") > 1:
            raise _wrong(
                file, row, column, "it is written without thousands separators", shown=True
            )
    if commas and all(GROUPED.fullmatch(row.fields[column]) for row, column in commas):
        rule = "its comma may separate thousands or decimals; write it with a point, or without"
        raise _wrong(file, *commas[0], rule, shown=True)
    return [
        [_value(file, row, column, bool(commas)) for column in range(len(row.fields))]
        for row in body
    ]


def _value(file, row, column, has_commas):
    field = row.fields[column]
    if WORDS.fullmatch(field):
        raise _wrong(file, row, column, "it is not finite", shown=True)
    if has_commas and "." in field:
        raise _wrong(
            file,
            row,
            column,
            "it has a decimal point, and other numbers a decimal comma",
            shown=True,
        )
    text = field.replace(",", ".", 1)
    if not NUMBER.fullmatch(text):
        raise _wrong(file, row, column, "it is no number", shown=True)
    value = float(text)
    if abs(value) == float("inf") or (value == 0 and re.search("[1-9]", re.split("[eE]", text)[0])):
        raise _wrong(file, row, column, "it is too large or too small for a float", shown=True)
    return value


def _without_index(file, table, body):
    """The table without a column that numbers the rows: left out where its name is empty,
    refused where nothing names it.
    """
    numbers, names = table.numbers, table.names
    counts = numbers.shape[1] > 1 and _counts(numbers[:, 0])
    if names and not names[0]:
        if not counts:
            raise DataError(
                f"{file}: the name of column 1 is missing, and it does not number the rows"
            )
        return Table(
            numbers[:, 1:],
            names[1:],
            ("its column 1, which numbers the rows and has no name, is left out",),
        )
    if counts and not names and len(numbers) > 2:
        raise _wrong(
            file,
            body[0],
            0,
            "column 1 numbers the rows; leave it out, or name every column in a first row",
        )
    return table


def _counts(column):
    return any(np.array_equal(column, np.arange(start, start + len(column))) for start in (0, 1))


def _wrong(file, row, column, rule, shown=False):
    field = f"{_shown(row.fields[column])}: " if shown else ""
    return DataError(f"{file}, row {row.line}, column {column + 1}: {field}{rule}")


def _shown(field):
    return repr(field if len(field) <= SHOWN else f"{field[:SHOWN]}…")


def _amount(row):
    return "1 field" if len(row.fields) == 1 else f"{len(row.fields)} fields"
