"""What proves a limit by expansions."""

from symrisk.decide import prose, read
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.expansions.tree import check_expansion
from symrisk.decide.recheck.shape import expansion_node

FIELDS = {
    "name": str,
    "point": str,
    "side": (1, -1),
    "replaced": [{"hypothesis": int, "name": str}],
    "tree": expansion_node,
    "rests_on": [str],
}
PROOF = Proof("expansion", FIELDS, check_expansion, read.expansion, prose.expansion)
