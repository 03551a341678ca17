"""symrisk check: a line a theorem, what does not hold below it, and a summary."""

import json
import sys
from collections import Counter
from contextlib import nullcontext, redirect_stdout
from dataclasses import dataclass

from symrisk.catalogue.asked.words import speaks_of, split
from symrisk.catalogue.cache.kept import Kept
from symrisk.catalogue.cache.last import Last
from symrisk.catalogue.checks.progress import progress
from symrisk.catalogue.checks.result import HOLDS, Result
from symrisk.catalogue.checks.undecided import expected_undecided
from symrisk.catalogue.workers.cores import cores
from symrisk.cli.report import EXPECTED, Report, is_listed, slowest, status, summary
from symrisk.errors import ArgumentError, DataError


@dataclass(frozen=True)
class Checked:
    """What a check gave: every result, what was not looked at, and how many were left out because
    they held last time.
    """

    results: list[Result]
    left: tuple | list
    passed_over: int = 0


def run(args):
    """Exit code 0 when all holds; 1 when something is refuted, in error or unexpectedly
    undecided, or nothing is checked.
    """
    if args.words is not None and not args.words.strip():
        raise ArgumentError("-k takes words of an id or a sentence; there are none")
    if args.mutants:
        # What alters formulas loads the prover, which a check that is known already does without.
        from symrisk.cli import mutants

        return mutants.run(args)
    if args.sample is not None or args.shard is not None:
        raise ArgumentError("--sample and --shard are of what --mutants alters")
    if (args.undecided or "").endswith(".py"):
        raise ArgumentError(
            f"--undecided FILE is a list of sentences, and {args.undecided} a module: write "
            f"--undecided last"
        )
    expected = expected_undecided(args.undecided)
    # what a module prints is no part of the list
    with redirect_stdout(sys.stderr) if args.json else nullcontext():
        checked = _checked(args, expected)
    if args.json:
        print(json.dumps([result.to_dict() for result in checked.results], indent=1))
        beside = [*_complaints(checked.results, expected), *_beside(checked, expected)]
    else:
        said = [*slowest(checked.results), *summary(checked.results, expected)]
        print("\n".join(["", *said, ""]) if checked.results else "", end="")
        beside = [*_failed(checked.results, expected), *_beside(checked, expected)]
    for line in beside:
        print(line, file=sys.stderr if args.json else sys.stdout)
    return _code(checked, expected)


def _checked(args, expected):
    """What was Checked; but for --json, each result is reported as it comes."""
    kept = Kept(None) if args.no_cache else Kept.of_user()
    known = None if args.modules or args.within else kept.catalogue()
    if known is not None:
        checked = _known(*known, args, expected)
        if checked is not None:
            return checked
    return _decided(args, expected, kept)


def _known(rows, left, args, expected):
    """What is Checked of symrisk's own theorems where all of it was decided before: it is read
    without the prover, and without SymPy.  None where nothing has the words asked for.
    """
    words = split(args.words)
    spoken = [row for row in rows if speaks_of(words, row.id, row.claim)]
    if words and not spoken:
        return None
    if args.failed:
        return Checked([], left, len(spoken))
    report = None if args.json else Report(Counter(row.id for row in spoken), expected, args.every)
    return Checked(_reported(spoken, len(spoken), report), left)


def _decided(args, expected, kept):
    """What is Checked of what the words choose."""
    from symrisk import catalogue
    from symrisk.catalogue.asked.chosen import chosen
    from symrisk.catalogue.asked.wanted import Wanted

    found = chosen(args.modules, args.within)
    last = Last.of_user()
    asked = Wanted(args.words or "")
    spoken = asked.tasks(found)
    tasks = Wanted(args.words or "", _held(last)).tasks(found) if args.failed else spoken
    sizes = Counter(failure.id for failure in found.failures)
    sizes.update(found.entries[entry].id for entry, _ in tasks)
    report = None if args.json else Report(sizes, expected, args.every)
    jobs = cores() if args.jobs is None else args.jobs
    results = catalogue.results(found, jobs, kept, tasks)
    checked = []
    try:
        _reported(results, sum(sizes.values()), report, checked)
    finally:
        # Also of a check that was interrupted: what it came to is known.
        _remember(last, found, checked, expected)
    is_whole = not (args.modules or args.within or args.words or args.failed)
    if is_whole:
        kept.keep_catalogue(checked, found.left)
    return Checked(checked, found.left, len(spoken) - len(tasks))


def _held(last):
    """What held last time; where that can't be read, this is said, and nothing did."""
    try:
        return last.held()
    except DataError as error:
        print(f"symrisk: {error}; everything is checked", file=sys.stderr)
        return {}


def _remember(last, found, checked, expected):
    """Write down for --failed what held, and what is expected not to be decided."""
    from symrisk.catalogue.asked.wanted import file_of, sentence
    from symrisk.catalogue.checks.rows import KINDS, subjects

    entries = {entry.id: entry for entry in found.entries}
    came, known = {}, {}
    for result in checked:
        if result.kind != "module":
            entry = entries[result.id]
            name = sentence(entry, result.kind, result.claim)
            own = came.setdefault(file_of(entry), {})
            own[name] = own.get(name, True) and _is_fine(result, expected)
    for entry in found.entries:
        said = [sentence(entry, KINDS[checks], subject.says) for checks, subject in subjects(entry)]
        known.setdefault(file_of(entry), []).extend(said)
    last.keep(came, known)


def _reported(results, total, report, checked=None):
    """The results as a list, under a bar; with a report, each is told to it as it comes."""
    checked = [] if checked is None else checked
    with progress(total, " claims") as bar:
        for result in results:
            bar.set_description_str(result.id, refresh=False)
            checked.append(result)
            bar.update()
            if report is not None:
                report.add(result)
    return checked


def _complaints(checked, expected):
    """A line or two for each failure, beside --json, where nothing else says it in words."""
    for result in checked:
        if not _is_fine(result, expected):
            yield f"{result.status}: {result.id}: {result.claim}"
            yield from (f"    {line}" for line in result.reasons)


def _failed(checked, expected):
    """Which theorems have something that does not hold, in a line."""
    names = dict.fromkeys(r.id for r in checked if not _is_fine(r, expected))
    return [f"failed: {', '.join(names)}"] if names else []


def _beside(checked, expected):
    """Sentences on what the list of undecided claims has too much, what was left out, and whether
    anything was checked.
    """
    for result in checked.results:
        if is_listed(result, expected) and result.status != "undecided":
            yield f"listed as undecided, but {result.status}: {result.claim}"
    yield from (f"not looked at: {what}" for what in checked.left)
    if checked.passed_over and checked.results:
        yield f"{checked.passed_over} held last time and were not checked again"
    elif checked.passed_over:
        yield (
            f"nothing failed last time: {checked.passed_over} held; without --failed they are "
            f"checked again"
        )
    elif not checked.results:
        yield "nothing was checked"


def _is_fine(result, expected):
    return status(result, expected) in {*HOLDS, EXPECTED}


def _code(checked, expected):
    is_something = checked.results or checked.passed_over
    is_fine = all(_is_fine(result, expected) for result in checked.results)
    return 0 if is_something and is_fine else 1
