from symrisk.decide.proof import Proof
PROOF = Proof("expansion", {"name": str, "point": str, "side": (1, -1), "replaced": list, "tree": dict, "rests_on": [str]}, lambda p, c: None, lambda c: [str(c)[:3000]])
