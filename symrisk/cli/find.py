"""symrisk find: theorems and formulas by words, inputs, papers and authors."""

import json

from symrisk.catalogue.asked.search import find


def run(args):
    """Print what was found; exit code 0, as there is an error where nothing is."""
    hits = find(" ".join(args.words), inputs=args.inputs, paper=args.paper, author=args.author)
    print(json.dumps([_plain(hit) for hit in hits], indent=1) if args.json else hits)
    return 0


def _plain(hit):
    formulas = [
        {"id": f"{hit.id}.{name}", "meaning": meaning, "inputs": list(inputs)}
        for name, (meaning, inputs) in hit.formulas.items()
    ]
    return {"id": hit.id, "title": hit.title, "formulas": formulas, "more": hit.more}
