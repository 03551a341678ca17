"""Theorems, formulas and derivations as plain data, ready for JSON."""

from symrisk.catalogue import check_step
from symrisk.catalogue.asked.resolve import derivations
from symrisk.catalogue.checks.progress import watched
from symrisk.language.call.conventions import said
from symrisk.paper.references import references
from symrisk.show import words
from symrisk.show.places import places


def data(found, decided):
    """The plain data of what an id names; what it says of proofs is what the Decided has."""
    if found.formula is not None:
        return {"id": found.id, **_formula(found.formula)}
    if found.derivation is not None:
        return {"id": found.id, **_derivation(found.derivation, found.entry, decided)}
    return _theorem(found.entry, decided)


def _theorem(entry, decided):
    theorem, known = entry.theorem, references()
    with watched(entry, decided) as rows:
        claims = [result for result in rows if result.kind == "claim"]
    return {
        "id": entry.id,
        "title": theorem.title,
        "states": theorem.states,
        "assumes": list(theorem.assumes),
        "citations": [
            {"key": c.key, "place": c.place, "reference": known.get(c.key, "")}
            for c in theorem.citations
        ],
        "formulas": [
            {"id": f"{entry.id}.{formula.symbol.name}", **_formula(formula)}
            for formula in theorem.formulas
        ],
        "claims": [
            _claim(claim, result, decided)
            for claim, result in zip(theorem.claims, claims, strict=True)
        ],
        "errata": [_erratum(erratum) for erratum in theorem.errata],
        "derivations": [
            {"id": identifier, **_derivation(chain, entry, decided)}
            for identifier, chain in derivations(entry).items()
        ],
        "simulations": [simulation.formula.symbol.name for simulation in theorem.simulations],
        "uses": [used.title for used in theorem.uses],
        "places": places(entry),
    }


def _erratum(erratum):
    found = erratum.check()
    published, right = (
        {
            **verdict.to_dict(),
            "relation": words.claim(verdict.claim),
            "latex": verdict.claim.latex(),
        }
        for verdict in (found.published, found.right)
    )
    return {
        "erratum": erratum.says,
        "where": {"key": erratum.where.key, "place": erratum.where.place},
        "status": found.status,
        "published": published,
        "right": right,
    }


def _formula(formula):
    return {
        "name": formula.symbol.name,
        "meaning": words.meaning(formula.symbol),
        "accuracy": formula.accuracy,
        "conventions": said(formula),
        "definition": words.line(formula.written.head),
        "where": {str(name): words.defined_as(body) for name, body in words.used(formula)},
        "inputs": [words.described(symbol) for symbol in formula.inputs.values()],
        "region": [words.relation(r) for r in formula.on.hypotheses],
        "latex": formula.latex(),
    }


def _claim(claim, result, decided):
    verdict = decided.verdict(claim) if result.is_kept else result.verdict
    bare = {"claim": claim.says, "status": result.status, "by": result.by}
    return {
        **(bare if verdict is None else verdict.to_dict()),
        "relation": words.claim(claim),
        "latex": claim.latex(),
        "seconds": round(result.seconds, 4),
    }


def _derivation(chain, entry, decided):
    return {
        "title": chain.title,
        "start": chain.start,
        "steps": [_step(step, entry, decided) for step in chain.steps],
    }


def _step(step, entry, decided):
    result = decided.row(entry, check_step, step)
    outcome = result.status if result.is_verdict else result.by
    return {
        "says": step.says,
        "label": step.label,
        "holds": result.status == step.label,
        "outcome": outcome,
    }
