"""symrisk check --mutants: each formula with one thing changed, and what catches it."""

import json
import sys
from collections import Counter
from contextlib import nullcontext, redirect_stdout

from tqdm import tqdm

from symrisk.catalogue.asked.chosen import chosen
from symrisk.catalogue.asked.words import speaks_of, split
from symrisk.catalogue.checks.progress import progress
from symrisk.catalogue.checks.result import PROBLEM, Result
from symrisk.catalogue.mutants.hunt import CAUGHT, SURVIVED, Hunt
from symrisk.catalogue.mutants.shard import Shard, spread
from symrisk.cli.terminal import marks
from symrisk.errors import ArgumentError

WIDTH = max(len(CAUGHT), len(SURVIVED))


def run(args):
    """Exit code 0 when each mutant is caught; 1 when one survives or ends in an error, a module
    does not import, or there is none.
    """
    _refuse_others(args)
    # what a module prints is no part of the list
    with redirect_stdout(sys.stderr) if args.json else nullcontext():
        found = chosen(args.modules, args.within)
        hunt = Hunt(found.entries)
        tried = list(_tried(hunt, args))
        is_part = args.sample or args.shard or args.words
        idle = [] if is_part else _idle(hunt, tried)
    failures = [_failure(each) for each in found.failures]
    if args.json:
        print(json.dumps([each.to_dict() for each in (*failures, *tried)], indent=1))
    else:
        print("\n".join(["", *_summary(tried)]))
    beside = [f"{each.status}: {each.id}: {each.by}" for each in failures]
    beside += [*_complaints(hunt, tried), *idle]
    beside += [*(f"not looked at: {what}" for what in found.left)]
    beside += [] if tried else ["nothing was altered"]
    for line in beside:
        print(line, file=sys.stderr if args.json else sys.stdout)
    is_fine = tried and not failures and all(each.status == CAUGHT for each in tried)
    return 0 if is_fine else 1


def _refuse_others(args):
    for option, is_given in (
        ("--jobs", args.jobs is not None),
        ("--no-cache", args.no_cache),
        ("--failed", args.failed),
        ("--undecided", args.undecided is not None),
    ):
        if is_given:
            raise ArgumentError(f"--mutants takes no {option}; --shard K/N divides what it does")


def _tried(hunt, args):
    """What became of each mutant of the part that is asked for, printed as it comes: a line a
    theorem with what survived below it, or with -v a line each.
    """
    changes = _speaking(hunt.alterations(), args.words)
    if args.sample is not None:
        changes = _sampled(changes, args.sample)
    chosen = Shard.read(args.shard or "1/1").of(changes)
    waiting = Counter(entry.id for entry, _ in chosen)
    own = {}
    with progress(len(chosen), " mutants") as bar:
        for entry, alteration in chosen:
            tried = hunt.tried(entry, alteration)
            bar.update()
            waiting[entry.id] -= 1
            if tried is not None:
                own.setdefault(entry.id, []).append(tried)
                yield tried
            if not args.json:
                lines = [_line(tried)] if args.every and tried is not None else []
                if not args.every and not waiting[entry.id]:
                    lines = _of_theorem(entry.id, own.get(entry.id, []))
                for line in lines:
                    tqdm.write(line, file=sys.stdout)


def _speaking(changes, words):
    """The changes whose id or text has all of some words; ArgumentError where none has."""
    wanted, found = split(words), []
    if not wanted:
        return changes
    for entry, alteration in changes:
        if speaks_of(wanted, entry.id, alteration.says):
            found.append((entry, alteration))
    if not found:
        raise ArgumentError(f"no altered formula has {' '.join(wanted)} in its id or text")
    return found


def _of_theorem(identifier, tried):
    """The line of a theorem, and one for each mutant of it that was not caught."""
    loose = [each for each in tried if each.status != CAUGHT]
    counts = Counter(each.status for each in tried)
    said = ", ".join(f"{number} {status}" for status, number in counts.items())
    seconds = sum(each.seconds for each in tried)
    good, bad = marks()
    head = f"{bad if loose else good} {identifier}  {said or 'nothing altered'}  {seconds:.1f} s"
    return [head, *(f"  {_line(each)}" for each in loose)]


def _sampled(changes, most):
    """At most so many changes of each theorem."""
    if most < 1:
        raise ArgumentError(f"a sample is a whole number >= 1; not {most}")
    by_theorem = {}
    for entry, alteration in changes:
        by_theorem.setdefault(entry.id, []).append((entry, alteration))
    found = []
    for pairs in by_theorem.values():
        found += spread(pairs, most)
    return found


def _line(tried):
    status = tried.status if tried.status == CAUGHT else tried.status.upper()
    told = f"  [{tried.caught or tried.fault}]" if tried.caught or tried.fault else ""
    return f"{status:<{WIDTH}}  {tried.id}  {tried.alteration.says}{told}"


def _summary(tried):
    counts = Counter(each.status for each in tried)
    kinds = Counter(each.caught.kind for each in tried if each.caught)
    by = ", ".join(f"{number} by {kind}" for kind, number in kinds.most_common())
    parts = [f"{counts[CAUGHT]} caught{f' ({by})' if by else ''}", f"{counts[SURVIVED]} survived"]
    parts += [f"{counts[PROBLEM]} in error"] if counts[PROBLEM] else []
    seconds = sum(each.seconds for each in tried)
    yield f"{len(tried)} altered formulas: {', '.join(parts)} ({seconds:.1f} s)"


def _complaints(hunt, tried):
    for each in tried:
        if each.status != CAUGHT:
            yield f"{each.status}: {each.id}: {each.alteration.says}"
            yield from [f"    {each.fault}"] if each.fault else []
    for claim in hunt.claims.unproved():
        yield f"catches nothing, for it is not proved itself: {claim.says}"


def _idle(hunt, tried):
    """A line for each claim that says nothing of the formulas, which only all mutants show."""
    caught = [each.caught.says for each in tried if each.caught]
    return [
        f"says nothing of the formulas, for no change of one breaks it: {claim.says}"
        for claim in hunt.idle(caught)
    ]


def _failure(failure):
    return Result(failure.id, "the module imports", PROBLEM, failure.why, 0.0, "module")
