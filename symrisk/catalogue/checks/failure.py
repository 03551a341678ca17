"""Why a claim, an erratum or a derivation step does not hold, as an assertion that failed is told:
the point, and what each side is there.
"""

from textwrap import shorten

from symrisk.catalogue.checks.result import Result
from symrisk.decide.verdict import brief

LONGEST = 60
NO_METHOD = "no method decides it"


def failure(result: Result) -> list[str]:
    """Lines: status and sentence, the point at which it fails, the two sides and their values
    there; for what is undecided, why.

    >>> from symrisk import Claim, Region
    >>> from symrisk.catalogue import check_claim
    >>> from symrisk.symbols import p, w
    >>> wrong = Claim("a weight is at most one half", w, "<=", "1/2", on=Region(w <= 1))
    >>> print("\\n".join(failure(check_claim("mine", wrong))))
    refuted: a weight is at most one half
      fails at w = 2/3, where 2/3 <= 1/2 is false
        left   w    =  2/3
        right  1/2
    """
    head = f"{result.status}: {result.claim}"
    verdict = result.verdict
    if verdict is None:
        return [head, f"  {result.by}"]
    lines = [head]
    if verdict.claim.says != result.claim:
        lines.append(f"  claim: {verdict.claim.says}")
    if verdict.witness:
        point = ", ".join(f"{name} = {value}" for name, value in _sorted(verdict.witness))
        lines.append(f"  fails at {point}{verdict.said}")
        lines += [f"    {line}" for line in _sides(verdict)]
        return lines + [f"  {reason}" for reason in verdict.assumes]
    lines += [f"  {reason}" for reason in verdict.assumes or [NO_METHOD]]
    return lines + [f"    {line}" for line in _sides(verdict)]


def _sorted(witness):
    return sorted(witness.items(), key=str)


def _sides(verdict):
    """The sides as they were written, with their values at the witness where these are known."""
    sides = verdict.claim.relation.compared
    names = [shorten(side.title, LONGEST, placeholder=" ...") for side in sides]
    wide = max(map(len, names))
    values = [brief(value) for value in verdict.values] or ["", ""]
    for place, name, value in zip(("left ", "right"), names, values, strict=True):
        is_told = value in ("", name)
        yield f"{place}  {name}" if is_told else f"{place}  {name:<{wide}}  =  {value}"
