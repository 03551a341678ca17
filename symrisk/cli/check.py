"""symrisk check: a table of verdicts, a summary, and what failed with its witness."""

import json
import shutil
import sys
from contextlib import nullcontext, redirect_stdout

from tqdm import tqdm

from symrisk import catalogue
from symrisk.catalogue.cache.kept import Kept
from symrisk.catalogue.progress import amount, progress
from symrisk.catalogue.result import HOLDS, PROBLEM
from symrisk.catalogue.undecided import expected_undecided
from symrisk.catalogue.workers.cores import cores
from symrisk.errors import ArgumentError
from symrisk.paper.labels import CORRECTED, LABELS

STATUSES = ("proved", "refuted", "undecided")
KINDS = ("claim", "erratum", "step", "module")
HEADER = ("id", "claim", "status", "by", "seconds")
NARROWEST = 24


def run(args):
    """Exit code 0 when all holds; 1 when something is refuted, in error or unexpectedly
    undecided, or nothing is checked.
    """
    if args.mutants:
        # What alters formulas loads the prover, which a check that is known already does without.
        from symrisk.cli import mutants

        return mutants.run(args)
    if args.sample is not None or args.shard is not None:
        raise ArgumentError("--sample and --shard are of what --mutants alters")
    expected = expected_undecided(args.undecided)
    # what a module prints is no part of the list
    with redirect_stdout(sys.stderr) if args.json else nullcontext():
        checked, left = _checked(args)
    if args.json:
        print(json.dumps([result.to_dict() for result in checked], indent=1))
    else:
        print("\n".join(["", *_summary(checked, expected)]))
    beside = [*_complaints(checked, expected), *(f"not looked at: {what}" for what in left)]
    beside += [] if checked else ["nothing was checked"]
    print(
        "".join(f"{line}\n" for line in beside),
        end="",
        file=sys.stderr if args.json else sys.stdout,
    )
    return _code(checked, expected)


def _checked(args):
    """(every result, what was not looked at); but for --json, each is printed as it comes."""
    kept = Kept(None) if args.no_cache else Kept.of_user()
    jobs = cores() if args.jobs is None else args.jobs
    known = None if args.modules else kept.catalogue()
    if known is not None:
        rows, left = known
        return _printed(rows, len(rows), None if args.json else Layout.of_rows(rows)), left
    # What was decided before is read without the prover, and without SymPy.
    from symrisk.catalogue.chosen import chosen

    found = chosen(args.modules)
    total = amount(found.entries) + len(found.failures)
    checked = _printed(
        catalogue.results(found, jobs, kept), total, None if args.json else Layout.of(found)
    )
    if not args.modules:
        kept.keep_catalogue(checked, found.left)
    return checked, found.left


def _printed(results, total, layout):
    """The results as a list; with a layout, each is printed as it comes."""
    checked = []
    with progress(total, " claims") as bar:
        _write(layout, HEADER)
        for result in results:
            checked.append(result)
            _write(
                layout, (result.id, result.claim, result.status, result.by, f"{result.seconds:.2f}")
            )
            bar.update()
    return checked


def _write(layout, cells):
    if layout:
        tqdm.write(layout.row(cells), file=sys.stdout)


class Layout:
    """Column widths: whole sentences in a pipe, cut to the window on a terminal."""

    def __init__(self, widths):
        self.widths = widths

    @classmethod
    def of(cls, found):
        """Wide enough for what there is to check."""
        says = []
        for entry in found.entries:
            says += [subject.says for _, subject in catalogue.subjects(entry)]
        return cls._of([each.id for each in (*found.entries, *found.failures)], says)

    @classmethod
    def of_rows(cls, rows):
        """Wide enough for rows that are known."""
        return cls._of([row.id for row in rows], [row.claim for row in rows])

    @classmethod
    def _of(cls, identifiers, says):
        identifier = max(map(len, identifiers))
        claim = max(map(len, says), default=len("claim"))
        if not sys.stdout.isatty():
            return cls((identifier, claim, 15, 30, 7))
        rest = shutil.get_terminal_size().columns - identifier - 15 - 10 - 7 - 8
        return cls((identifier, min(claim, max(rest, NARROWEST)), 15, 10, 7))

    def row(self, cells):
        cut = sys.stdout.isatty()
        shown = [
            _cut(cell, width) if cut else cell
            for cell, width in zip(cells, self.widths, strict=True)
        ]
        *texts, seconds = (
            f"{cell:<{width}}" for cell, width in zip(shown, self.widths, strict=True)
        )
        return "  ".join([*texts, seconds.strip().rjust(self.widths[-1])])


def _cut(text, width):
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _summary(checked, expected):
    claims, errata, steps, modules = ([r for r in checked if r.kind == kind] for kind in KINDS)
    yield _count("claims", claims, STATUSES, expected)
    if errata:
        yield _count("errata", errata, (CORRECTED, *STATUSES[1:]), expected)
    if steps:
        yield _count("derivation steps", steps, (*LABELS, *STATUSES[1:]), expected)
    if modules:
        yield f"modules that do not import: {len(modules)}"
    kept = [result for result in checked if result.is_kept]
    if kept:
        yield (
            f"{len(kept)} of these were decided before and have not changed since; --no-cache "
            f"decides them anew"
        )


def _count(noun, checked, statuses, expected):
    counts = [
        f"{sum(r.status == s for r in checked)} {s}{_foreseen(s, checked, expected)}"
        for s in statuses
    ]
    broken = sum(r.status == PROBLEM for r in checked)
    counts += [f"{broken} in error"] if broken else []
    return f"{len(checked)} {noun}: {', '.join(counts)} ({sum(r.seconds for r in checked):.1f} s)"


def _foreseen(status, checked, expected):
    known = (
        sum(r.status == status and r.claim in expected for r in checked)
        if status == "undecided"
        else 0
    )
    return f" ({known} expected)" if known else ""


def _complaints(checked, expected):
    """A line or two for each failure, and one for each sentence that is listed as undecided and
    was decided.
    """
    for result in checked:
        if result.status not in HOLDS and not _is_expected(result, expected):
            yield f"{result.status}: {result.id}: {result.claim}"
            yield from (f"    {line}" for line in _reasons(result))
    for result in checked:
        if result.claim in expected and result.status != "undecided":
            yield f"listed as undecided, but {result.status}: {result.claim}"


def _reasons(result):
    if result.verdict is None:
        return [result.by]
    if result.verdict.witness:
        point = ", ".join(f"{name} = {value}" for name, value in result.witness["witness"].items())
        return [f"fails at {point}{result.verdict.said}", *result.verdict.assumes]
    return result.verdict.assumes


def _is_expected(result, expected):
    return result.status == "undecided" and result.claim in expected


def _code(checked, expected):
    wrong = {r.status for r in checked if not _is_expected(r, expected)} - HOLDS
    return 1 if wrong or not checked else 0
