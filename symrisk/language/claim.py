"""Claims: `lhs rel rhs` on a region, kept as two sides until somebody asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from sympy.core.relational import Relational

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.demands import DIVISOR, Demand, demands, put_all
from symrisk.engine.expressions.limit_of import LimitOf
from symrisk.engine.expressions.markdown import displayed, prose, whole
from symrisk.engine.expressions.mean import write_out_means
from symrisk.engine.expressions.rested_on import rested_on
from symrisk.engine.noun import Noun, cached_property
from symrisk.errors import ArgumentError, DomainError
from symrisk.language.asymptotic import SIGN, Asymptotic
from symrisk.language.cases import Case, cases_of, first_of
from symrisk.language.expression import as_given, refuse_namesakes
from symrisk.language.in_parts import in_parts, speaks_of_complex
from symrisk.language.law_hypotheses import hypotheses_of_laws
from symrisk.language.names.meanings import Meanings
from symrisk.language.names.together import written_together
from symrisk.language.region import Region
from symrisk.language.relation import Relation, as_relations
from symrisk.language.side import Side

# SymPy has no types of its own: its expressions pass, and named here would let all pass.
Compared: TypeAlias = Side | int | Fraction | str
"""What an author writes on a side: a formula, an expression, or a number that is exact."""


@dataclass(frozen=True, init=False, repr=False)
class Claim(Noun):
    """A statement in words with its two sides: `lhs rel rhs` at every point of a region.

    says: a full sentence with a verb.  lhs, rhs: formulas, expressions or exact numbers; rel: <,
    <=, ==, >= or >.  on: hypotheses beyond those the formulas themselves hold on (a Region or one
    relation); a claim holds on the intersection.  iff: conditions that say exactly where the
    relation holds; the claim is then the equivalence.  when: with the relation ~, which says that
    lhs/rhs tends to 1 as a name tends to a point: (name, point), or (name, point, "-") from below;
    all other names stay as they are.
    by: relations that hold for every t as well, an invariant: they are proved first, together, by
    induction, and the claim from them.

    >>> from sympy import Rational
    >>> from symrisk.symbols import w
    >>> inflation = (w**2 + (1 - w)**2)/(w*(2 - w))
    >>> Claim("mixing reduces the variance exactly between a third and one", inflation, "<", 1,
    ...       on=Region(w > 0, w <= 1), iff=(w > Rational(1, 3), w < 1))
    Claim: mixing reduces the variance exactly between a third and one
    """

    says: str
    relation: Relation
    on: Region
    iff: tuple
    implicit: tuple
    needs: tuple | None = None
    near: tuple = ()
    by: tuple = ()

    def __init__(
        self,
        says: str,
        lhs: Compared,
        rel: str,
        rhs: Compared,
        *,
        on: Region | Relation | Relational | None = None,
        iff: Relation | Relational | Sequence[Relation | Relational] = (),
        roots: Mapping | None = None,
        needs: tuple | None = None,
        when: tuple | None = None,
        near: tuple = (),
        by: Relation | Relational | Sequence[Relation | Relational] = (),
    ):
        if not isinstance(says, str):
            raise ArgumentError(f"a claim begins with its sentence; not {says!r}")
        relation = _related(says, as_given(says, lhs), rel, as_given(says, rhs), when)
        region, conditions = _as_region(on), []
        for condition in iff if isinstance(iff, (tuple, list)) else (iff,):
            conditions += as_relations(condition)
        invariant: list = []
        for each in by if isinstance(by, (tuple, list)) else (by,):
            invariant += as_relations(each)
        fields = {
            "says": says,
            "relation": relation,
            "on": region,
            "iff": tuple(conditions),
            "implicit": tuple((roots or {}).items()),
            "needs": needs,
            "near": tuple(near),
            "by": tuple(invariant),
        }
        if conditions and isinstance(relation, Asymptotic):
            wrong = "says nothing of single points, and has no equivalence"
            raise ArgumentError(f"{says}: {relation} {wrong}; give its hypotheses with on=")
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def __repr__(self):
        return f"Claim: {self.says}"

    @property
    def sides(self) -> tuple:
        """The two sides as the author wrote them."""
        return self.relation.lhs, self.relation.rhs

    @property
    def when(self) -> tuple | None:
        """(name, point, side) of an asymptotic equality; None for other claims."""
        relation = self.relation
        if not isinstance(relation, Asymptotic):
            return None
        return relation.name, relation.point, relation.side

    @cached_property
    def meanings(self) -> Meanings:
        """What the names in it mean: those that the claim says itself, and those of its sides."""
        beside = _sides_of((*self.on.hypotheses, *self.iff, *self.by))
        return Meanings(self.relation.compared, dict(self.implicit), beside)

    @cached_property
    def expanded(self) -> tuple:
        """The two sides in inputs and implicit names.

        A name that one side defines means the same in the other.  A name that both define, and not
        in the same way, has a prime in the second.
        """
        moved = [side.expanded.xreplace(primes) for side, primes in self.meanings.pairs()]
        return tuple(write_out_means(self.meanings.put_in(side)) for side in moved)

    @property
    def region(self) -> Region:
        """Where the claim is made: the formulas' regions and its own, in inputs.

        DomainError for a foreign symbol.
        """
        return self._place[0]

    @property
    def roots(self) -> dict:
        """The implicit names of sides and region, name -> Unknown, as a proof takes it."""
        return self._place[1]

    @cached_property
    def unknowns(self) -> dict:
        """The same, those of the region first."""
        return {**self.region.roots, **self.roots}

    @cached_property
    def _place(self):
        """(region, roots), implicit names told apart in all of it."""
        region, roots = self._region_as_written(), dict(self.meanings.roots)
        premises = (*region.premises_beside(roots), *_conditions({**region.roots, **roots}))
        if premises != region.premises:
            region = Region(*premises, over=region.over).charted(region.chart)
        written_together(self.by, roots)
        self._refuse_foreign_symbols(region, roots)
        return region, roots

    @cached_property
    def invariant(self) -> tuple[Relation, ...]:
        """The relations of `by` in inputs and implicit names, as the sides are expanded."""
        roots, found = dict(self.unknowns), []
        written = written_together(self.by, roots)
        for relation, sides in zip(self.by, written, strict=True):
            left, right = (self.meanings.written_out(self.says, side) for side in sides)
            found.append(Relation(left, relation.rel, right))
        return tuple(found)

    def _region_as_written(self):
        """The regions of the sides and the claim's own, its expressions in inputs.

        An expression brings no region along: what the letters of its laws must be is added.
        """
        region = Region()
        for side, primes in self.meanings.pairs():
            region = side.narrowed(region, primes)

        def written_out(expression):
            return self.meanings.written_out(self.says, expression)

        own = [relation.changed(written_out) for relation in self.on.hypotheses]
        bare = []
        for side in _sides_of((self.relation, *self.on.hypotheses, *self.iff)):
            bare += map(self.meanings.put_in, side.bare)
        joined = region & Region(*own, *hypotheses_of_laws(bare), over=self.on.over)
        return joined.charted(self.on.chart or region.chart)

    def _refuse_foreign_symbols(self, region, roots):
        """DomainError for a letter of a side or a condition that its region does not have."""
        for side in (*self.relation.compared, *_sides_of((*self.iff, *self.by))):
            known = {*region.symbols, *roots, *side.roots}
            used = self.meanings.put_in(side.expanded).free_symbols
            refuse_namesakes(self.says, used | known)
            foreign = sorted(map(str, used - known))
            if foreign:
                over = ", ".join(map(str, region.symbols)) or "nothing"
                wrong = f"{foreign[0]} is no symbol of its region, which is over {over}"
                raise DomainError(
                    f"{self.says}: {wrong}; add it with Region(..., over=({foreign[0]},))"
                )

    @cached_property
    def demands(self) -> tuple:
        """What must hold on the region for the sides and the hypotheses to have values.

        `needs` where this is a case of another claim: what that one divides by is asked for before
        a case cancels it.  See `engine.expressions.demands`.
        """
        if self.needs is not None:
            return self.needs
        roots, found = self.meanings.roots, []
        for side, primes in self.meanings.pairs():
            own = side.demands_beside(roots)
            found += put_all(own, lambda e, primes=primes: e.xreplace(primes))
        for side in _sides_of(self.region.premises):
            found += side.demands_beside(roots)
        return put_all(found, self._in_inputs)

    def _in_inputs(self, expression):
        """An expression with what a side defines put in, means over atoms written out."""
        return write_out_means(self.meanings.put_in(expression))

    @cached_property
    def parts(self) -> tuple["Claim", ...]:
        """What is to be decided.

        Each case of a definition by cases on its own; an equivalence in both directions.
        """
        self._refuse_foreign_symbols(self.region, self.roots)
        if isinstance(self.relation, Asymptotic):
            return self._as_limit().parts
        if not self.iff:
            return self._in_parts() if speaks_of_complex(self) else self._by_cases()
        spoken = self._conditions_have_values()
        asked = [spoken] if spoken.needs else []
        asked.append(self._under(self.says, self.relation, Region(*self.iff)))
        for condition in self.iff:
            says = f"{self.says}: not where {condition.negated}"
            asked.append(self._under(says, self.relation.negated, Region(condition.negated)))
        return tuple(part for claim in asked for part in claim.parts)

    def _in_parts(self):
        """Claims about the real and imaginary parts of complex numbers, which say the same."""
        parts = []
        for says, left, right, region, roots, needs in in_parts(self):
            relation = left, self.relation.rel, right
            part = Claim(says, *relation, on=region, roots=roots, needs=needs)
            parts += part.parts
        return tuple(parts)

    def _under(self, says, relation, conditions):
        """A relation between the claim's sides under further conditions."""
        on, roots = self.on & conditions, dict(self.implicit)
        sides = relation.lhs, relation.rel, relation.rhs
        return Claim(says, *sides, on=on, roots=roots, by=self.by)

    def _as_limit(self):
        """That the quotient of the sides tends to 1, the right one being something on the way."""
        (left, right), relation = self.expanded, self.relation
        point = self._in_inputs(relation.point)
        side = 1 if relation.side == "+" else -1
        tending = LimitOf(left / right, relation.name, point, side)
        needs = put_all((*self.demands, Demand(right, DIVISOR)), self._in_inputs)
        region, roots = self.region, self.unknowns
        return Claim(
            self.says, tending, "==", 1, on=region, roots=roots, needs=needs, near=(right,)
        )

    def _has_value(self, says, region, roots, needs):
        """That what is needed for something to have a value is so on a region."""
        return Claim(says, 0, "==", 0, on=region, roots=roots, needs=needs)

    def _conditions_have_values(self):
        """That each condition of an equivalence has a value all over the region.

        Where it has none it says nothing.  A formula in a condition holds on a region of its own,
        and so does the claim.
        """
        region, found = self.region, []
        for side in _sides_of(self.iff):
            region = side.narrowed(region, {})
            found += side.demands_beside(self.meanings.roots)
        needs = put_all(found, self._in_inputs)
        says = f"{self.says}: its conditions have values"
        return self._has_value(says, region, self.roots, needs)

    def _by_cases(self, asked=frozenset()):
        """One claim for each way in which the first condition of a case can turn out.

        Before them comes that the condition has a value at all.  asked: demands that were put as a
        claim of their own already, on a region in which this one lies.
        """
        condition, is_hypothesis = self._first_condition()
        if condition is None:
            return (self._with_values(),)
        parts = []
        # Where a hypothesis has no value it does not hold; elsewhere such a point would be in none
        # of the ways.
        needs = () if is_hypothesis else self._needs_of(condition)
        if not asked.issuperset(needs):
            asked = asked.union(needs)
            says = f"{self.says}: {condition} has a value"
            value = self._has_value(says, self.region, self.unknowns, needs)
            parts += value._by_cases(asked)
        for case in cases_of(condition):
            parts += self._where(case)._by_cases(asked)
        return tuple(parts)

    def _with_values(self):
        """The claim, or where its sides have no value, that they have.

        That holds where there is no point, and fails nowhere.
        """
        if not any(demand.is_pole and not demand.guards for demand in self.demands):
            return self
        return self._has_value(self.says, self.region, self.region.roots, self.demands)

    def _first_condition(self):
        """(the condition that is asked first, or None; whether a hypothesis asks it)."""
        condition = first_of(premise.slack for premise in self.region.premises)
        if condition is not None:
            return condition, True
        spoken = [*self.expanded, *self.near]
        for demand in self.demands:
            # Its base is spoken of only where the guards hold.
            if demand.guards:
                spoken += [guard for guard, _ in demand.guards]
                continue
            spoken.append(demand.base)
            spoken += demand.root.written if demand.root else ()
        for root in self._used_roots().values():
            spoken += root.written
        return first_of(spoken), False

    def _needs_of(self, condition):
        """What a condition needs in order to have a value."""
        found = []
        for side in condition.args:
            found += demands(side, self.meanings.roots)
        return put_all(found, write_out_means)

    def _used_roots(self):
        """The roots that the sides and the region speak of, and those that these rest on."""
        told = (*self.region.premises, *self.invariant)
        spoken = (*self.expanded, *self.near, *(relation.slack for relation in told))
        return rested_on(self.unknowns, spoken)

    def _where(self, case: Case):
        """The claim in one case; of the roots, those that it still needs."""
        left, right = map(case.known, self.expanded)
        premises = map(case.premise, self.region.premises)
        needs = put_all(self.demands, case.known)
        roots = case.roots(self.unknowns)
        region = Region(*premises, case.relation, over=self.region.over)
        says, rel = f"{self.says}, {case.relation}", self.relation.rel
        more = {"near": tuple(map(case.known, self.near)), "needs": needs}
        more["by"] = tuple(map(case.premise, self.invariant))
        half = Claim(says, left, rel, right, on=region, roots=roots, **more)
        used = half._used_roots()
        if used == roots:
            return half
        return Claim(says, left, rel, right, on=region, roots=used, **more)

    def latex(self) -> str:
        """The relation, and where it is claimed to hold, as LaTeX."""
        written = self.relation.latex()
        if self.iff:
            written += f" \\iff {Region(*self.iff).latex()}"
        where = self.on.latex()
        return f"{written} \\qquad ({where})" if where else written

    def _repr_latex_(self):
        return tex.display(self.latex())

    def _repr_markdown_(self):
        return whole(f"*{prose(self.says)}*", displayed(self.latex(), self.relation))


def _related(says, lhs, rel, rhs, when):
    """The relation between two sides that a claim's author writes."""
    if rel == SIGN:
        return Asymptotic.of(says, lhs, rhs, when)
    if when is not None:
        wrong = f"when= goes with {SIGN!r}, and {rel!r} holds at every point"
        remedy = "claim a limit with formula.limit(name, point)"
        raise ArgumentError(f"{says}: {wrong}; {remedy}")
    return Relation(lhs, rel, rhs)


def _as_region(on):
    """The hypotheses of a claim as a region: they may be given as one, as one relation, or not."""
    if on is None:
        return Region()
    return on if isinstance(on, Region) else Region(on)


def _conditions(roots):
    """What holds wherever implicit names are there, as relations."""
    found = []
    for root in roots.values():
        for slack, strict in root.conditions:
            found.append(Relation(write_out_means(slack), ">" if strict else ">=", 0))
    return tuple(dict.fromkeys(found))


def _sides_of(relations):
    """The sides of several relations, left and right in turn."""
    return [side for relation in relations for side in relation.compared]
