"""symrisk eval: a formula's value as a float, as digits, as a ball; for several values a table."""

import json
import sys

import numpy as np

from symrisk.cli.library import locate
from symrisk.cli.values import assignments, points, shown
from symrisk.errors import ArgumentError
from symrisk.evaluation import plan

DIGITS = 30


def run(args):
    """Print the value, or a table of them; the accuracy goes to stderr, so that stdout is numbers."""
    formula = _formula(locate(args.id, args.modules))
    given = assignments(args.values)
    # `outside` and `backend` are arguments of a call, not names: ask for the names before calling
    plan(formula, frozenset(given))
    rows = [_row(point, value, args.where and formula.values(**_floats(point)))
            for point, value in zip(points(given), _values(formula, given, args), strict=True)]
    varying = [name for name, values in given.items() if len(values) > 1]
    if args.json:
        print(json.dumps([_plain(args.id, formula, row) for row in rows] if varying else _plain(args.id, formula, rows[0]), indent=1))
    else:
        print("\n".join(_table(rows, varying, formula) if varying else _single(rows[0])))
        print(formula.accuracy, file=sys.stderr)
    return 0


def _formula(found):
    if found.formula is None:
        names = ", ".join(f"{found.entry.id}.{formula.symbol.name}" for formula in found.entry.theorem.formulas)
        raise ArgumentError(f"{found.id} is no formula; there are {names}")
    return found.formula


def _values(formula, given, args):
    """The values at every point: Balls, Decimals or floats."""
    if args.ball:
        return [formula.ball(DIGITS if args.digits is None else args.digits, **point) for point in points(given)]
    if args.digits is not None:
        return [formula.digits(args.digits, **point) for point in points(given)]
    rows = points(given)
    columns = {name: np.array([_float(name, row[name]) for row in rows]) for name in given}
    return np.broadcast_to(formula(**columns), len(rows)).tolist()


def _float(name, value):
    try:
        return float(value)
    except OverflowError as error:
        raise ArgumentError(f"{name} is too large for a float; use --digits") from error


def _floats(point):
    return {name: _float(name, value) for name, value in point.items()}


def _row(point, value, names):
    """A point, the value there, and every other name that the value rests on (where asked for)."""
    return point, value, {name: v for name, v in list(names.items())[:-1]} if names else {}


def _single(row):
    _, value, names = row
    return [str(value), *(f"{name} = {v!r}" for name, v in names.items())]


def _table(rows, varying, formula):
    """Lines of the varying inputs and the value, and the names it rests on where asked for."""
    others = [name for name in rows[0][2] if name not in varying]
    cells = [[*varying, formula.symbol.name, *others]]
    cells += [[*(shown(point[name]) for name in varying), str(value), *(repr(names[name]) for name in others)]
              for point, value, names in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return ["  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]


def _plain(identifier, formula, row):
    point, value, names = row
    plain = value if isinstance(value, float) else {"mid": str(value.mid), "radius": str(value.radius)} \
        if hasattr(value, "radius") else str(value)
    where = {"where": names} if names else {}
    return {"id": identifier, "inputs": {name: shown(v) for name, v in point.items()}, "value": plain,
            "accuracy": formula.accuracy, **where}
