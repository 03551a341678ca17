"""symrisk plot: a theorem's figure, or any formula along one of its inputs, drawn into a file."""

from symrisk import plot
from symrisk.catalogue.asked.resolve import locate
from symrisk.cli import laws
from symrisk.cli.values import assignments
from symrisk.errors import ArgumentError, NoMethod

OWN = ("x", "ax", "log", "simulate", "rng", "executor")
"""What a call takes beside inputs: an input of such a name can't be given here."""


def run(args):
    """Write the picture and print the name of its file."""
    file = args.out or f"{args.id}.png"
    words = [word for word in args.values if "=" in word]
    others = [word for word in args.values if "=" not in word]
    if args.seed is not None and not args.simulate:
        raise ArgumentError("--seed is of the random numbers that --simulate N draws")
    settings = {"simulate": args.simulate, "rng": args.seed or 0}
    if words or others:
        figure = _drawn([args.id, *others], words, args, settings)
    else:
        figure = _whole(args, settings)
    try:
        figure.savefig(file)
    except ValueError as error:
        raise ArgumentError(f"{file}: {error}") from error
    print(file)
    return 0


def _whole(args, settings):
    """The figure of a theorem; a formula needs something that runs."""
    if args.log:
        raise ArgumentError("--log is for a formula: n1=0:480 says along which input it is drawn")
    found = locate(args.id, args.modules)
    if found.formula is not None:
        raise ArgumentError(_what_runs(found.formula))
    if found.entry.id not in plot.drawn():
        formula = next(iter(found.entry.theorem.formulas), None)
        own = "" if formula is None else f"; a formula: {_what_runs(formula)}"
        raise NoMethod(
            f"{found.entry.id} has no figure; there is one of {', '.join(plot.drawn())}{own}"
        )
    return plot.plot(found.entry.id, **settings)


def _drawn(identifiers, words, args, settings):
    """The curves of one formula or several."""
    first = locate(identifiers[0], args.modules)
    formulas = [first.required_formula]
    formulas += [_beside(first, each, args.modules) for each in identifiers[1:]]
    running = [word for word in words if _is_range(word)]
    if len(running) != 1:
        raise ArgumentError(_what_runs(formulas[0], *running))
    rest = [word for word in words if word not in running]
    given = assignments(rest, laws.readers(formulas))
    for name in OWN:
        if name in given:
            raise ArgumentError(f"{name} names no input here")
    values = {name: each if len(each) > 1 else each[0] for name, each in given.items()}
    return plot.plot(formulas, x=_range(running[0]), log=args.log, **settings, **values)


def _beside(first, identifier, modules):
    """A further formula: one of the same theorem by its name, else what the id says."""
    for formula in first.entry.theorem.formulas:
        if formula.symbol.name == identifier:
            return formula
    return locate(identifier, modules).required_formula


def _is_range(word):
    """Whether a word is name=first:last, perhaps with :log; one with a step is several values."""
    parts = word.partition("=")[2].split(":")
    return len(parts) == 2 and "|" not in word and ";" not in word or parts[2:] == ["log"]


def _range(word):
    """(name, first, last) of such a word, with "log" where that ends it."""
    name, _, text = word.partition("=")
    first, last, *scale = text.split(":")
    ends = [assignments([f"{name}={end}"])[name][0] for end in (first, last)]
    return (name, *map(float, ends), *scale)


def _what_runs(formula, *running):
    """What to say where not exactly one input runs."""
    if running:
        return f"one input runs, first:last; not {' and '.join(running)}"
    names = [name for name, symbol in formula.inputs.items() if symbol.kind != "law"]
    example = names[0] if names else "n1"
    needs = ", ".join(formula.inputs)
    return f"{formula.title} takes {needs}: say which runs, {example}=first:last, and the others"
