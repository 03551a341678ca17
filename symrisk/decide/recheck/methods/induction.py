"""An induction again: base and step are derived anew, held against the recursion itself run in
numbers, and their own proofs looked at in their turn.

What stands for what is read off the certificate and checked: each thing that moves with t is looked
up where it occurs, one after the other, and worked out from the letter that is said to be it.
"""

import sympy

from symrisk.decide import read
from symrisk.decide.proof import Proof
from symrisk.decide.recheck.shape import number
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.expressions.total import Total
from symrisk.engine.unknowns.state import State
from symrisk.errors import NotProved, SymriskError
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.language.relation import Relation
from symrisk.symbols import symbol

ROUNDS, POINTS = 4, 2
"""How many values of t the letters are held against the recursion at, and at how many points."""
NUMBERS = tuple(map(sympy.Rational, ("3/7", "5/3", "2/11", "9/4", "1/13", "7/5", "13/6")))
DIGITS = 40
ASSUMED: dict = {None: {}, ">": {"positive": True}, ">=": {"nonnegative": True}}
"""What is assumed of a letter that is shown to have a sign."""


def check_induction(problem, certificate):
    """NotProved where the statements are not those of an induction for the claim; else the claims
    of base and step, each with what is said to prove it."""
    return Again(problem.claim, certificate).claims()


class Again:
    """An induction, derived anew from a claim and what a certificate says stands for what."""

    def __init__(self, claim, certificate):
        self.claim, self.certificate = claim, certificate
        self.over = self._only(s for s in _letters_of(claim) if str(s) == certificate["over"])
        self.first = sympy.Rational(certificate["first"])
        if not (self.over.is_integer and self.first.is_Integer):
            self._refuse(f"{self.over} does not run over whole numbers from {self.first} on")
        self.rules, self.others = {}, self._hypotheses()
        self.named = {}
        for listed in ("letters", "signs"):
            names = [entry["letter"] for entry in certificate[listed]]
            if names != sorted(set(names)):
                self._refuse(f"its {listed} are not in order, each once")
        signs = {entry["letter"]: entry["sign"] for entry in certificate["signs"]}
        for entry in certificate["letters"]:
            sign = ASSUMED[signs.get(entry["letter"])]
            letter = symbol(entry["letter"], None, "", **sign)
            if entry["is"] in self.named or letter in self.named.values():
                self._refuse(f"{entry['letter']} stands for two things")
            self.named[entry["is"]] = letter
        taken = {s.name for s in _letters_of(claim) if s not in claim.unknowns}
        if taken & {letter.name for letter in self.named.values()}:
            self._refuse("a letter of an induction is one of the claim's")
        self.told = [
            *claim.invariant,
            Relation(claim.expanded[0], claim.relation.rel, claim.expanded[1]),
        ]
        self.least = self._least()

    def _refuse(self, why):
        raise NotProved(f"{self.claim.says}: {why}")

    def _only(self, found):
        found = list(found)
        if len(found) != 1:
            self._refuse(f"{self.certificate['over']} is no letter of it")
        return found[0]

    def _hypotheses(self):
        """Those that do not speak of t; the others must keep it at the first value or above."""
        lowest = {True: 1}.get(self.over.is_positive, 0 if self.over.is_nonnegative else None)
        others = []
        for premise in self.claim.region.premises:
            if not premise.slack.has(self.over):
                others.append(premise)
                continue
            end = sympy.solve(premise.slack, self.over)
            rises = sympy.diff(premise.slack, self.over) == 1
            if not rises or len(end) != 1 or not end[0].is_Rational or premise.rel == "==":
                self._refuse(f"{premise} is no lower bound of {self.over}")
            low = sympy.ceiling(end[0])
            low += 1 if premise.strict and low == end[0] else 0
            lowest = low if lowest is None else max(lowest, low)
        if lowest is None or self.first > lowest:
            self._refuse(f"{self.over} may be less than {self.first}")
        for premise in others:
            if any(
                isinstance(self.claim.unknowns.get(s), State) for s in premise.slack.free_symbols
            ):
                self._refuse(f"the hypothesis {premise} moves with {self.over}")
        return others

    # -- what moves with t

    def _sides(self):
        for relation in self.told:
            yield from (relation.lhs, relation.rhs)

    def _moving(self):
        """(what it belongs with, the thing itself, its end less t) of all that moves."""
        for side in self._sides():
            for node in sympy.preorder_traversal(side):
                yield from self._of_node(node)

    def _of_node(self, node):
        if isinstance(node, Mean):
            states = {n for n, r in self.claim.unknowns.items() if isinstance(r, State)}
            if node.free_symbols & {self.over, *states}:
                self._refuse(f"{node} moves with {self.over}")
        root = self.claim.unknowns.get(node)
        if isinstance(root, State) and root.at.has(self.over):
            yield ("state", root.iteration), node, self._far(root.at)
        elif root is not None and self.over in root.free_symbols:
            self._refuse(f"{node} moves with {self.over}")
        elif isinstance(root, State):
            self._refuse(f"{node} is a state at {root.at}")
        if isinstance(node, Total) and self.over in node.free_symbols:
            yield ("sum", node.term, node.index, node.low), node, self._far(node.high)
        if node.is_Pow and self.over in node.exp.free_symbols:
            yield ("power", node.base), node, node.exp

    def _far(self, end):
        far = sympy.simplify(end - self.over)
        if not far.is_Integer:
            self._refuse(f"{end} does not go with {self.over}")
        return int(far)

    def _least(self):
        """{what belongs together: the end from which it is stepped}; of a power, by how much of t.

        Powers come last: steps of the others bring them in.
        """
        found, brought = {}, []
        for group, _, far in self._moving():
            if group[0] != "power":
                found[group] = min(far, found.get(group, far))
                self._refuse_moved(group)
        self.least = found
        for group, _, far in list(self._moving()):
            if group[0] != "power":
                brought += [*self._ahead(group, far), *self.rule(group)[2]]
        powers = {}
        for expression in (*self._sides(), *brought):
            for node in sympy.preorder_traversal(expression):
                if node.is_Pow and self.over in node.exp.free_symbols:
                    slope = sympy.diff(node.exp, self.over)
                    if (
                        not slope.is_Integer
                        or not (node.exp - slope * self.over).expand().is_Integer
                    ):
                        self._refuse(f"the exponent of {node} is not linear in {self.over}")
                    group = "power", node.base
                    powers[group] = sympy.igcd(powers.get(group, 0), slope)
                    self._refuse_moved(group)
        return {**found, **powers}

    def _refuse_moved(self, group):
        """What steps are made of must not move with t itself."""
        parts = group[1].written if group[0] == "state" else group[1:]
        stands = {letter for rule in self.rules.values() for letter in rule[0]}
        for part in parts:
            names = part.free_symbols
            if names & {self.over, *stands} or any(
                isinstance(self.claim.unknowns.get(s), State) for s in names
            ):
                self._refuse(f"{part} moves with {self.over} inside a step")

    def letter(self, text):
        if text not in self.named:
            self._refuse(f"nothing stands for {text}")
        return self.named[text]

    def rule(self, group):
        """(letters, what they start at, what a step makes of them) of what belongs together."""
        if group not in self.rules:
            kind, least = group[0], self.least[group]
            make = {"state": self._of_states, "sum": self._of_sum, "power": self._of_power}[kind]
            self.rules[group] = make(group, least)
        return self.rules[group]

    def _of_states(self, group, least):
        iteration = group[1]
        names = list(iteration.states)
        for other, node, far in self._moving():
            if other == group and far == least:
                names[self.claim.unknowns[node].place] = node
        letters = [self.letter(f"{name} at {self.over + least}") for name in names]
        values = list(iteration.start)
        for k in range(iteration.first, int(self.first) + least):
            values = _run(iteration, values, sympy.Integer(k))
        if int(self.first) + least < iteration.first or iteration.law is not None:
            self._refuse("a recursion has no value at the first step")
        return letters, values, _run(iteration, letters, self.over + least)

    def _of_sum(self, group, least):
        _, term, index, low = group
        letter = self.letter(str(Total(term, index, low, self.over + least)))
        count = self.first + least - low + 1
        if not count.is_Integer or count < 0:
            self._refuse("a sum has no value at the first step")
        start = sum((term.xreplace({index: low + k}) for k in range(int(count))), sympy.Integer(0))
        return [letter], [start], [letter + term.xreplace({index: self.over + least + 1})]

    def _of_power(self, group, least):
        base = group[1]
        letter = self.letter(str(base ** (least * self.over)))
        return [letter], [base ** (least * self.first)], [letter * base**least]

    def at(self, node):
        """An expression in the letters at t, from the leaves up."""
        for group, _, far in self._of_node(node):
            return self._value(group, node, far)
        if not node.args:
            return node
        return node.func(*map(self.at, node.args))

    def _value(self, group, node, far):
        letters, _, _ = self.rule(group)
        least = self.least[group]
        if group[0] == "power":
            slope = sympy.diff(far, self.over)
            return letters[0] ** (slope / least) * group[1] ** sympy.simplify(
                far - slope * self.over
            )
        place = self.claim.unknowns[node].place if group[0] == "state" else 0
        return self.at(self._ahead(group, far)[place])

    def _ahead(self, group, far):
        """What belongs together, so far from t, in its letters; powers as they are."""
        values = list(self.rule(group)[0])
        for k in range(self.least[group], far):
            if group[0] == "state":
                values = _run(group[1], values, self.over + k)
            else:
                values = [values[0] + group[1].xreplace({group[2]: self.over + k + 1})]
        return values

    # -- the statements

    def claims(self):
        """Pairs of a claim and a certificate."""
        stated = [Relation(self.at(r.lhs), r.rel, self.at(r.rhs)) for r in self.told]
        known = [*self._signs(), *stated[:-1]]
        wanted = stated[-1]
        region = [*self.others, Relation(self.over, ">=", self.first)]
        begin, step = {self.over: self.first}, {self.over: self.over + 1}
        for group in self.least:
            letters, starts, steps = self.rule(group)
            begin.update(zip(letters, starts, strict=True))
            step.update(zip(letters, map(self.at, steps), strict=True))
        if set(self.named.values()) != begin.keys() - {self.over}:
            self._refuse("a letter stands for what the claim does not speak of")
        self._run_along(stated, begin, step)
        pairs = []
        follows = self.certificate["follows"]
        if len(follows) > 1:
            self._refuse("it follows once")
        if follows:
            pairs.append((self._claim(wanted, region, known, follows[0]), follows[0]))
        else:
            known = [*known, wanted]
        base, steps = self.certificate["base"], self.certificate["step"]
        if not len(base) == len(steps) == len(known):
            self._refuse(f"there are {len(known)} statements with a base and a step each")
        for relation, entry in zip(known, base, strict=True):
            pairs.append((self._claim(_put(relation, begin), self.others, (), entry), entry))
        for relation, entry in zip(known, steps, strict=True):
            pairs.append((self._claim(_put(relation, step), region, known, entry), entry))
        found = []
        for (claim, says), entry in pairs:
            if entry["says"] != says:
                self._refuse(f"{entry['says']} is not what is to be shown")
            found.append((claim, entry["certificate"]))
        return found

    def _signs(self):
        """Signs that are shown too: of each letter of a state at least that which its name has."""
        given = {entry["letter"]: entry["sign"] for entry in self.certificate["signs"]}
        known = {letter.name: letter for letter in self.named.values()}
        if not given.keys() <= known.keys():
            self._refuse("a sign is said of no letter of the induction")
        for group, node, far in self._moving():
            if group[0] == "state":
                letters, _, _ = self.rule(group)
                pairs = [*zip(letters, group[1].states, strict=True)]
                if far == self.least[group]:
                    pairs.append((letters[self.claim.unknowns[node].place], node))
                for letter, name in pairs:
                    self._check_sign(name, given.get(letter.name))
        return [Relation(known[name], rel, sympy.Integer(0)) for name, rel in given.items()]

    def _check_sign(self, name, sign):
        is_enough = sign == ">" if name.is_positive else sign in (">", ">=")
        if name.is_nonnegative and not is_enough:
            self._refuse(f"the sign of {name} is not shown")

    def _claim(self, relation, region, known, entry):
        """The claim that a relation holds where others do, and how it reads."""
        equations = [each for each in known if each.rel == "=="]
        if not entry["put_in"]:
            known = [each for each in known if each.rel != "=="]
        else:
            whole = relation
            relation, known = self._without(relation, list(known))
            if not equations or relation == whole:
                self._refuse(f"no equation is put into {whole}")
        roots = {n: r for n, r in self.claim.unknowns.items() if not isinstance(r, State)}
        spoken = (relation.lhs.free_symbols | relation.rhs.free_symbols) - roots.keys()
        on = Region(*region, *known, over=tuple(sorted(spoken, key=str)))
        sides = relation.lhs, relation.rel, relation.rhs
        return Claim(self.claim.says, *sides, on=on, roots=roots), str(relation)

    def _without(self, relation, known):
        """The same with the equations put in, one after the other."""
        left = []
        while known:
            each = known.pop(0)
            if each.rel != "==":
                left.append(each)
                continue
            found = self._linear(each)
            if found is None:
                relation = self._less(relation, each)
                continue
            left = [_put(other, found) for other in left]
            known = [_put(other, found) for other in known]
            relation = _put(relation, found)
        return relation, left

    def _less(self, relation, equation):
        """A relation less so many times an equation that a letter is gone."""
        gap = sympy.expand(relation.lhs - relation.rhs)
        zero = sympy.expand(equation.lhs - equation.rhs)
        for letter in sorted(set(self.named.values()) & zero.free_symbols, key=str):
            slopes = sympy.diff(gap, letter), sympy.diff(zero, letter)
            if any(slope == 0 or slope.has(letter) for slope in slopes):
                continue
            times, rest = sympy.fraction(sympy.cancel(slopes[0] / slopes[1]))
            if rest.is_number and times.is_polynomial():
                less = sympy.expand(gap - times / rest * zero)
                return Relation(less, relation.rel, sympy.Integer(0))
        return relation

    def _linear(self, equation):
        """{letter: value} for the first letter that an equation gives, or None."""
        gap = sympy.expand(equation.lhs - equation.rhs)
        own = set(self.named.values())
        ordered = sorted(gap.free_symbols & own, key=str) + sorted(gap.free_symbols - own, key=str)
        for letter in ordered:
            slope = sympy.diff(gap, letter)
            if slope.is_Rational and slope != 0 and not letter.is_integer:
                return {letter: -gap.xreplace({letter: sympy.Integer(0)}) / slope}
        return None

    # -- in numbers

    def _run_along(self, stated, begin, step):
        """NotProved where the letters, run step by step in numbers, are not what the claim's own
        sides are at t: by each of these, worked out from the definitions themselves."""
        letters = [s for s in begin if s != self.over]
        spoken = set().union(*(e.free_symbols for e in self._sides()))
        for root in self.claim.unknowns.values():
            spoken |= root.free_symbols
        free = sorted(spoken - self.claim.unknowns.keys() - {self.over}, key=str)
        if any(not isinstance(r, State) for r in self.claim.unknowns.values()):
            return
        if any(getattr(s, "kind", None) == "law" for s in free):
            return
        for round_ in range(POINTS):
            point = {}
            for k, s in enumerate(free):
                value = NUMBERS[(k + round_ * 3) % len(NUMBERS)]
                point[s] = sympy.Integer(k + 1 + round_) if s.is_integer else value
            try:
                self._along(stated, begin, step, letters, point)
            except (ZeroDivisionError, SymriskError):
                continue

    def _along(self, stated, begin, step, letters, point):
        values = {s: _number(begin[s], point) for s in letters}
        for k in range(ROUNDS):
            at = self.first + k
            here = {**point, **values, self.over: at}
            for relation, printed in zip(self.told, stated, strict=True):
                for own, side in ((relation.lhs, printed.lhs), (relation.rhs, printed.rhs)):
                    meant, given = self._directly(own, point, at), _number(side, here)
                    if not _agree(meant, given):
                        self._refuse(f"{side} is not {own} at {self.over} = {at}")
            values = {s: _number(step[s], here) for s in letters}

    def _directly(self, expression, point, at):
        """The value of an expression of the claim at a t, by the definitions."""
        if any(v is sympy.nan for v in point.values()):
            return sympy.nan
        known = {**point, self.over: at}
        put = {}
        for name in expression.free_symbols:
            root = self.claim.unknowns.get(name)
            if isinstance(root, State):
                end, iteration = int(root.at.xreplace(known)), root.iteration
                values = [_number(e, known) for e in iteration.start]
                for k in range(iteration.first, end):
                    step = _run(iteration, values, sympy.Integer(k))
                    values = [_number(e, known) for e in step]
                put[name] = values[root.place]
        for total in expression.atoms(Total):
            put[total] = total.xreplace(known).at(total.high.xreplace(known))
        return _number(expression.xreplace(put), known)


def _letters_of(claim):
    found = set(claim.region.symbols)
    for side in claim.expanded:
        found |= side.free_symbols
    return sorted(found, key=str)


def _run(iteration, values, index):
    """The states after a step."""
    moved = []
    for step in iteration.step:
        moved.append(
            step.xreplace(
                {iteration.index: index, **dict(zip(iteration.states, values, strict=True))}
            )
        )
    return moved


def _put(relation, values):
    return Relation(relation.lhs.xreplace(values), relation.rel, relation.rhs.xreplace(values))


def _number(expression, point):
    """A number in place of each letter."""
    found = sympy.sympify(expression).xreplace(point)
    if found.has(sympy.nan, sympy.zoo, sympy.oo):
        raise ZeroDivisionError
    return found


def _agree(one, other):
    gap = sympy.N(one - other, DIGITS)
    return bool(abs(gap) <= sympy.Float(10) ** (10 - DIGITS) * (1 + abs(sympy.N(one, DIGITS))))


STATEMENT = {"says": str, "put_in": bool, "certificate": dict}
FIELDS = {
    "over": str,
    "first": number,
    "letters": [{"letter": str, "is": str}],
    "signs": [{"letter": str, "sign": (">", ">=")}],
    "follows": [STATEMENT],
    "base": [STATEMENT],
    "step": [STATEMENT],
}
PROOF = Proof("induction", FIELDS, check_induction, read.induction)
