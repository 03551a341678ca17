"""Writes the index of symrisk's own theorems: `python -m symrisk.catalogue.describe`, after a
theorem has changed.
"""

import json
import sys
from pathlib import Path

from symrisk.catalogue.discovery.look import derivations_beside, entries
from symrisk.catalogue.index import DERIVATION, FILE, fingerprint
from symrisk.language.call.plan import signature, symbols_by_name
from symrisk.paper.references import authors, references


def described() -> dict:
    """The index as plain data: what `index.json` holds when it is fresh.

    DataError where a theorem's module does not import: an index without it would hide it.
    """
    everything = entries()
    modules = _modules(everything)
    return {
        "of": fingerprint(),
        "theorems": {entry.id: _theorem(entry, modules[entry.id]) for entry in everything},
    }


def text(data: dict) -> str:
    """The index as it stands in its file."""
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the file anew."""
    Path(FILE).write_text(text(described()), encoding="utf-8")


def _modules(everything):
    """id -> the modules that a theorem's entry is found in: the theorem's own, then those of its
    derivations.

    A derivation that stands beside one theorem and leads to another joins the two: seen without the
    other it would be taken for the one's own.
    """
    found = {entry.id: {entry.module: None} for entry in everything}
    owner = {}
    for entry in everything:
        owner |= {id(chain): entry for chain in entry.derivations}
    for entry in everything:
        for _, chain in derivations_beside(sys.modules[entry.module]):
            other = owner[id(chain)]
            found[other.id][entry.module] = None
            found[entry.id][other.module] = None
    return found


def _theorem(entry, modules):
    theorem = entry.theorem
    inputs = {}
    for formula in theorem.formulas:
        inputs |= {name: symbol.meaning for name, symbol in formula.inputs.items()}
    return {
        "title": theorem.title,
        "states": theorem.states,
        "modules": list(modules),
        "formulas": {formula.symbol.name: _formula(formula) for formula in theorem.formulas},
        "inputs": dict(sorted(inputs.items())),
        "papers": _papers(theorem),
        "authors": _authors(theorem),
        "derivations": [f"{DERIVATION}{entry.id}.{name}" for name, _ in entry.chains],
    }


def _papers(theorem):
    """The works that a theorem cites, each once, with the key and the place in it."""
    works = references()
    return list(dict.fromkeys(f"{each}: {works.get(each.key, '')}" for each in theorem.citations))


def _authors(theorem):
    """Who wrote them, each once."""
    known, found = authors(), {}
    for citation in theorem.citations:
        found |= dict.fromkeys(known.get(citation.key, ()))
    return list(found)


def _formula(formula):
    symbols = symbols_by_name(formula)
    return {
        "meaning": formula.symbol.meaning,
        "inputs": list(formula.inputs),
        "takes": signature(formula),
        "names": sorted(symbols),
        "laws": sorted(name for name, symbol in symbols.items() if symbol.kind == "law"),
    }


if __name__ == "__main__":
    main()
