"""The equations that names of a claim solve, as the claim states them: what is proved of them, and
looked at again, is no matter of this file.
"""

from itertools import chain, product

from symrisk.decide.witnesses.witness import definitions


def systems(claim):
    """The cases of each system of equations that names of a claim solve, each system once."""
    found = {}
    for root in definitions(claim).values():
        if root.together not in found and root.cases():
            found[root.together] = root.cases()
    return list(found.values())


def cases(claim):
    """Every choice of one case of each system, as the list of its equations."""
    return [list(chain.from_iterable(choice)) for choice in product(*systems(claim))]


def unseen(claim):
    """The implicit names of a claim that are no zeros of polynomials, name -> Unknown."""
    return {name: root for name, root in claim.unknowns.items() if not root.is_algebraic}


def frame(problem):
    """The space of the claim's sides and of its equations."""
    equations = chain.from_iterable(cases(problem.claim))
    spoken = (*problem.sides, *equations)
    return problem.region.space(*spoken, roots=problem.claim.roots, with_functions=True)
