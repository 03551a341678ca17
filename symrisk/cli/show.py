"""symrisk show: the list of theorems, or one theorem, formula or derivation in the form asked
for.
"""

import json
import sys

from symrisk.catalogue.asked.titles import titles
from symrisk.cli.terminal import columns, is_read_by_people, speaks_unicode
from symrisk.errors import ArgumentError

FORMS = {
    "latex": "--latex",
    "plain": "--plain",
    "code": "--code",
    "proofs": "--proofs",
    "claim": "--claim",
    "no_cache": "--no-cache",
}
"""What is of one theorem, and not of a list."""


def run(args):
    """Print it; exit code 0."""
    every = titles(args.modules)
    chosen = [pair for pair in every if args.id is None or pair[0].startswith(f"{args.id}.")]
    if args.id is None or chosen:
        _refuse_forms(args)
        _list(chosen, args.json)
        return 0
    if not args.modules:
        # A slip is answered from the index, before what looks at a theorem is loaded.
        from symrisk.catalogue.asked.resolve import shipped_ids

        args.id = shipped_ids().meant(args.id, settings=True)
    _show(args)
    return 0


def _refuse_forms(args):
    """ArgumentError for what only one theorem can be printed as."""
    for name, option in FORMS.items():
        if getattr(args, name):
            raise ArgumentError(f"{option} is of one theorem or formula: give its whole ID")


def _list(pairs, as_json):
    """A line a theorem, by setting; as JSON, an object each."""
    if as_json:
        print(json.dumps([{"id": name, "title": title} for name, title in pairs], indent=1))
        return
    width, said = max(len(identifier) for identifier, _ in pairs), None
    for identifier, title in pairs:
        setting = identifier.partition(".")[0] if "." in identifier else ""
        if setting != said:
            print("" if said is None else "\n", setting, sep="")
            said = setting
        line = f"  {identifier:<{width}}  {title}" if setting else f"{identifier}  {title}"
        cut = is_read_by_people() and len(line) > columns()
        print(f"{line[: columns() - 1]}…" if cut else line)


def _show(args):
    from tqdm import tqdm

    from symrisk.catalogue.asked.resolve import locate

    found = locate(args.id, args.modules)
    for piece in _pieces(found, args):
        # Above the bar, where there is one.
        tqdm.write(piece, file=sys.stdout)


def _pieces(found, args):
    """What is printed of it, piece by piece as it is known."""
    from symrisk.show import data, document, page, source

    is_printed = args.code or args.plain or args.latex and found.derivation is not None
    decides = not (is_printed or found.formula is not None)
    if args.no_cache and not decides:
        raise ArgumentError("--no-cache decides claims anew, and nothing is decided to print this")
    if args.latex:
        return [document.document(found, _decided(args))]
    if args.json:
        return [json.dumps(data.data(found, _decided(args)), indent=1)]
    if args.code:
        return [source.source(_formulas(found), args.code)]
    if args.plain:
        return [page.drawings(_formulas(found), found, speaks_unicode())]
    if args.proofs or args.claim is not None:
        return page.proofs(_claims(found, args.claim), _decided(args))
    return page.page(found, _decided(args))


def _decided(args):
    """What was decided before, unless all is to be decided now."""
    from symrisk.catalogue.cache.kept import Kept
    from symrisk.catalogue.checks.decided import Decided

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
