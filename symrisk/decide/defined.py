"""Whether the sides of a claim have values all over its region: a claim about what does not exist proves nothing.

Every denominator written in a side must keep off zero, every radicand must not be negative, and an implicit root must be
met by a change of sign between its ends.  All this is asked of the region's own cells, before roots become coordinates.
What a mean divides by must not be negative; eigenvalues at which it vanishes are none of the law's, or there is no mean.
Under a limit, what moves with its name is divided by close to the point only: `germ` looks there.
"""

import sympy

from symrisk.engine.mean import Mean, is_bound
from symrisk.engine.moments import COMMON
from symrisk.engine.space import Space
from symrisk.errors import NoMethod
from symrisk.limit import LimitOf


def refuse_undefined(problem):
    """NoMethod where a side is not shown to have a value at every point of the region."""
    expressions = [*problem.sides, *(r.slack for r in problem.region.premises)]
    partial = dict.fromkeys(pair for e in expressions for pair in _partial(e) if not pair[0].is_number)
    names = {node.args[1] for side in problem.sides for node in side.atoms(LimitOf)}
    moving = names | {name for name, root in problem.space.generators.roots.items() if root.free_symbols & names}
    roots = [root for root in problem.space.generators.roots.values() if root.radicand is None and not root.sure]
    signs = Signs(problem)
    for base, is_radicand in partial:
        if not (is_radicand or not base.free_symbols & moving) or _shown_by_letters(base, is_radicand):
            continue
        if any(map(is_bound, base.free_symbols)) and not is_radicand and _shown_by_letters(base, True):
            continue
        if not any(all(_shown(sign, is_radicand) for sign, in cells) for cells in signs.readings(base)):
            wanted = "non-negative" if is_radicand else "different from zero"
            raise NoMethod(f"{base} is not shown to be {wanted} on the region: the claim's sides may have no value")
    for root in roots:
        _check_root(root, signs)


def divisors(expression):
    """What an expression divides by, wherever it stands; numbers left out."""
    return list(dict.fromkeys(base for base, is_radicand in _partial(expression) if not is_radicand and not base.is_number))


def _shown_by_letters(base, is_radicand):
    """Whether the signs in the symbols' meanings are enough: then the hypotheses need not be asked."""
    if not base.is_rational_function() or not all(s.is_nonnegative for s in base.free_symbols):
        return False
    space = Space((), (base,))
    ratio = space.convert(base)
    return all(_shown(cell.sign(ratio.num) * cell.sign(ratio.den), is_radicand) for cell in space.cells())


def _shown(sign, is_radicand):
    return sign.implies(strict=False) if is_radicand else bool(sign.value and sign.strict)


def _partial(expression):
    """What an expression divides by (base, False) and takes roots of (base, True), wherever it stands."""
    for node in sympy.preorder_traversal(expression):
        if node.is_Pow and not node.exp.is_Integer and node.exp.is_Rational:
            yield node.base, True
        if node.is_Pow and node.exp.could_extract_minus_sign():
            yield node.base, False


class Signs:
    """Signs of expressions: on the region itself where they hold no root, on the claim's own cells where they do."""

    def __init__(self, problem):
        self.problem = problem
        self.generated = {*problem.space.generators.roots, *problem.space.generators.powers}
        self.plain = problem.region.bare

    def _has_generator(self, expression):
        return bool(self.problem.space.generators.rewrite(expression).free_symbols & self.generated)

    def readings(self, expression):
        """The signs of an expression, a tuple a cell; with means in it, in each choice of letters that stand for them."""
        yield self.of(expression)
        if expression.has(Mean):
            yield self.of(expression, independent=COMMON)

    def of(self, *expressions, independent=False):
        """The signs of expressions, a tuple a cell."""
        space = self._space(expressions, independent)
        ratios = [space.convert(e) for e in expressions]
        return [tuple(cell.sign(r.num) * cell.sign(r.den) for r in ratios) for cell in space.cells()]

    def _space(self, expressions, independent):
        """The region's own where no root is spoken of; of its symbols, those in question are enough."""
        if any(e.has(Mean) for e in expressions):
            return self.problem.region.space(*expressions, roots=self.problem.claim.roots, independent=independent)
        if any(map(self._has_generator, expressions)):
            return self.problem.space
        symbols = set().union(*(e.free_symbols for e in expressions))
        return self.plain if symbols <= set(self.plain.symbols) else self.problem.region.space()


def _check_root(root, signs):
    """A change of sign between the ends; an infinite end counts by the leading coefficient."""
    if not all((-low * high).implies(strict=True) for low, high in signs.of(*_ends(root))):
        raise NoMethod(f"{root.unknown} is not shown to exist: {root.polynomial} need not change sign between "
                       f"{root.between[0]} and {root.between[1]}")


def _ends(root):
    poly = sympy.Poly(root.polynomial, root.unknown)
    return [_end(poly, end) for end in root.between]


def _end(poly, end):
    if end in (sympy.oo, -sympy.oo):
        return poly.LC() * (1 if end == sympy.oo else (-1) ** poly.degree())
    value = poly.eval(end)
    # A zero at the end itself is not the root meant: just inside, the next coefficient has the say.
    return poly.diff().eval(end) if value == 0 else value
