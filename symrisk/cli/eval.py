"""symrisk eval: a formula's value as a float, as digits, as a ball; for several values a table."""

import json
import sys
import warnings
from dataclasses import dataclass

import numpy as np

from symrisk.catalogue.asked.resolve import locate
from symrisk.cli import complex_numbers, laws
from symrisk.cli.values import assignments, points, shown
from symrisk.engine.balls.complex_value import ComplexValue
from symrisk.errors import ArgumentError
from symrisk.language.call import conventions
from symrisk.language.call.plan import plan
from symrisk.laws.law import Law

DIGITS = 30


@dataclass(frozen=True)
class Row:
    """A point, the value there, and the other names that the value rests on (where they were
    asked for).
    """

    point: dict
    value: object
    names: dict


def run(args):
    """Print the value, or a table of them; accuracy and assumptions go to stderr, so that stdout
    is numbers.
    """
    found = locate(args.id, args.modules)
    stated, assumes = found.required_formula, found.entry.theorem.assumes
    given = assignments(
        [*args.values, *_penalties(args)], laws.readers([stated]), complex_numbers.readers(stated)
    )
    formula = conventions.meant(stated, given, args.total)
    notes = conventions.followed(stated, given, args.total)
    at = points(given)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        conventions.warn_of_percentages(stated, _fixed(given))
        rows = _rows(formula, at, args)
    _tell(caught)
    varying = [name for name, values in given.items() if len(values) > 1]
    if args.json:
        plain = [_plain(args.id, stated, notes, assumes, row) for row in rows]
        print(json.dumps(plain if varying else plain[0], indent=1))
    else:
        print("\n".join(_table(rows, varying, stated.symbol.name) if varying else _single(rows[0])))
        print(
            stated.accuracy,
            *notes,
            *([f"assumes: {'; '.join(assumes)}"] if assumes else []),
            sep="\n",
            file=sys.stderr,
        )
    return 0


def _penalties(args):
    """The penalties given as options, as words like the other values."""
    given = {"lam": args.lam, "mu": args.mu}
    return [f"{name}={value}" for name, value in given.items() if value is not None]


def _fixed(given):
    """The values of names that have one value."""
    return {name: values[0] for name, values in given.items() if len(values) == 1}


def _tell(caught):
    """Each warning once, on stderr."""
    for message in dict.fromkeys(str(warning.message) for warning in caught):
        print(f"symrisk: warning: {message}", file=sys.stderr)


def _rows(formula, at, args):
    _check_names(formula, at[0])
    rows = []
    for point, value in zip(at, _values(formula, at, args), strict=True):
        rows.append(Row(point, value, _names(formula, point) if args.where else {}))
    return rows


def _check_names(formula, point):
    """Before the formula is called: `outside` and `backend` are arguments of a call, not names."""
    over = {s: point[s.name] for s in formula.graph.names if isinstance(point.get(s.name), Law)}
    plan(formula.at(over) if over else formula, frozenset(point) - {s.name for s in over})


def _values(formula, at, args):
    """The value at each point: Balls, Decimals or floats."""
    if args.ball:
        return [
            formula.ball(DIGITS if args.digits is None else args.digits, **point) for point in at
        ]
    if args.digits is not None:
        return [formula.digits(args.digits, **point) for point in at]
    columns = {
        name: value
        if isinstance(value, Law)
        else np.array([_float(name, point[name]) for point in at])
        for name, value in at[0].items()
    }
    # one point as numbers: the message about it then has no shape in it
    return [formula(**_floats(at[0]))] if len(at) == 1 else formula(**columns).tolist()


def _names(formula, point):
    found = formula.values(**_floats(point))
    return {
        name: value
        for name, value in found.items()
        if name != formula.title and not isinstance(value, Law)
    }


def _floats(point):
    return {name: _float(name, value) for name, value in point.items()}


def _float(name, value):
    """A number as a float, or a complex one; a law as it is."""
    if complex_numbers.is_typed(value):
        return complex(value)
    try:
        return value if isinstance(value, Law) else float(value)
    except OverflowError as error:
        raise ArgumentError(f"{name} is too large for a float; use --digits") from error


def _single(row):
    return [str(row.value), *(f"{name} = {value!r}" for name, value in row.names.items())]


def _table(rows, varying, title):
    """Lines of the inputs that vary, the value, and the names it rests on."""
    others = [name for name in rows[0].names if name not in varying]
    cells = [[*varying, title, *others]]
    for row in rows:
        cells.append(
            [
                *(_shown(row.point[name]) for name in varying),
                str(row.value),
                *(repr(row.names[name]) for name in others),
            ]
        )
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in cells
    ]


def _shown(value):
    """A number as one would type it."""
    return complex_numbers.written(value) if complex_numbers.is_typed(value) else shown(value)


def _plain(identifier, formula, notes, assumes, row):
    inputs = {
        name: laws.written(value) if isinstance(value, Law) else _shown(value)
        for name, value in row.point.items()
    }
    where = {"where": row.names} if row.names else {}
    taken_for = {"taken_for": notes} if notes else {}
    return {
        "id": identifier,
        "inputs": inputs,
        "value": _plain_number(row.value),
        "accuracy": formula.accuracy,
        "assumes": list(assumes),
        **taken_for,
        **where,
    }


def _plain_number(value):
    """A float as a number; digits as text, so that no reader rounds them; a ball as its two
    numbers.
    """
    if isinstance(value, float):
        return value
    if isinstance(value, (complex, ComplexValue)):
        parts = {"real": value.real, "imag": value.imag}
        return {name: _plain_number(part) for name, part in parts.items()}
    return (
        {"mid": str(value.mid), "radius": str(value.radius)}
        if hasattr(value, "radius")
        else str(value)
    )
