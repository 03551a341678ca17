"""A grounded Laplacian system eliminated into names, without subtraction: what `grounded` does
on arrays, as definitions.
"""

import sympy

from symrisk.symbols import symbol

WORDS = {"W": "tie", "r": "ground", "v": "lever", "d": "pivot", "x": "step"}
"""The letters' names in code: none that a theorem might use."""


def eliminated(prefix, W, ground, right):
    """(definitions {name: expression}, the solution's names) of H x = right.

    H has -W[k, m] off the diagonal (k > m) and rows summing to ground[k]; see `engine.grounded`.
    """
    names, size = {}, len(ground)
    W, ground, right = dict(W), list(ground), list(right)

    def name(letter, body, *places, **sign):
        if body.is_Symbol or body.is_Number:
            return body
        mark = "".join(str(k + 1) for k in places)
        found = symbol(
            f"{prefix}{WORDS[letter]}{mark}",
            rf"{letter}_{{{mark}}}",
            "an elimination's step",
            **sign,
        )
        while found in names:
            mark += "'"
            tagged = mark.replace("'", "_")
            found = symbol(
                f"{prefix}{WORDS[letter]}{tagged}",
                rf"{letter}_{{{mark}}}",
                "an elimination's step",
                **sign,
            )
        names[found] = body
        return found

    pivots = [None] * size
    for k in reversed(range(size)):
        W.update({(k, m): name("W", W[k, m], k, m, nonnegative=True) for m in range(k)})
        ground[k], right[k] = name("r", ground[k], k, nonnegative=True), name("v", right[k], k)
        pivots[k] = name("d", sympy.Add(ground[k], *(W[k, m] for m in range(k))), k, positive=True)
        for m in range(k):
            share = W[k, m] / pivots[k]
            ground[m], right[m] = ground[m] + share * ground[k], right[m] + share * right[k]
            W.update({(m, j): W[m, j] + share * W[k, j] for j in range(m)})
    solution = []
    for k in range(size):
        solution.append(
            name(
                "x", sympy.Add(right[k], *(W[k, m] * solution[m] for m in range(k))) / pivots[k], k
            )
        )
    return names, solution
