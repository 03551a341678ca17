"""No verdict on a random claim is false: `prove` against an oracle that knows nothing of it.

The oracle (`oracle`, `points`, `meaning`, `solving`, `reals`) looks at exact points: faces, corners, zeros, huge and tiny sizes, laws with
mass at zero.  What it calls false is false; what it can't tell counts for nothing.
"""

import random
import signal
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace

import pytest
from soundness import (
    generate,
    generate_functions,
    generate_implicit,
    generate_limits,
    generate_methods,
    generate_more,
    generate_odd,
    generate_recursion,
)
from soundness.oracle import FAILS, NO_VALUE, falsehood, found_at, has_a_point
from soundness.points import points
from soundness.reals import Unsure
from soundness.witnesses import FALSE, TRUE

from symrisk import prove
from symrisk.decide.verdict import Verdict
from symrisk.errors import DomainError, SymriskError

KINDS = {
    **generate.KINDS,
    **generate_more.KINDS,
    **generate_implicit.KINDS,
    **generate_odd.KINDS,
    **generate_limits.KINDS,
    **generate_methods.KINDS,
    **generate_recursion.KINDS,
    **generate_functions.KINDS,
}
FEW, MANY = 9, 345
"""Claims a kind: some hundreds in all, or ten thousand."""
POINTS = 30
SECONDS = 10
FLIPPED = {"<": ">=", "<=": ">", "==": "<", ">=": "<", ">": "<="}
STRICT = {"<=": "<", ">=": ">"}


class NeverEnds(Exception):
    """A claim that is not decided in time."""


@contextmanager
def within(seconds):
    """NeverEnds after so many seconds."""

    def ring(*_):
        raise NeverEnds(f"not decided in {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def drawn(kind, seed):
    """(a claim of a kind, what draws its points), the same ones for the same seed."""
    rng = random.Random(f"{kind} {seed}")
    return KINDS[kind](rng), rng


def judged(case, rng):
    """(how the claim was answered, why that is false or "")."""
    try:
        with within(SECONDS):
            verdict = prove(case.build())
    except SymriskError as error:
        return _refusal(case, error, rng)
    except Exception as error:
        return "untyped", f"{type(error).__name__}: {error}"
    return verdict.status, falsehood(case, verdict, rng, POINTS)


def _refusal(case, error, rng):
    """A refusal is an answer too: no point is said to be in a region only where there is none."""
    if isinstance(error, DomainError) and any(
        words in str(error) for words in ("no point", "can't hold", "region is empty")
    ):
        point = has_a_point(case, rng, POINTS)
        return "empty", f"said to be empty, which {point} is in" if point else ""
    return "refused", ""


def run(kind, seeds, record):
    """What is false among the answers to a kind's claims; how many there are of which is recorded."""
    counts, false = Counter(), []
    for seed in seeds:
        case, rng = drawn(kind, seed)
        status, why = judged(case, rng)
        counts[status] += 1
        if why:
            false.append(f"{kind} {seed}: {case}: {why}")
    shown = ", ".join(f"{status} {n}" for status, n in sorted(counts.items()))
    record("score", f"claims {kind}: {shown}; false {len(false)}")
    return false


@pytest.mark.parametrize("kind", KINDS)
def test_no_verdict_is_false(kind, record_property):
    "Nothing false is proved, nothing true refuted, no region with a point called empty, and every error is typed."
    assert run(kind, range(FEW), record_property) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_verdict_is_false_in_ten_thousand(kind, record_property):
    "The same, for ten thousand claims."
    assert run(kind, range(FEW, FEW + MANY), record_property) == []


def planted(case, rng):
    """What a true claim becomes when it is spoilt: turned, made strict, moved a little, freed of a hypothesis."""
    yield replace(case, rel=FLIPPED[case.rel])
    if case.rel in STRICT:
        yield replace(case, rel=STRICT[case.rel])
    for k in range(len(case.on)):
        yield replace(case, on=(*case.on[:k], *case.on[k + 1 :]))
    if case.iff:
        yield replace(
            case, iff=case.iff[1:] or ((case.iff[0][0], FLIPPED[case.iff[0][1]], case.iff[0][2]),)
        )


def is_false(case, rng):
    """Whether a point shows that a claim is false."""
    for point in points(case, rng, POINTS):
        try:
            if found_at(case, point) in (FAILS, NO_VALUE):
                return True
        except Unsure:
            continue
    return False


def spoilt(kind, seeds):
    """False claims made from a kind's claims that are proved, and the sources that draw for them."""
    for seed in seeds:
        case, rng = drawn(kind, seed)
        try:
            with within(SECONDS):
                proved = prove(case.build()).status == "proved"
        except (SymriskError, NeverEnds):
            continue
        if proved:
            yield from ((mutant, rng) for mutant in planted(case, rng) if is_false(mutant, rng))


def run_planted(kind, seeds, record):
    counts, false = Counter(), []
    for mutant, rng in spoilt(kind, seeds):
        status, why = judged(mutant, rng)
        counts[status] += 1
        if status == "proved" or why:
            false.append(f"{mutant}: {status}, {why}")
    record(
        "score",
        f"planted {kind}: {', '.join(f'{s} {n}' for s, n in sorted(counts.items()))}; false {len(false)}",
    )
    return false


@pytest.mark.parametrize("kind", KINDS)
def test_planted_false_claims_are_not_proved(kind, record_property):
    "A true claim made false at a single face, perhaps, is not proved any more."
    assert run_planted(kind, range(4), record_property) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_planted_false_claims_are_not_proved_in_thousands(kind, record_property):
    "The same, of a hundred claims a kind."
    assert run_planted(kind, range(4, 104), record_property) == []


def test_claims_about_polynomials_in_one_variable_are_decided():
    "Always: proved, refuted, or over no point."
    left = [
        str(case)
        for case, rng in (drawn("one variable", seed) for seed in range(40))
        if judged(case, rng)[0] == "undecided"
    ]
    assert left == []


@pytest.mark.parametrize("name", FALSE)
def test_the_oracle_sees_what_is_false(name):
    "A verdict that is known to be false is called false."
    case, status, witness = FALSE[name]
    verdict = Verdict(None, status, "forged", witness=witness)
    assert falsehood(case, verdict, random.Random(0), 80)


@pytest.mark.parametrize("name", TRUE)
def test_the_oracle_believes_what_is_true(name):
    "A verdict that is known to be true is not called false."
    case, status, witness = TRUE[name]
    verdict = Verdict(None, status, "known", witness=witness)
    assert falsehood(case, verdict, random.Random(0), 80) == ""


@pytest.mark.parametrize("name", {**FALSE, **TRUE})
def test_no_verdict_on_a_known_trap_is_false(name):
    "The claims that the oracle is tried on, decided."
    case, _, _ = {**FALSE, **TRUE}[name]
    assert judged(case, random.Random(name))[1] == ""
