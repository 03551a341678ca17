"""One value over a law never seen before, against one over a law seen a moment ago, and against
planning the call for that law alone.
"""

from itertools import count

from benchmarks.ratio import ratio
from symrisk.language.call import plan as plans
from symrisk.laws.law import Atoms
from symrisk.theorems.ridge.effective_ridge import ridge_risk
from symrisk.theorems.transfer.multi_source import min_norm_risk_of_3, ridge_risk_of_2

POINTS = {
    ridge_risk: {"gamma": 2.0, "lam": 0.5, "theta_sq": 2.0},
    ridge_risk_of_2: {
        **{"n1": 100, "n2": 150, "p": 600, "mu": 0.5},
        **{"sigma1_sq": 1.0, "sigma2_sq": 0.5},
    },
    min_norm_risk_of_3: {
        **{"n1": 100, "n2": 150, "n3": 50, "p": 600},
        **{"sigma1_sq": 1.0, "sigma2_sq": 0.5, "sigma3_sq": 2.0},
    },
}
NUMBERS, RUNS = count(1), 15


def new_law(variables):
    """Four atoms that no law had before."""
    first = next(NUMBERS)
    atoms = {
        tuple(f"{first + k * (place + 1)}/7" for place, _ in enumerate(variables)): "1/4"
        for k in range(4)
    }
    return Atoms(atoms, of=variables)


def against_planning(formula, point):
    """Print what a new law costs, as milliseconds and as two ratios."""
    variables = tuple(sorted(formula.graph.bound, key=str))
    letters = [s for s in formula.graph.names if s.kind == "law"]
    seen = new_law(variables)
    laws = iter([new_law(variables) for _ in range(2 * RUNS)])

    def value(law):
        return formula(**point, **{letter.name: law for letter in letters})

    def planned_alone():
        law = next(laws)
        plans._planned(formula.at(dict.fromkeys(letters, law)), frozenset(point), ())

    new, again, more = ratio(lambda: value(next(laws)), lambda: value(seen), runs=RUNS)
    _, alone, _ = ratio(lambda: None, planned_alone, runs=5)
    print(
        f"{formula.title:20s} new law {new * 1e3:6.2f} ms (bar 3), seen {again * 1e3:6.2f} ms: "
        f"{more:.2f} x; its own plan alone {alone * 1e3:6.2f} ms: {new / alone:.2f} x"
    )


def main():
    for formula, point in POINTS.items():
        against_planning(formula, point)


if __name__ == "__main__":
    main()
