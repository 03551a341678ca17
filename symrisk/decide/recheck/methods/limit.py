"""What proves a limit."""

from symrisk.decide import prose, read
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.limits.limit import check_limit
from symrisk.decide.recheck.shape import REGIME

FIELDS = {
    "name": str,
    "point": str,
    "side": (1, -1),
    "letter": str,
    "image": str,
    "held": [str],
    "regimes": [REGIME],
    "rests_on": [str],
}
PROOF = Proof("limit", FIELDS, check_limit, read.limit, prose.limit)
