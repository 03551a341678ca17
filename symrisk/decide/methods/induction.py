"""A claim for every whole t from its first one: base and step, with what is added to be shown too.

At t, states of recursions, sums up to t and powers with t in the exponent are letters; at t + 1
they are what a step makes of them.  So the base, at the first t, and the step, from t to t + 1, are
claims like any other, and other methods prove them.  Shown together by one induction are the signs
of the letters, the author's invariant (`by=`), and the claim itself; or the claim is seen to follow
from the others at each t.  Each statement is decided together with that its sides have values, so
that no step leaves the region where the next one has a value.
"""

from dataclasses import dataclass, field
from functools import reduce
from math import gcd

import sympy

from symrisk.decide import prove
from symrisk.decide.found import methods
from symrisk.decide.method import Method
from symrisk.decide.methods.refute import refute
from symrisk.decide.verdict import Verdict
from symrisk.engine.expressions.demands import EXISTING, demands, put_all
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.expressions.total import Total
from symrisk.engine.unknowns.state import State
from symrisk.errors import NoMethod, SymriskError
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.language.relation import Relation
from symrisk.symbols import is_held, symbol

SIGNS: dict = {None: {}, ">": {"positive": True}, ">=": {"nonnegative": True}}
MOST_AHEAD = 12
"""Steps ahead of t at which a claim may speak of a state."""


def induction(problem):
    """Proved by base and step; None where the claim is of no such form, or they are not proved.

    >>> import sympy
    >>> from symrisk import Claim, Region, prove
    >>> from symrisk.symbols import t
    >>> k = sympy.Symbol("k")
    >>> claim = Claim("whole numbers add up", sympy.Sum(k, (k, 1, t)), "==", t*(t + 1)/2, on=Region(t >= 1))
    >>> prove(claim).by
    'induction'
    """  # noqa: E501
    if problem.is_limit or problem.region.chart is not None:
        return None
    for over in _candidates(problem.claim):
        try:
            certificate = _shown(problem.claim, over)
        except (_NoInduction, NoMethod):
            continue
        if certificate is not None:
            return Verdict(problem.claim, "proved", "induction", certificate)
    return None


class _NoInduction(Exception):
    """A claim of another form."""


def _candidates(claim):
    """The letters over which one may step: those that recursions, sums and exponents end at."""
    spoken = [*claim.expanded]
    for relation in claim.invariant:
        spoken += relation.expanded
    found = []
    names = set().union(*(each.free_symbols for each in spoken))
    for name in sorted(names, key=str):
        root = claim.unknowns.get(name)
        if isinstance(root, State):
            found += sorted(root.at.free_symbols, key=str)
    for expression in spoken:
        for total in sorted(expression.atoms(Total), key=str):
            found += sorted(total.high.free_symbols, key=str)
        for power in sorted(expression.atoms(sympy.Pow), key=str):
            found += sorted(power.exp.free_symbols, key=str)
    found += sorted(names, key=str)
    return [s for s in dict.fromkeys(found) if s.is_integer and s not in claim.unknowns]


def _first(claim, over):
    """(the least value of the letter, the other hypotheses)."""
    first, others = None, []
    if over.is_positive:
        first = sympy.Integer(1)
    elif over.is_nonnegative:
        first = sympy.Integer(0)
    for premise in claim.region.premises:
        slack = premise.slack
        if over not in slack.free_symbols:
            others.append(premise)
            continue
        low = over - slack
        if premise.rel == "==" or not low.is_Rational:
            raise _NoInduction
        low = sympy.floor(low) + 1 if premise.strict else sympy.ceiling(low)
        first = low if first is None else max(first, low)
    if first is None:
        raise _NoInduction
    return first, others


@dataclass
class _Letters:
    """What stands for something at t: letter -> what it starts at, and what a step makes of it."""

    claim: Claim
    over: sympy.Symbol
    first: sympy.Integer
    put: dict = field(default_factory=dict)
    start: dict = field(default_factory=dict)
    step: dict = field(default_factory=dict)
    says: dict = field(default_factory=dict)
    signs: dict = field(default_factory=dict)
    needs: list = field(default_factory=list)
    starts: list = field(default_factory=list)
    running: list = field(default_factory=list)

    def named(self, name, latex, sign=None):
        """A letter whose name nothing else has; sign: ">" or ">=" where it is shown to have one."""
        taken = {s.name for s in self.claim.region.symbols} | {s.name for s in self.step}
        for side in self.claim.expanded:
            taken |= {s.name for s in side.free_symbols - self.claim.unknowns.keys()}
        while name in taken:
            name, latex = f"{name}'", f"{{{latex}}}^{{\\prime}}"
        return symbol(name, latex, "", **SIGNS[sign])

    def ahead(self, at):
        """How far an end is from t."""
        far = sympy.expand(at - self.over)
        if not far.is_Integer or abs(far) > MOST_AHEAD:
            raise _NoInduction
        return int(far)

    def admit_states(self, names):
        """The states that names stand for, those of one recursion together."""
        groups: dict = {}
        for name in names:
            root = self.claim.unknowns[name]
            if isinstance(root, State) and self.over in root.at.free_symbols:
                groups.setdefault(root.iteration, []).append((name, root))
        for iteration, members in groups.items():
            self._admit(iteration, members)

    def _admit(self, iteration, members):
        known = set().union(*(e.free_symbols for e in iteration.written))
        if self.over in known or iteration.law is not None:
            raise _NoInduction
        least = min(self.ahead(root.at) for _, root in members)
        begin = int(self.first) + least
        if not iteration.first <= begin <= iteration.first + MOST_AHEAD:
            raise _NoInduction
        given = {root.place: name for name, root in members if self.ahead(root.at) == least}
        letters = []
        for place, state in enumerate(iteration.states):
            name = given.get(place, state)
            sign = _sign_of(state, name)
            letters.append(self.named(str(name), name.latex, sign))
            self.step[letters[-1]] = None
            if sign is not None:
                self.signs[letters[-1]] = sign
        index = self.over + least
        rows = [tuple(letters)]
        most = max(self.ahead(root.at) for _, root in members)
        for k in range(least, max(most, least + 1)):
            rows.append(_stepped(iteration, rows[-1], self.over + k))
        values = iteration.start
        for k in range(iteration.first, begin):
            values = _stepped(iteration, values, sympy.Integer(k))
        for place, letter in enumerate(letters):
            self.start[letter], self.step[letter] = values[place], rows[1][place]
            self.says[letter] = f"{given.get(place, iteration.states[place])} at {index}"
        for name, root in members:
            self.put[name] = rows[self.ahead(root.at) - least][root.place]
        self._note_values(iteration, rows[0], index)

    def _note_values(self, iteration, letters, index):
        """What each step needs in order to have a value, and what the start does."""
        inside = {**dict(zip(iteration.states, letters, strict=True)), iteration.index: index}
        for step in iteration.step:
            self.needs += put_all(demands(step), lambda e: e.xreplace(inside))
        for start in iteration.start:
            self.starts += demands(start)

    def admit_totals(self, expressions):
        """Sums that end beside t."""
        groups: dict = {}
        for expression in expressions:
            for total in expression.atoms(Total):
                if self.over not in total.free_symbols:
                    raise _NoInduction
                same = total.term, total.index, total.low
                groups.setdefault(same, set()).add(total)
        for number, same in enumerate(sorted(groups, key=str), 1):
            term, index, low = same
            if self.over in term.free_symbols | low.free_symbols or not low.is_Integer:
                raise _NoInduction
            totals = sorted(groups[same], key=str)
            least = min(self.ahead(total.high) for total in totals)
            if self.first + least < low - 1:
                raise _NoInduction
            letter = self.named(f"sum{number}", f"S_{{{number}}}")
            self.start[letter] = totals[0].at(self.first + least)
            self.says[letter] = str(Total(term, index, low, self.over + least))
            for total in totals:
                value = letter
                for k in range(least + 1, self.ahead(total.high) + 1):
                    value += term.xreplace({index: self.over + k})
                self.put[total] = value
            self.step[letter] = letter + term.xreplace({index: self.over + least + 1})
            self._note_terms(term, index)

    def _note_terms(self, term, index):
        """What a term needs at each number that its sum runs over."""
        plain = self.named(f"{index}", index.latex)
        sign = {"positive": True} if index.is_positive else {"nonnegative": index.is_nonnegative}
        each = symbol(plain.name, plain.latex, "", integer=True, **sign)
        self.running.append(each)
        self.needs += put_all(demands(term), lambda e: e.xreplace({index: each}))

    def admit_powers(self, expressions):
        """Powers with t in the exponent, of bases that stay."""
        groups: dict = {}
        made = [*self.put.values(), *self.step.values()]
        for expression in (*expressions, *made):
            for power in expression.atoms(sympy.Pow):
                if self.over in power.free_symbols and power.exp.has(self.over):
                    groups.setdefault(power.base, set()).add(power)
        put: dict = {}
        for number, base in enumerate(sorted(groups, key=str), 1):
            if self.over in base.free_symbols or not base.free_symbols.isdisjoint(
                {*self.put, *self.start}
            ):
                raise _NoInduction
            ends = {power: self._linear(power.exp) for power in groups[base]}
            each = reduce(gcd, (abs(slope) for slope, _ in ends.values()))
            sign = self._sign_of_base(base, each)
            letter = self.named(f"power{number}", f"P_{{{number}}}", sign)
            self.start[letter] = base ** (each * self.first)
            self.step[letter] = letter * base**each
            self.says[letter] = str(base ** (each * self.over))
            for power, (slope, rest) in ends.items():
                put[power] = letter ** (slope // each) * base**rest
            if sign:
                self.signs[letter] = sign

        # What steps bring in is a power as well.
        self.put = {name: value.xreplace(put) for name, value in self.put.items()} | put
        self.step = {letter: value.xreplace(put) for letter, value in self.step.items()}

    def _linear(self, exponent):
        """(a, b) of an exponent a t + b, whole numbers."""
        exponent = sympy.expand(exponent)
        slope = exponent.coeff(self.over, 1)
        rest = sympy.expand(exponent - slope * self.over)
        if not (slope.is_Integer and rest.is_Integer):
            raise _NoInduction
        return int(slope), int(rest)

    def _sign_of_base(self, base, each):
        """The sign that powers of a base have at every t, None where it is not shown."""
        whole = base**each
        if whole.is_positive:
            return ">"
        if whole.is_nonnegative:
            return ">="
        others = _first(self.claim, self.over)[1]
        for rel in (">", ">="):
            relation = Relation(whole, rel, sympy.Integer(0))
            if _decided("a power's base has a sign", relation, others, (), self.claim) is not None:
                return rel
        return None

    def at(self, expression):
        """An expression in the letters at t."""
        found = expression.xreplace(self.put)
        if any(
            isinstance(root, State) for root in map(self.claim.unknowns.get, found.free_symbols)
        ):
            raise _NoInduction
        return found

    def next(self, expression):
        """The same at t + 1."""
        return expression.xreplace({**self.step, self.over: self.over + 1})

    def begun(self, expression):
        """The same at the first t."""
        return expression.xreplace({**self.start, self.over: self.first})


def _sign_of(*names):
    """The sign that a state's letters have, by which steps were simplified; it is to be shown."""
    if any(name.is_positive for name in names):
        return ">"
    return ">=" if any(name.is_nonnegative for name in names) else None


def _stepped(iteration, values, index):
    put = {**dict(zip(iteration.states, values, strict=True)), iteration.index: index}
    return tuple(step.xreplace(put) for step in iteration.step)


def _shown(claim, over):
    """The certificate of an induction over a letter, or None."""
    first, others = _first(claim, over)
    told = [*claim.invariant, Relation(claim.expanded[0], claim.relation.rel, claim.expanded[1])]
    sides = []
    for relation in told:
        sides += [relation.lhs, relation.rhs]
    letters = _Letters(claim, over, first)
    letters.admit_states(
        sorted(set().union(*(s.free_symbols for s in sides)) & set(claim.unknowns), key=str)
    )
    letters.admit_totals(sides)
    letters.admit_powers(sides)
    _refuse_moved(claim, others, over, letters)
    stated = [Relation(letters.at(r.lhs), r.rel, letters.at(r.rhs)) for r in told]
    shown = sorted(letters.signs, key=str)
    signs = [Relation(letter, letters.signs[letter], sympy.Integer(0)) for letter in shown]
    region = [*others, Relation(over, ">=", first)]
    known, wanted = [*signs, *stated[:-1]], stated[-1]
    certificate = {
        "method": "induction",
        "over": str(over),
        "first": str(first),
        "letters": [
            {"letter": str(s), "is": letters.says[s]} for s in sorted(letters.says, key=str)
        ],
        "signs": [{"letter": str(s), "sign": letters.signs[s]} for s in shown],
        "follows": [],
    }
    if letters.step or known:
        found = _decided(
            f"{claim.says}, at each {over}", wanted, region, known, claim, letters.step
        )
        if found is not None:
            certificate["follows"] = [found]
    if not certificate["follows"]:
        known = [*known, wanted]
    bases, steps = [], []
    for relation in known:
        base = Relation(letters.begun(relation.lhs), relation.rel, letters.begun(relation.rhs))
        found = _decided(
            f"{claim.says}, at {over} = {first}", base, others, (), claim, letters.step
        )
        if found is None:
            return None
        bases.append(found)
    for relation in known:
        step = Relation(letters.next(relation.lhs), relation.rel, letters.next(relation.rhs))
        found = _decided(f"{claim.says}, at {over} + 1", step, region, known, claim, letters.step)
        if found is None:
            return None
        steps.append(found)
    if not _have_values(claim, letters, others, [*region, *known, wanted]):
        return None
    return {**certificate, "base": bases, "step": steps}


def _have_values(claim, letters, others, at_each):
    """Whether the sides, as they were written, have values at each t, and each step has."""
    own = []
    for demand in claim.demands:
        # What the terms of a sum need is asked at each number that it runs over.
        if not (isinstance(demand.root, State) or any(map(is_held, demand.free_symbols))):
            own.append(demand)
    at_start = tuple(demand for demand in letters.starts if not demand.is_met)
    at_t = (*letters.needs, *put_all(own, letters.at))
    for demand in (*at_start, *at_t):
        # A sum or a recursion inside a step has letters of its own still.
        if (
            demand.wanted == EXISTING
            and demand not in own
            or any(map(is_held, demand.free_symbols))
        ):
            return False
    for hypotheses, needs in ((others, at_start), (at_each, at_t)):
        if needs and not _has_value(claim, letters, hypotheses, needs):
            return False
    return True


def _has_value(claim, letters, hypotheses, needs):
    roots = {n: r for n, r in claim.unknowns.items() if not isinstance(r, State)}
    spoken = set().union(*(need.free_symbols for need in needs)) - roots.keys()
    on = Region(*hypotheses, over=tuple(sorted(spoken, key=str)))
    ways = tuple(way for way in methods() if way not in (refute, induction))
    try:
        value = Claim(f"{claim.says}: it has values", 0, "==", 0, on=on, roots=roots, needs=needs)
        return prove(value, ways).status == "proved"
    except SymriskError:
        return False


def _refuse_moved(claim, others, over, letters):
    """Nothing else may move with t: no hypothesis, no other implicit name."""
    for root in claim.unknowns.values():
        if not isinstance(root, State) and not root.free_symbols.isdisjoint({over, *letters.put}):
            raise _NoInduction
    for side in (*claim.expanded, *(s for r in claim.invariant for s in r.expanded)):
        for mean in side.atoms(Mean):
            # A letter for what varies over the law would come out of the mean.
            if not mean.free_symbols.isdisjoint({over, *letters.put}):
                raise _NoInduction
    for premise in others:
        if any(isinstance(claim.unknowns.get(s), State) for s in premise.slack.free_symbols):
            raise _NoInduction


def _decided(says, relation, region, known, claim, letters=()):
    """What proves that a relation holds where others do, a statement; else None.

    Equations among these are put in; an inequality is tried without them before.
    """
    plain = [each for each in known if each.rel != "=="]
    if relation.rel != "==" or len(plain) == len(known):
        found = _proof(says, relation, [*region, *plain], claim)
        if found is not None or len(plain) == len(known):
            return found and {"says": str(relation), "put_in": False, "certificate": found}
    whole = relation
    relation, known = _eliminated(relation, known, letters)
    if relation == whole:
        found = _proof(says, relation, [*region, *plain], claim)
        return found and {"says": str(relation), "put_in": False, "certificate": found}
    found = _proof(says, relation, [*region, *known], claim)
    return found and {"says": str(relation), "put_in": True, "certificate": found}


def _proof(says, relation, hypotheses, claim):
    """The certificate of a relation where hypotheses hold, or None."""
    roots = {n: r for n, r in claim.unknowns.items() if not isinstance(r, State)}
    over = set().union(*(e.free_symbols for e in relation.expanded)) - roots.keys()
    ways = tuple(way for way in methods() if way not in (refute, induction))
    sides = relation.lhs, relation.rel, relation.rhs
    try:
        on = Region(*hypotheses, over=tuple(sorted(over, key=str)))
        verdict = prove(Claim(says, *sides, on=on, roots=roots), ways)
    except SymriskError:
        return None
    return verdict.certificate if verdict.status == "proved" else None


def _eliminated(relation, known, letters):
    """A relation and those that it rests on, with each equation among these put in: solved for a
    letter that a number stands before, or else taken off the relation as often as it takes to lose
    a letter."""
    known = list(known)
    for place in range(len(known)):
        equation = known[place]
        if equation is None or equation.rel != "==":
            continue
        known[place] = None
        found = _solved_for(equation, letters)
        if found is None:
            relation = _reduced(relation, equation, letters)
            continue
        known = [None if each is None else put(each, found) for each in known]
        relation = put(relation, found)
    return relation, [each for each in known if each is not None]


def _reduced(relation, equation, letters):
    """A relation less a multiple of an equation, so that a letter is gone; itself if none goes."""
    gap, zero = (sympy.expand(each.lhs - each.rhs) for each in (relation, equation))
    for letter in sorted(zero.free_symbols & set(letters), key=str):
        if not (_is_linear_in(gap, letter) and _is_linear_in(zero, letter)):
            continue
        times = sympy.cancel(gap.coeff(letter, 1) / zero.coeff(letter, 1))
        if times.is_polynomial():
            return Relation(sympy.expand(gap - times * zero), relation.rel, sympy.Integer(0))
    return relation


def _is_linear_in(expression, letter):
    slope = expression.coeff(letter, 1)
    rest = sympy.expand(expression - slope * letter)
    return slope != 0 and letter not in slope.free_symbols | rest.free_symbols


def put(relation, values):
    """A relation with letters replaced."""
    return relation.changed(lambda side: side.xreplace(values))


def _solved_for(equation, letters):
    """{letter: value} of the first one that an equation gives, those of the induction before."""
    gap = sympy.expand(equation.lhs - equation.rhs)
    for letter in sorted(gap.free_symbols, key=lambda s: (s not in letters, str(s))):
        slope = gap.coeff(letter, 1)
        rest = sympy.expand(gap - slope * letter)
        is_given = slope.is_Rational and slope != 0 and letter not in rest.free_symbols
        if is_given and not letter.is_integer:
            return {letter: -rest / slope}
    return None


def speaks_of_steps(claim):
    """Whether it is by induction, if at all, that a claim is proved."""
    if claim.by or any(isinstance(root, State) for root in claim.unknowns.values()):
        return True
    return any(side.has(Total) for side in claim.expanded)


METHOD = Method(induction, turn=78, goes_first=speaks_of_steps)
