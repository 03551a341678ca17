"""The sign of a quantity along one variable: what stays of it once every factor of known sign is
taken out.

On a cell with x last, x = image(s) for a coordinate s > 0.  The core, as a polynomial in s, changes
sign as often as its coefficients allow (Descartes): no variation, no zero; one variation, exactly
one zero.  A coefficient whose sign the hypotheses leave open turns into a condition.
"""

from dataclasses import dataclass, replace

import sympy

from symrisk.derive.along.letters import written
from symrisk.derive.tidy import as_relation, tidy
from symrisk.engine.algebra.rational import coefficients_in, degree_in, homogeneous_substitute
from symrisk.engine.algebra.signs import Sign
from symrisk.engine.cells.cell import Cell, Condition
from symrisk.engine.cells.conditions import simplified
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.errors import DomainError, NoMethod
from symrisk.language.bounds import Bounds
from symrisk.language.relation import Relation


@dataclass(frozen=True)
class Profile:
    """How the sign of a quantity runs along x, on one cell.

    sign: of the factors whose sign is known.  core: the product of the others, a polynomial in the
    variables (1 if none). coefficients: those of the core in the coordinate s, lowest first, each
    with its sign where known; `powers` of s. rising: whether x grows with s.  ratio: the quantity
    itself.  rest: the region of the other letters.
    """

    space: object
    cell: Cell
    x: sympy.Symbol
    sign: Sign
    core: object
    coefficients: tuple
    powers: tuple
    rising: bool
    ratio: object
    rest: object = None

    @property
    def is_settled(self):
        """Whether the sign is the same everywhere."""
        return self.core.is_constant()

    @property
    def degree(self):
        """The degree of the core in x."""
        return degree_in(self.core, self.space.field.index[self.x])

    @property
    def depends_on_x(self):
        return self.degree > 0

    @property
    def open(self):
        """The coefficient whose sign the hypotheses leave open, or None; NoMethod where there are
        several.
        """
        unknown = [poly for poly, sign in self.coefficients if sign.value is None]
        if len(unknown) > 1:
            raise NoMethod(
                f"{len(unknown)} signs along {self.x} are left open; intersect the region with one "
                f"of them"
            )
        return unknown[0] if unknown else None

    def variations(self, assumed=0):
        """Sign changes among the coefficients, the open one taken as `assumed` (+1, -1 or 0: left
        out).
        """
        signs = [assumed if sign.value is None else sign.value for _, sign in self.coefficients]
        signs = [s for s in signs if s]
        return sum(a != b for a, b in zip(signs, signs[1:], strict=False))

    def at_start(self, assumed=0):
        """The sign of the quantity just after s = 0."""
        signs = [assumed if sign.value is None else sign.value for _, sign in self.coefficients]
        return self.sign.value * next((s for s in signs if s), 0)

    @property
    def base(self):
        """The cell of the other variables."""
        return Cell(self.space.field, self.cell.links[:-1], self.cell.side)

    def condition(self, wanted):
        """The open coefficient being positive (wanted = 1) or negative (-1), as a Relation; solved
        for a letter if it can be.
        """
        poly = simplified([self.base], Condition(self.open, True)).poly * wanted
        solved = (self._solved(poly, symbol) for symbol in self._letters(poly))
        return next(
            (relation for relation in solved if relation is not None),
            as_relation(self._shown(poly), self.rest),
        )

    def _letters(self, poly):
        """The letters of a polynomial: ratios and noise before sizes."""
        symbols = [s for s in self.space.symbols if degree_in(poly, self.space.field.index[s]) == 1]
        return sorted(symbols, key=lambda s: (getattr(s, "kind", "") == "count", str(s)))

    def _solved(self, poly, symbol):
        parts = coefficients_in(poly, self.space.field.index[symbol])
        sign = self.base.sign(parts[1])
        if not sign.value or not sign.strict or 0 not in parts:
            return None
        bound = tidy(self._shown(-parts[0]) / self._shown(parts[1]), self.rest)
        return Relation(symbol, ">" if sign.value > 0 else "<", bound)

    def _shown(self, poly):
        return sympy.factor(written(self.space, self.space.field.polynomial(poly)))

    @property
    def core_expression(self):
        return self.space.field.polynomial(self.core)


def shape(line):
    """(the Profile of a line's slope, None), or (None, why there is none): it is by cases, or moves
    with a radical in x.

    Where nothing bounds x, or it is whole, none is asked for.
    """
    is_free = line.interval.lower is None and line.interval.upper is None
    if line.x.is_integer or is_free or line.expression.has(sympy.Piecewise):
        return None, None
    try:
        return profile(line, line.slope), None
    except NoMethod as error:
        return None, str(error)


def profile(line, expression):
    """The Profile of an expression along a line; NoMethod where x's interval needs several cells
    that disagree.
    """
    region, x = line.region, line.x
    for name, root in line.roots.items():
        if not root.is_algebraic and x in root.free_symbols:
            raise NoMethod(
                f"{name} {root.solves} that moves with {x}: it is not held while {x} varies"
            )
    roots = rested_on(line.roots, [expression, *(relation.slack for relation in region.premises)])
    space = region.space(expression, x, roots=roots, keep=x)
    ratio = space.convert(expression)
    found = [
        _on_cell(space, cell, ratio, x)
        for cell in space.cells(x)
        if cell.links[-1].coordinate is not None
    ]
    if not found:
        raise DomainError(f"{x} has no room to vary in {region}")
    if not all(f.is_settled for f in found):
        _refuse_moving_roots(space, x)
    if len(found) > 1:
        cells = "; ".join(str(Bounds(space, f.cell)) for f in found)
        raise NoMethod(f"{x} runs over {len(found)} cells; intersect the region with one: {cells}")
    return replace(found[0], rest=line.interval.rest)


def _refuse_moving_roots(space, x):
    """Where a root or a mean moves with x, it can't be held while x varies: only a sign that is the
    same everywhere counts.
    """
    for root in space.generators.roots.values():
        if space.generators.rewrite(root.polynomial).has(x):
            name = written(space, root.unknown)
            raise NoMethod(
                f"{name} moves with {x}; claim the sign under a condition, or ask along another "
                f"name"
            )
    for mean in space.generators.moments.reading.values():
        if x in mean.free_symbols:
            raise NoMethod(
                f"{mean} moves with {x}; claim the sign under a condition, or ask along another "
                f"name"
            )


def _on_cell(space, cell, ratio, x):
    constant, factors = ratio.factors()
    sign, core = (
        Sign((constant > 0) - (constant < 0), constant != 0),
        space.field.context.constant(1),
    )
    for poly, power in factors:
        known = cell.sign(poly)
        if known.value is not None:
            sign = sign * known.power(abs(power))
        elif power % 2:
            core *= poly
    powers, coefficients = _coefficients(cell, core)
    return Profile(space, cell, x, sign, core, coefficients, powers, _is_rising(cell), ratio)


def _coefficients(cell, core):
    link = cell.links[-1]
    pulled, _ = homogeneous_substitute(core, link.variable, link.image)
    base = Cell(cell.algebra, cell.links[:-1], cell.side)
    parts = coefficients_in(pulled, link.coordinate)
    powers = tuple(sorted(parts))
    return powers, tuple((parts[k], base.sign(parts[k])) for k in powers)


def _is_rising(cell):
    """Whether the image grows with its coordinate: it starts at the lower bound, or is lower +
    s.
    """
    link = cell.links[-1]
    return link.lower is not None and not (link.upper is not None and link.upper.closed)
