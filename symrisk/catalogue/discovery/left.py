"""What is not checked though it stands in a module that was looked at: a sentence each."""

from symrisk.catalogue.discovery.contents import bound, called_names, imported_names, makers
from symrisk.catalogue.discovery.entry import short_id
from symrisk.language.claim import Claim
from symrisk.paper.derivation import Derivation
from symrisk.paper.errata import Erratum


def left_out(looked, entries):
    """Sentences on what belongs to no theorem, on theorems that only a function could make, and
    on those that claim nothing.
    """
    return [*_stray(looked, entries), *_unmade(looked), *_bare(entries)]


def _stray(looked, entries):
    """Claims, errata and derivations that a module binds and that belong to no theorem: a
    sentence each.
    """
    used = {id(item) for item in _belonging(entries)}
    for each in looked:
        foreign = imported_names(each.tree)
        for name, item in bound(each.module, (Claim, Erratum, Derivation)).items():
            if id(item) not in used and name.partition(".")[0] not in foreign:
                kind = type(item).__name__.lower()
                yield (
                    f"{short_id(each.place)}.{name}, a{'n' if kind[0] in 'aeiou' else ''} {kind} "
                    f"of no theorem"
                )


def _belonging(entries):
    """All claims, errata and derivations that theorems hold, one after the other."""
    for entry in entries:
        yield from entry.theorem.claims
        for erratum in entry.theorem.errata:
            yield from (erratum, erratum.published, erratum.right)
        for chain in entry.derivations:
            yield chain
            yield from (step.claim for step in chain.steps)


def _unmade(looked):
    """Functions that make a theorem and that nothing here calls: what they make is seen only
    where it is bound to a name.
    """
    called = set().union(*(called_names(each.tree) for each in looked))
    for each in looked:
        for name, line in makers(each.tree, each.module):
            if name not in called:
                yield (
                    f"{each.place.file}, line {line}: the theorem that {name} makes, which is "
                    f"bound to no name"
                )


def _bare(entries):
    """Theorems without anything to check."""
    for entry in entries:
        if not (entry.theorem.claims or entry.theorem.errata or entry.derivations):
            yield f"{entry.id}, which has no claim, erratum or derivation step"
