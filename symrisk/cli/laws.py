"""Laws typed as text, read exactly: atoms with their weights, as in ``H="3,1/2: 2/5; 1,2: 2/5;
1/4,1: 1/5"``.

An atom's values are those of the law's variables, in the order that the formulas need them: tau_1,
..., tau_K and tau_0, then the coordinates b_1, ..., b_K and b_0.  Other variables, or another
order, are named in front: ``H="tau1, tau_omega | 3, 1: 1/2; 1, 2: 1/2"``.  Measured eigenvalues
come from a file, a row a direction, a column a variable, whose first row may name the variables:
``H=@eigenvalues.csv``.
"""

import sys
from fractions import Fraction
from functools import partial

from symrisk.cli.table import read_table
from symrisk.cli.typed import refuse_call
from symrisk.cli.values import MOST, number, shown
from symrisk.errors import ArgumentError, DataError
from symrisk.laws.empirical import Empirical
from symrisk.laws.law import Atoms, Law
from symrisk.symbols import VARIABLE, variable_of_law


def readers(formulas):
    """{name of a law: a function of its name and text} for every law that the formulas are over."""
    names = frozenset().union(*(formula.graph.names for formula in formulas))
    bound = frozenset().union(*(formula.graph.bound for formula in formulas))
    variables = sorted(bound, key=_place)
    laws = sorted({symbol.name for symbol in names if symbol.kind == "law"})
    return {name: partial(law_of, needed=variables) for name in laws}


def law_of(name, text, needed):
    """The Atoms that a text says, of the needed variables where it names none."""
    head, bar, body = text.rpartition("|")
    if body.strip().startswith("@"):
        return measured(name, head, body.strip()[1:], needed)
    refuse_call(name, text)
    rows = [_row(name, part) for part in body.split(";")]
    if len(rows) > MOST:
        raise ArgumentError(
            f"{name} has {len(rows)} atoms, more than the command line takes ({MOST})"
        )
    variables = _variables(name, head, len(rows[0][0]), needed)
    for values, _ in rows:
        if len(values) != len(variables):
            raise ArgumentError(
                f"{name}: an atom has {len(variables)} values, of {_listed(variables)}; not "
                f"{len(values)}"
            )
    atoms = {}
    for values, weight in rows:
        atoms[values] = atoms.get(values, 0) + weight
    return Atoms(atoms, of=tuple(variables))


def measured(name, head, file, needed):
    """The law of the eigenvalues in a file, a row a direction; what its columns are is said
    where its first row names others.
    """
    try:
        table = read_table(file)
    except DataError as error:
        raise DataError(f"{name}: {error}") from error
    variables, said = _columns(name, head, file, table, needed)
    if len(set(variables)) < len(variables) or len(variables) != table.numbers.shape[1]:
        raise DataError(
            f"{name}: {file} has {table.numbers.shape[1]} columns, each of one variable; not "
            f"{_listed(variables)}"
        )
    for sentence in (*table.said, *said):
        print(f"{name}: {file}: {sentence}", file=sys.stderr)
    return Empirical(dict(zip(variables, table.numbers.T, strict=True)))


def _columns(name, head, file, table, needed):
    """The variables of a table's columns: those named in front, those its first row names, or
    the needed ones that fit.
    """
    known = [_is_variable(column) for column in table.names]
    own = [_variable(name, column) for column in table.names] if known and all(known) else None
    if any(known) and own is None:
        place = known.index(False)
        raise DataError(
            f"{name}: {file}, column {place + 1}: {table.names[place][:20]!r} is no variable of a "
            f"law, and another "
            "column's name is one"
        )
    variables = (
        _variables(name, head, table.numbers.shape[1], needed)
        if own is None or head.strip()
        else own
    )
    if own is not None and own != variables:
        raise DataError(
            f"{name}: the columns of {file} are named {_listed(own)}; not {_listed(variables)}"
        )
    unknown = table.names and own is None
    return variables, [
        f"its first row is names; its columns are read as {_listed(variables)}"
    ] if unknown else []


def _variables(name, head, width, needed):
    """Those that are named in front, or the needed ones that fit."""
    return (
        [_variable(name, word.strip()) for word in head.split(",")]
        if head.strip()
        else _fitting(name, width, needed)
    )


def written(law):
    """A law as one would type it; a measured one in short."""
    if isinstance(law, Empirical):
        return repr(law)
    atoms = "; ".join(
        f"{', '.join(_typed(v) for v in values)}: {_typed(weight)}" for values, weight in law.points
    )
    return f"{_listed(law.variables)} | {atoms}"


def plain(value):
    """A law as text; any other value as it is."""
    return written(value) if isinstance(value, Law) else value


def _row(name, text):
    values, colon, weight = text.partition(":")
    if not colon:
        raise ArgumentError(
            f"{name}: an atom is written values: weight, such as 3,1/2: 2/5; not "
            f"{text.strip()[:40]!r}"
        )
    return tuple(number(name, value) for value in values.split(",")), number(name, weight)


def _is_variable(word):
    return word in ("tau", "tau_omega") or VARIABLE.fullmatch(word) is not None


def _variable(name, word):
    try:
        return variable_of_law(word)
    except ArgumentError as error:
        raise ArgumentError(f"{name}: {error}") from error


def _fitting(name, width, needed):
    """The needed variables, with or without those that have a default, as many as an atom has
    values.
    """
    required = [v for v in needed if v.default is None]
    for variables in (required, needed):
        if len(variables) == width:
            return variables
    raise ArgumentError(
        f"{name} has {width} values an atom, and its variables are {_listed(required)}; name "
        f"others in front: "
        f"{name}='{_listed(required)} | ...'"
    )


def _place(variable):
    """Eigenvalues before coordinates, those with a default last of them, the target's after the
    samples'.
    """
    index = VARIABLE.fullmatch(variable.name)
    order = int(index[2]) if index else 0
    return (
        variable.kind != "eigenvalue",
        variable.default is not None,
        order == 0,
        order,
        variable.name,
    )


def _listed(variables):
    return ", ".join(map(str, variables))


def _typed(value):
    return shown(Fraction(int(value.p), int(value.q)))
