"""What proves a case of which no point is left."""

from symrisk.decide import prose, read
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.empty import check_empty

FIELDS = {
    "region": str,
    "fails": int,
    "given": [int],
    "rel": ("<", "<=", ">=", ">"),
    "certificate": dict,
}
PROOF = Proof("empty", FIELDS, check_empty, read.empty, prose.empty)
