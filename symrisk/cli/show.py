"""symrisk show: one theorem, formula or derivation, in the form asked for."""

import sys

from symrisk.catalogue.titles import titles
from symrisk.errors import ArgumentError


def run(args):
    """Print it; exit code 0."""
    if args.id is None:
        print("\n".join(f"{identifier}  {title}" for identifier, title in titles(args.modules)))
    else:
        # The list is read from the index; what looks at a theorem is loaded for one only.
        from symrisk.catalogue.resolve import locate

        print(_form(args)(locate(args.id, args.modules)))
    return 0


def _form(args):
    import json

    from symrisk.show import data, document, page, source

    if args.latex:
        return document.document
    if args.json:
        return lambda found: json.dumps(data.data(found, _decided(args)), indent=1)
    if args.code:
        return lambda found: source.source(_formulas(found), args.code)
    if args.plain:
        return lambda found: page.drawings(_formulas(found), found, _speaks_unicode())
    if args.proofs or args.claim is not None:
        return lambda found: page.proofs(_claims(found, args.claim), _decided(args))
    return lambda found: page.page(found, _decided(args))


def _decided(args):
    """What was decided before, unless all is to be decided now."""
    from symrisk.catalogue.cache.kept import Kept
    from symrisk.catalogue.decided import Decided

    return Decided(Kept(None) if args.no_cache else Kept.of_user())


def _formulas(found):
    """The formulas that an id covers."""
    if found.derivation is not None:
        raise ArgumentError(
            f"{found.id} is a derivation, without a formula of its own to print in that form"
        )
    return (found.formula,) if found.formula is not None else found.entry.theorem.formulas


def _claims(found, words):
    """The claims of a theorem whose sentence contains `words`."""
    if found.id != found.entry.id:
        raise ArgumentError(f"proofs belong to a theorem: symrisk show {found.entry.id} --proofs")
    wanted = (words or "").lower()
    chosen = [claim for claim in found.entry.theorem.claims if wanted in claim.says.lower()]
    if not chosen:
        raise ArgumentError(f"no claim of {found.id} has {wanted!r} in its sentence")
    return chosen


def _speaks_unicode():
    return "utf" in (sys.stdout.encoding or "").lower()
