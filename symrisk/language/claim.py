"""Claims: `lhs rel rhs` on a region, kept as two sides until somebody asks."""

from dataclasses import dataclass

import sympy
from sympy.core.relational import Relational

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.apart import told_apart
from symrisk.engine.expressions.demands import demands, put_all
from symrisk.engine.expressions.mean import Mean, varies, write_out_means
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.engine.noun import Noun, cached_property
from symrisk.errors import ArgumentError, DomainError
from symrisk.language.expression import exact_expression, refuse_namesakes
from symrisk.language.law_hypotheses import hypotheses_of_laws
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region
from symrisk.language.relation import Relation, as_relations, expand, letters, refuse_unclear, roots_of


@dataclass(frozen=True, init=False, repr=False)
class Claim(Noun):
    """A statement in words with its two sides: `lhs rel rhs` at every point of a region.

    says: a full sentence with a verb.  lhs, rhs: formulas, expressions or exact numbers; rel: <, <=, ==, >= or >.
    on: hypotheses beyond those the formulas themselves hold on (a Region or one relation); a claim holds on the
    intersection.  iff: conditions that say exactly where the relation holds; the claim is then the equivalence.

    >>> from symrisk.symbols import w
    >>> inflation = (w**2 + (1 - w)**2)/(w*(2 - w))
    >>> Claim("mixing reduces the variance exactly between a third and one", inflation, "<", 1,
    ...       on=Region(w > 0, w <= 1), iff=(w > sympy.Rational(1, 3), w < 1))
    Claim: mixing reduces the variance exactly between a third and one
    """

    says: str
    relation: Relation
    on: Region
    iff: tuple
    implicit: tuple
    needs: tuple | None = None

    def __init__(self, says, lhs, rel, rhs, *, on=None, iff=(), roots=None, needs=None):
        if not isinstance(says, str):
            raise ArgumentError(f"a claim begins with its sentence; not {says!r}")
        region = Region() if on is None else on if isinstance(on, Region) else Region(on)
        iff = iff if isinstance(iff, (tuple, list)) else (iff,)
        fields = {"says": says, "relation": Relation(_side(says, lhs), rel, _side(says, rhs)), "on": region,
                  "iff": tuple(r for condition in iff for r in as_relations(condition)),
                  "implicit": tuple((roots or {}).items()), "needs": needs}
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def __repr__(self):
        return f"Claim: {self.says}"

    @property
    def sides(self):
        return self.relation.lhs, self.relation.rhs

    @property
    def region(self):
        """Where the claim is made: the formulas' regions and its own, in inputs.  DomainError for a foreign symbol."""
        return self._place[0]

    @property
    def roots(self):
        """The implicit names of sides and region, name -> Root."""
        return self._place[1]

    @cached_property
    def _place(self):
        """(region, roots), implicit names told apart in all of it."""
        region, known = Region(), dict(self._told)
        for side, names in zip(self.sides, self.primed, strict=True):
            region = region & side.region.renamed(names) if hasattr(side, "region") else region
        own = [Relation(self._written_out(r.lhs), r.rel, self._written_out(r.rhs)) for r in self.on.hypotheses]
        laws = hypotheses_of_laws(self._plain_sides)
        region = (region & Region(*own, *laws, over=self.on.over)).charted(self.on.chart or region.chart)
        premises = region.premises_beside(known)
        region = region if premises == region.premises else Region(*premises, over=region.over).charted(region.chart)
        self._refuse_foreign_symbols(region, known)
        return region, known

    @cached_property
    def expanded(self):
        """The two sides in inputs and implicit names; a name that one side defines means the same in the other.

        A name that both define, and not in the same way, has a prime in the second.
        """
        moved = [expand(side).xreplace(names) for side, names in zip(self.sides, self.primed, strict=True)]
        return tuple(write_out_means(self._put_in(side)) for side in moved)

    @property
    def _plain_sides(self):
        """The sides, and those of its own hypotheses and conditions, that are expressions: they bring no region along."""
        relations = (self.relation, *self.on.hypotheses, *self.iff)
        sides = [side for r in relations for side in (r.lhs, r.rhs)]
        return [self._put_in(sympy.sympify(side)) for side in sides if not isinstance(side, Quantity)]

    @cached_property
    def demands(self) -> tuple:
        """What must hold on the region for the sides and the hypotheses to have values; see `engine.demands`.

        `needs` where this is a case of another claim: what that one divides by is asked for before a case cancels it.
        """
        if self.needs is not None:
            return self.needs
        found = []
        for side, names in zip(self.sides, self.primed, strict=True):
            found += put_all(self._demands_of(side), lambda e, names=names: e.xreplace(names))
        for premise in self.region.premises:
            for side in (premise.lhs, premise.rhs):
                found += self._demands_of(side)
        return put_all(found, lambda e: write_out_means(self._put_in(e)))

    @cached_property
    def _told(self):
        """The claim's implicit names, name -> Root: its own, then those of each side, told apart."""
        return self._telling[0]

    @property
    def primed(self):
        """For each side, {name: primed name} of what is defined otherwise before it."""
        return self._telling[1]

    @cached_property
    def _telling(self):
        known = dict(self.implicit)
        taken = letters((*self.sides, *(side for r in (*self.on.hypotheses, *self.iff) for side in (r.lhs, r.rhs))))
        return known, tuple(told_apart(roots_of(side), known, taken) for side in self.sides)

    def _written_out(self, side):
        """A side or a hypothesis in inputs and implicit names, if it is an expression: a formula is kept."""
        if hasattr(side, "graph"):
            return side
        side = expand(side)
        refuse_unclear(self.says, side.free_symbols, {s for s in side.free_symbols if self._is_unclear(s)})
        return self._put_in(side)

    def _is_unclear(self, letter):
        """Whether the sides define a letter in two ways, and the claim itself does not."""
        defining = [(side.graph, names) for side, names in zip(self.sides, self.primed, strict=True)
                    if hasattr(side, "graph") and letter in side.graph.lookup]
        return letter not in dict(self.implicit) and len({graph.expand(letter).xreplace(names) for graph, names in defining}) > 1

    def _put_in(self, expression):
        """An expression with what a side defines explicitly put in."""
        for side, names in zip(self.sides, self.primed, strict=True):
            if hasattr(side, "graph"):
                known = {s: side.graph.expand(s).xreplace(names) for s in expression.free_symbols & side.graph.lookup.keys()}
                expression = expression.xreplace({s: body for s, body in known.items() if s not in side.roots})
        return expression

    def _refuse_foreign_symbols(self, region, roots):
        for part in (*self.sides, *(s for r in self.iff for s in (r.lhs, r.rhs))):
            known = {*region.symbols, *roots, *roots_of(part)}
            used = self._put_in(expand(part)).free_symbols
            refuse_namesakes(self.says, used | known)
            foreign = sorted(map(str, used - known))
            if foreign:
                over = ", ".join(map(str, region.symbols)) or "nothing"
                raise DomainError(f"{self.says}: {foreign[0]} is no symbol of its region, which is over {over}; "
                                  f"add it with Region(..., over=({foreign[0]},))")

    def _demands_of(self, side):
        return side.demands if isinstance(side, Quantity) else demands(side, self._told)

    @cached_property
    def parts(self):
        """What is to be decided: each case of a definition by cases on its own; an equivalence in both directions."""
        self._refuse_foreign_symbols(self.region, self.roots)
        if not self.iff:
            return self._by_cases()
        spoken = self._conditions_have_values()
        where = self._on(self.says, self.relation, Region(*self.iff))
        fails = [self._on(f"{self.says}: not where {c.negated}", self.relation.negated, Region(c.negated)) for c in self.iff]
        asked = (spoken, where, *fails) if spoken.needs else (where, *fails)
        return tuple(part for claim in asked for part in claim.parts)

    def _conditions_have_values(self):
        """That each condition of an equivalence has a value all over the region: where it has none it says nothing.

        A formula in a condition holds on a region of its own, and so does the claim.
        """
        sides = [side for condition in self.iff for side in (condition.lhs, condition.rhs)]
        region = self.region
        for side in sides:
            region = region & side.region if isinstance(side, Quantity) else region
        needs = put_all([d for side in sides for d in self._demands_of(side)], lambda e: write_out_means(self._put_in(e)))
        return Claim(f"{self.says}: its conditions have values", 0, "==", 0, on=region, roots=self.roots, needs=needs)

    def _by_cases(self, asked=frozenset()):
        """One claim for each way in which the first condition of a case can turn out, and that it has a value at all.

        asked: demands that were put as a claim of their own already, on a region in which this one lies.
        """
        condition, is_hypothesis = self._first_condition()
        if condition is None:
            return (self._spoken(),)
        ways = [self._where(condition, truth, relation) for truth, relation in _ways(condition)]
        # Where a hypothesis has no value it does not hold; elsewhere such a point would be in none of the ways.
        needs = () if is_hypothesis else self._needs_of(condition)
        if not asked.issuperset(needs):
            asked = asked.union(needs)
            roots = {**self.region.roots, **self.roots}
            ways.insert(0, Claim(f"{self.says}: {condition} has a value", 0, "==", 0, on=self.region, roots=roots, needs=needs))
        return tuple(part for way in ways for part in way._by_cases(asked))

    def _spoken(self):
        """The claim, or where its sides have no value, that they have: it holds where there is no point, and fails nowhere."""
        if not any(demand.is_pole and not demand.guards for demand in self.demands):
            return self
        return Claim(self.says, 0, "==", 0, on=self.region, roots=self.region.roots, needs=self.demands)

    def _first_condition(self):
        """(the condition that is asked first, None if there is none; whether a hypothesis asks it)."""
        for premise in self.region.premises:
            condition = _first_condition(premise.slack)
            if condition is not None:
                return condition, True
        guarded = []
        for demand in self.demands:
            # Its base is spoken of only where the guards hold.
            guarded += [guard for guard, _ in demand.guards] or (demand.base, *(demand.root.written if demand.root else ()))
        ends = [end for root in self._used_roots().values() for end in root.written]
        found = (_first_condition(expression) for expression in (*self.expanded, *guarded, *ends))
        return next((condition for condition in found if condition is not None), None), False

    def _needs_of(self, condition):
        """What a condition needs in order to have a value."""
        found = [demand for side in condition.args for demand in demands(side, self._told)]
        return put_all(found, write_out_means)

    def _used_roots(self):
        """The roots that the sides and the region speak of, and those that these rest on."""
        known = {**self.region.roots, **self.roots}
        return rested_on(known, (*self.expanded, *(r.slack for r in self.region.premises)))

    def _where(self, condition, truth, relation):
        """The claim where a case's condition is known to hold, or not to; of the roots, those that it still needs."""
        def known(expression):
            # What is divided by zero now, or has no case left, stands where a demand fails: any value will do for it.
            return expression.subs(condition, truth).xreplace(dict.fromkeys((sympy.zoo, sympy.nan), sympy.Integer(0)))

        left, right = map(known, self.expanded)
        premises = [_known_premise(r, known) for r in self.region.premises]
        needs = put_all(self.demands, known)
        roots = {name: root.where(condition, truth) for name, root in {**self.region.roots, **self.roots}.items()}
        region = Region(*premises, relation, over=self.region.over)
        says = f"{self.says}, {relation}"
        half = Claim(says, left, self.relation.rel, right, on=region, roots=roots, needs=needs)
        used = half._used_roots()
        return half if used == roots else Claim(says, left, self.relation.rel, right, on=region, roots=used, needs=needs)

    def _on(self, says, relation, conditions):
        """A relation between the claim's sides under further conditions."""
        return Claim(says, relation.lhs, relation.rel, relation.rhs, on=self.on & conditions, roots=dict(self.implicit))

    def latex(self):
        """The relation, and where it is claimed to hold."""
        conditions = Region(*self.iff).latex()
        equivalence = f" \\iff {conditions}" if self.iff else ""
        where = self.on.latex()
        return self.relation.latex() + equivalence + (f" \\qquad ({where})" if where else "")

    def _repr_latex_(self):
        return tex.display(self.latex())


def _known_premise(premise, known):
    """A premise with a case's condition known in it."""
    if not (premise.slack.has(sympy.Piecewise) or premise.roots):
        return premise
    rel = ">" if premise.strict else "==" if premise.rel == "==" else ">="
    return Relation(known(premise.slack), rel, sympy.Integer(0))


def _first_condition(expression):
    """The relation between expressions without cases that is asked first when an expression is evaluated, or None.

    A case is asked after the cases before it, and what stands in it after its condition.  What varies over a law is bound by
    its mean: whether it is above a threshold is no case of the claim, for it is so at some eigenvalues and not at others.
    """
    if isinstance(expression, Relational):
        inner = (_first_condition(side) for side in expression.args)
        return next((c for c in inner if c is not None), None if any(map(varies, expression.free_symbols)) else expression)
    if not isinstance(expression, sympy.Basic) or not expression.has(Relational):
        return None
    parts = expression.args
    if isinstance(expression, sympy.Piecewise):
        parts = [part for value, condition in expression.args for part in (condition, value)]
    elif not isinstance(expression, Mean):
        parts = sorted(parts, key=sympy.default_sort_key)
    found = map(_first_condition, parts)
    return next((condition for condition in found if condition is not None), None)


def _ways(condition):
    """(truth of a relation, the hypothesis that says so), for each way in which it can turn out."""
    if isinstance(condition, (sympy.Eq, sympy.Ne)):
        equal = isinstance(condition, sympy.Eq)
        sides = condition.lhs, condition.rhs
        yield sympy.true if equal else sympy.false, Relation(sides[0], "==", sides[1])
        for rel in ("<", ">"):
            yield sympy.false if equal else sympy.true, Relation(sides[0], rel, sides[1])
        return
    relation = as_relations(condition)[0]
    yield sympy.true, relation
    yield sympy.false, relation.negated


def _side(says, value):
    return value if isinstance(value, Quantity) else exact_expression(says, value)
