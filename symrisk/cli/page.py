"""Pages to read: a theorem, a formula, a derivation, proofs, drawings."""

import textwrap

from symrisk.cli import words
from symrisk.cli.checking import watched
from symrisk.cli.library import derivations
from symrisk.cli.references import references
from symrisk.decide import prove

WIDTH = 110


def page(found):
    """The page of what an id names."""
    if found.formula is not None:
        return _formula_page(found)
    if found.derivation is not None:
        return _derivation_page(found)
    return _theorem_page(found.entry)


def proofs(claims):
    """Each claim: its relation, its verdict, and the polynomials that prove it."""
    return "\n\n".join(f"{words.claim(claim)}\n{prove(claim)}" for claim in claims)


def drawings(formulas, found, unicode):
    """The formulas drawn in text, and under a theorem's, its claims."""
    parts = [_title(found.id, found.entry.theorem.title)]
    for formula in formulas:
        drawn = [words.drawn(name, body, unicode) for name, body in [(formula.symbol, formula.graph.head), *words.used(formula)]]
        parts.append("\n\n".join(drawn) + f"\n\n({_accuracy(formula)})")
    if found.formula is None:
        parts.append("\n".join(f"{claim.says}:\n    {words.claim(claim)}" for claim in found.entry.theorem.claims))
    return "\n\n".join(parts)


def _theorem_page(entry):
    theorem = entry.theorem
    sections = [_title(entry.id, theorem.title), _cited(theorem), _wrapped(theorem.states),
                _section("Assumes", [_wrapped(f"- {text}", "  ") for text in theorem.assumes]),
                _section("Formulas", [_summary(formula) for formula in theorem.formulas]),
                _section("Claims and derivation steps", _verdicts(entry)),
                _section("Derivations", [f"{entry.id}.{name}  {chain.title}" for name, chain in derivations(entry).items()]),
                _section("Simulations", [_simulation(simulation) for simulation in theorem.simulations]),
                _section("Uses", [used.title for used in theorem.uses])]
    return "\n\n".join(filter(None, sections))


def _formula_page(found):
    formula, theorem = found.formula, found.entry.theorem
    lines = [words.definition(formula.symbol, formula.graph.head)]
    lines += [f"    {words.definition(name, body)}" for name, body in words.used(formula)]
    return "\n\n".join([
        _title(found.id, getattr(formula.symbol, "meaning", "")), f"of: {theorem.title}\n{_cited(theorem)}",
        _section("Definition", lines), _section("Inputs", repr(formula.inputs).splitlines()),
        _section("Holds for", [words.region(formula.on) or "every value of the inputs' signs"]),
        _section("Accuracy", [formula.accuracy]), _section("LaTeX", formula.latex().splitlines())])


def _derivation_page(found):
    chain = found.derivation
    checked = [(step, step.check()) for step in chain.steps]
    steps = [f"{number}. {_wrapped(step.says, '   ')}\n   [{step.label}: {result.outcome}]"
             + (f"\n   {step.formula}" if step.formula else "") for number, (step, result) in enumerate(checked, 1)]
    return "\n\n".join([_title(found.id, chain.title), _wrapped(f"Start: {chain.start}"), *steps])


def _title(identifier, title):
    head = f"{identifier}: {title}"
    return f"{head}\n{'=' * len(head)}"


def _cited(theorem):
    known = references()
    return "\n".join(f"from: {cited!r}" + (f"\n      {known[cited.key]}" if cited.key in known else "") for cited in theorem.citations)


def _summary(formula):
    where = words.region(formula.on)
    head = f"{words.call(formula)}   [{_accuracy(formula)}{f'; {where}' if where else ''}]"
    return f"{head}\n    {getattr(formula.symbol, 'meaning', '')}\n    {words.definition(formula.symbol, formula.graph.head)}"


def _accuracy(formula):
    return formula.accuracy


def _verdicts(entry):
    return [f"{result.status:<10} {result.claim}  [{result.by}]" for result in watched([entry])]


def _simulation(simulation):
    return f"{simulation.formula.symbol.name}: {getattr(simulation, 'says', '')}".rstrip(": ")


def _section(title, lines):
    body = "\n".join(textwrap.indent(text, "  ") for text in lines)
    return f"{title}\n{body}" if lines else ""


def _wrapped(text, indent=""):
    return textwrap.fill(" ".join(text.split()), WIDTH, subsequent_indent=indent)
