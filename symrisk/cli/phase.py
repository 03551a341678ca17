"""symrisk phase: a map of where one formula is below another, drawn into a file."""

from symrisk import plot
from symrisk.catalogue.asked.resolve import locate
from symrisk.cli import laws
from symrisk.cli.values import assignments
from symrisk.errors import ArgumentError

OWN = ("x", "y", "ax", "labels")


def run(args):
    """Write the map and print the name of its file."""
    file = args.out or "phase.png"
    pair = [
        locate(identifier, args.modules).required_formula
        for identifier in (args.pooled, args.alone)
    ]
    given = {
        name: _single(name, values)
        for name, values in assignments(args.values, laws.readers(pair)).items()
    }
    for name in OWN:
        if name in given:
            raise ArgumentError(f"{name} names no input here")
    ax = plot.phase_diagram(
        *pair, x=_side("x", args.x), y=_side("y", args.y), labels=args.labels, **given
    )
    try:
        ax.figure.savefig(file)
    except ValueError as error:
        raise ArgumentError(f"{file}: {error}") from error
    print(file)
    return 0


def _side(side, word):
    """(name, first, last) of a word like n1:0:500, with "log" where that ends it."""
    name, *ends = word.split(":")
    scale = ends[2:]
    if len(ends) not in (2, 3) or not name or scale not in ([], ["log"]):
        raise ArgumentError(
            f"--{side} is NAME:FIRST:LAST, or NAME:FIRST:LAST:log; not {word[:60]!r}"
        )
    return (
        name,
        *(_single(name, *assignments([f"{name}={end}"]).values()) for end in ends[:2]),
        *scale,
    )


def _single(name, values):
    if len(values) > 1:
        raise ArgumentError(
            f"{name} is one number here, not {len(values)}: --x and --y say what runs"
        )
    return values[0]
