"""Pages to read: a theorem, a formula, a derivation, proofs, drawings."""

import textwrap
from collections.abc import Iterator

from symrisk.catalogue import check_step, why
from symrisk.catalogue.asked.resolve import derivations
from symrisk.catalogue.checks.progress import watched
from symrisk.catalogue.checks.result import HOLDS
from symrisk.language.call.conventions import said
from symrisk.paper.references import references
from symrisk.show import words
from symrisk.show.places import places

WIDTH = 110
SECTIONS = {"claim": "Claims", "erratum": "Errata", "step": "Derivation steps"}


def page(found, decided) -> Iterator[str]:
    """The page of what an id names, piece by piece as it is known; what it says of proofs is what
    the Decided has.
    """
    if found.formula is not None:
        return iter(_formula_page(found).splitlines())
    if found.derivation is not None:
        return _derivation_page(found, decided)
    return _theorem_page(found.entry, decided)


def proofs(claims, decided) -> Iterator[str]:
    """Each claim, as soon as it is decided: its relation, its verdict, and the polynomials that
    prove it.
    """
    for number, claim in enumerate(claims):
        apart = "\n" if number else ""
        yield f"{apart}{words.claim(claim)}\n{_tried(decided.verdict, claim)}"


def drawings(formulas, found, unicode):
    """The formulas drawn in text, and under a theorem's, its claims."""
    parts = [_title(found.id, found.entry.theorem.title)]
    for formula in formulas:
        defined = [(formula.symbol, formula.written.head), *words.used(formula)]
        drawn = [words.drawn(name, body, unicode) for name, body in defined]
        parts.append("\n\n".join(drawn) + f"\n\n({formula.accuracy})")
    if found.formula is None:
        parts.append(
            "\n".join(
                f"{claim.says}:\n    {words.claim(claim)}" for claim in found.entry.theorem.claims
            )
        )
        parts.append(
            "\n".join(
                f"erratum: {e.says}:\n    {words.claim(e.right)}"
                for e in found.entry.theorem.errata
            )
        )
    return "\n\n".join(filter(None, parts))


def _tried(function, subject):
    """What a function gives, or why it gives nothing: one claim that raises does not hide the
    others.
    """
    try:
        return function(subject)
    except Exception as error:
        return f"error: {subject.says}: {why(error)}"


def _theorem_page(entry, decided):
    """What is known at once, then what has to be decided."""
    theorem = entry.theorem
    yield _title(entry.id, theorem.title)
    for part in (_cited(theorem), _wrapped(theorem.states), _assumes(theorem)):
        if part:
            yield f"\n{part}"
    for number, formula in enumerate(theorem.formulas):
        head = "" if number else "\nFormulas\n"
        yield head + textwrap.indent(_summary(formula), "  ")
    chains = [f"{identifier}  {chain.title}" for identifier, chain in derivations(entry).items()]
    for title, lines in (
        ("Derivations", chains),
        ("Simulations", [_simulation(simulation) for simulation in theorem.simulations]),
        ("Uses", [used.title for used in theorem.uses]),
        ("Places", _places(entry)),
    ):
        if lines:
            yield f"\n{_section(title, lines)}"
    with watched(entry, decided) as rows:
        errata, said = iter(theorem.errata), None
        for result in rows:
            if result.kind != said:
                said = result.kind
                yield f"\n{SECTIONS[said]}"
            told = _tried(_erratum, next(errata)) if said == "erratum" else _verdict(result)
            yield textwrap.indent(told, "  ")


def _formula_page(found):
    formula, theorem = found.formula, found.entry.theorem
    sections = [
        _title(found.id, words.meaning(formula.symbol)),
        f"of: {theorem.title}\n{_cited(theorem)}",
        _section("Definition", _definitions(formula)),
        _section("Inputs", repr(formula.inputs).splitlines()),
        _section("Holds for", [words.region(formula.on) or "every value of the inputs' signs"]),
        _section("Accuracy", [formula.accuracy]),
        _section("Conventions", said(formula)),
        _assumes(theorem),
        _section("LaTeX", formula.latex().splitlines()),
    ]
    return "\n\n".join(filter(None, sections))


def _derivation_page(found, decided):
    chain = found.derivation
    yield f"{_title(found.id, chain.title)}\n\n{_wrapped(f'Start: {chain.start}')}"
    for number, step in enumerate(chain.steps, 1):
        result = decided.row(found.entry, check_step, step)
        yield f"\n{_step(number, step, result)}"


def _step(number, step, result):
    outcome = f"{result.status} by {result.by}" if result.is_verdict else result.by
    formula = f"\n   {step.formula}" if step.formula else ""
    return f"{number}. {_wrapped(step.says, '   ')}{formula}\n   [{outcome}]"


def _erratum(erratum):
    """What is wrong, where it stands, and the two statements, each with its verdict."""
    found = erratum.check()
    lines = [
        f"{erratum.says}  [{erratum.where!r}]",
        f"published: {erratum.published.says}",
        f"    {words.claim(erratum.published)}",
        f"    {found.published.status}: fails at {erratum.at}",
        f"right: {erratum.right.says}",
        f"    {words.claim(erratum.right)}",
        f"    {found.right.status}",
    ]
    return "\n    ".join(
        [*lines[:-1], lines[-1] + (f" by {found.right.by}" if found.right.by else "")]
    )


def _assumes(theorem):
    return _section("Assumes", [_wrapped(f"- {text}", "  ") for text in theorem.assumes])


def _title(identifier, title):
    head = f"{identifier}: {title}"
    return f"{head}\n{'=' * len(head)}"


def _cited(theorem):
    known = references()
    texts = [
        f"from: {cited!r}" + (f". {known[cited.key]}" if cited.key in known else "")
        for cited in theorem.citations
    ]
    return "\n".join(_wrapped(text, "      ") for text in texts)


def _summary(formula):
    where = words.region(formula.on)
    head = f"{words.call(formula)}   [{formula.accuracy}{f'; {where}' if where else ''}]"
    return "\n    ".join(
        filter(None, [head, words.meaning(formula.symbol), *_definitions(formula)])
    )


def _definitions(formula):
    """The formula's definition, and under it those of its names."""
    inner = [f"    {words.definition(name, body)}" for name, body in words.used(formula)]
    return [words.definition(formula.symbol, formula.written.head), *inner]


def _verdict(result):
    """What became of a claim or a step, in a line: by what it holds, or why it does not."""
    told = result.by if result.status in HOLDS else "; ".join(result.reasons)
    return f"{result.status:<16}{result.claim}  [{told}]"


def _places(entry):
    """A line a kind of file."""
    return [f"{what + ':':<12}{', '.join(files)}" for what, files in places(entry).items()]


def _simulation(simulation):
    return f"{simulation.formula.symbol.name}: {getattr(simulation, 'says', '')}".rstrip(": ")


def _section(title, lines):
    body = "\n".join(textwrap.indent(text, "  ") for text in lines)
    return f"{title}\n{body}" if body else ""


def _wrapped(text, indent=""):
    return textwrap.fill(" ".join(text.split()), WIDTH, subsequent_indent=indent)
