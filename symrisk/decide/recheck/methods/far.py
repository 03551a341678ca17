"""What proves a limit of which no point is near."""

from symrisk.decide import prose, read
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.limits.far import check_far

FIELDS = {
    "name": str,
    "point": str,
    "side": (1, -1),
    "fails": int,
    "given": [int],
    "rel": ("<", ">"),
    "certificate": dict,
}
PROOF = Proof("far", FIELDS, check_far, read.far, prose.far)
