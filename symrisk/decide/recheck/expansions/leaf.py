"""One printed case of a limit: the roots' expansions, and the lowest term of what they give.

Of a root, some terms of its expansion are printed.  With one more, of unknown coefficient, put in,
the root's equation must begin with a polynomial of degree one in that coefficient: where it
changes sign there is a zero of the equation, so that the root is as printed, whatever follows.
What is not known must then stand in no lowest coefficient.
"""

from fractions import Fraction
from itertools import pairwise
from math import lcm

import sympy

from symrisk.decide.recheck.expansions.leading import SMALL, Leading, factors_of, upright
from symrisk.decide.recheck.expansions.means import MovingMean
from symrisk.engine.unknowns.root import Root
from symrisk.errors import NotProved

INFINITE = {sympy.oo: 1, -sympy.oo: -1}


class Leaf:
    """A printed case, where a State holds; `pairs` are the claims with certificates that it rests
    on.
    """

    def __init__(self, state, entry):
        self.state, self.entry, self.says = state, entry, state.says
        self.pairs, self.needed, self.letter_roots = [], [], {}
        self.means = self._means()
        self.names = self._names()
        self._read_signs()
        self._read_letters()
        rests = [sympy.Symbol(f"rest_{k}") for k in range(len(entry["roots"]))]
        gone = [sympy.Symbol(f"gone_{k}") for k in range(len(self.means))]
        self.leading = Leading(self.says, *self._letters(), rests, gone)
        self.put = {state.name: self._moved()}
        for letter, mean, own in zip(state.swept, self.means, gone, strict=True):
            limit = state.words.lettered(mean.limit)
            self.put[letter] = SMALL ** (mean.order * entry["power"]) * (limit + own)
        self._follow(rests)

    # Letters

    def _means(self):
        """The means that move, as printed; what they rest on comes along."""
        state, entries = self.state, self.entry["means"]
        if len(entries) != len(state.swept):
            raise NotProved(f"{self.says}: {len(state.swept)} means move, not {len(entries)}")
        found = []
        for letter, entry in zip(state.swept, entries, strict=True):
            mean = MovingMean(state, entry, state.words.meanings[letter])
            found.append(mean)
            self.pairs += mean.claims()
        return found

    def _names(self):
        """{name: letter} of all that stays."""
        state = self.state
        limits = [state.words.lettered(mean.limit) for mean in self.means]
        spoken = [state.inner, state.aim_in_letters, state.point, *state.near]
        spoken += [*limits, *(lettered for lettered, _, _ in state.premises)]
        letters = state.words.rests_on(set().union(*(e.free_symbols for e in spoken)))
        letters |= state.words.rests_on(state.words.equations.keys())
        return {str(s): s for s in letters - {state.name, *state.moving, *state.swept}}

    def _read_letters(self):
        """The letters that are brought in, each with what it solves."""
        for number, entry in enumerate(self.entry["letters"], 1):
            name = entry["letter"]
            if name in self.names:
                raise NotProved(f"{self.says}: {name} is a letter already")
            letter = _brought_in(name)
            equation = self._expression(entry["equation"], {**self.names, name: letter})
            parts = sympy.Poly(equation, letter).all_coeffs()[::-1]
            self._check_letter(number, letter, equation, parts)
            self.names[name] = letter
            self.needed += [part for part in parts if part != 0]

    def _check_letter(self, number, letter, equation, parts):
        """A radical is called as it is written; else the coefficients change sign once."""
        signs = [self.sign(part) for part in parts if part != 0]
        if len(parts) < 3 or sum(a != b for a, b in pairwise(signs)) != 1 or parts[0] == 0:
            raise NotProved(f"{self.says}: it is not known what {letter} is")
        if not any(parts[1:-1]):
            base = self.state.words.restored(sympy.cancel(-parts[0] / parts[-1]))
            meaning = sympy.root(sympy.cancel(base), len(parts) - 1)
            if str(meaning) != str(letter):
                raise NotProved(f"{self.says}: {letter} is not {meaning}")
            self.state.words.meanings[letter] = meaning
        elif str(letter) != f"first_{number}":
            raise NotProved(f"{self.says}: {letter} is not called first_{number}")
        else:
            whole = self.state.words.restored(equation)
            cleared = sympy.fraction(sympy.together(whole))[0]
            ends = (sympy.Integer(0), sympy.oo)
            self.letter_roots[letter] = Root(letter, cleared, ends, sure=True)
        self.state.words.equations[letter] = (equation, sympy.Integer(0), sympy.oo)

    def _letters(self):
        """(all letters, pairs (letter, equation) of those that solve one, in order)."""
        equations, words = [], self.state.words
        left = {s for s in self.names.values() if s in words.equations}
        while left:
            ready = sorted((s for s in left if not _others(words, s) & left), key=str)
            if not ready:
                raise NotProved(f"{self.says}: letters solve equations in each other")
            equations += [(s, words.equations[s][0]) for s in ready]
            left -= set(ready)
        return sorted(self.names.values(), key=str), equations

    def _expression(self, table, names=None):
        """A printed polynomial, its letters looked up by name."""
        names = self.names if names is None else names
        if not set(table["variables"]) <= names.keys():
            raise NotProved(f"{self.says}: {table['variables']} are not all letters of a case")
        letters = [names[name] for name in table["variables"]]
        terms = [
            sympy.Rational(c) * sympy.Mul(*map(sympy.Pow, letters, exponents))
            for exponents, c in table["terms"]
        ]
        return sympy.Add(*terms)

    def _quotient(self, tables):
        return self._expression(tables["numerator"]) / self._expression(tables["denominator"])

    # Signs

    def _read_signs(self):
        """The printed signs, each a claim of its own: {polynomial up to a number: its sign}."""
        self.signs, self.spoken = {}, []
        for entry in self.entry["signs"]:
            names = {**self.names}
            for each in self.entry["letters"]:
                names.setdefault(each["letter"], _brought_in(each["letter"]))
            of = self._expression(entry["of"], names)
            if of.is_number:
                raise NotProved(f"{self.says}: the sign of a number needs no proof")
            name, number = upright(of)
            if name in self.signs:
                raise NotProved(f"{self.says}: a sign is listed twice")
            self.signs[name] = entry["sign"] * number
            self.spoken.append((of, entry))

    def claims_of_signs(self):
        """The claims that the printed signs are, with their certificates."""
        for of, entry in self.spoken:
            rel = ">" if entry["sign"] > 0 else "<"
            yield self.claim(of, rel, sympy.Integer(0)), entry["certificate"]

    def claim(self, left, rel, right):
        """A claim between expressions in letters, on this case."""
        left, right = map(self.state.words.restored, (left, right))
        return self.state.claim(left, rel, right, self.letter_roots)

    def sign(self, expression):
        """The sign of a quotient by the printed ones."""
        sign, factors = factors_of(expression)
        for factor, power in factors:
            name, number = upright(factor)
            if name not in self.signs:
                raise NotProved(f"{self.says}: the sign of {factor} is not printed")
            sign *= self.signs[name] * number if power % 2 else 1
        return sign

    def check_signs(self):
        """No sign is printed that nothing rests on, and none is missing."""
        needed = set()
        for expression in self.needed:
            needed |= {upright(factor)[0] for factor, _ in factors_of(expression)[1]}
        if needed != self.signs.keys():
            raise NotProved(f"{self.says}: the signs printed are not those on which a case rests")

    # Roots

    def _moved(self):
        power = self.entry["power"]
        if power < 1:
            raise NotProved(f"{self.says}: {power} is no power of a small letter")
        state = self.state
        if state.point.is_infinite:
            return -state.side / SMALL**power
        return state.point + state.side * SMALL**power

    def _follow(self, rests):
        named = {str(letter): letter for letter in self._in_order()}
        if list(named) != [entry["name"] for entry in self.entry["roots"]]:
            raise NotProved(f"{self.says}: it is {', '.join(named)} that move, in this order")
        self._check_size()
        for entry, rest in zip(self.entry["roots"], rests, strict=True):
            letter = named[entry["name"]]
            equation, low, high = self.state.words.equations[letter]
            self.put[letter] = self._value(entry, rest, low, high)
            self._check_zero(letter, equation, rest)

    def _in_order(self):
        """The roots that move, each after those that it rests on, else by their names."""
        left, found = set(self.state.used()), []
        while left:
            ready = sorted((s for s in left if not _others(self.state.words, s) & left), key=str)
            if not ready:
                raise NotProved(f"{self.says}: roots that move solve equations in each other")
            found += ready
            left -= set(ready)
        return found

    def _check_size(self):
        """The power of the small letter is the least one, and a root that others rest on is
        printed to more terms than they are.
        """
        power, roots = self.entry["power"], self.entry["roots"]
        least = lcm(*(Fraction(entry["order"], power).denominator for entry in roots))
        sizes = [len(entry["terms"]) for entry in roots]
        each = sizes[-1] if sizes else 0
        if power != least or sizes != [each * k for k in range(len(roots), 0, -1)]:
            raise NotProved(f"{self.says}: a case is not expanded as far as it should be")

    def _value(self, entry, rest, low, high):
        """A root with the printed terms and one that is not known."""
        terms = [self._quotient(term) for term in entry["terms"]]
        if not terms or self.sign(terms[0]) <= 0:
            raise NotProved(f"{self.says}: {entry['name']} does not begin between its ends")
        self.needed.append(terms[0])
        self.needed += [sympy.fraction(sympy.cancel(term))[1] for term in terms[1:]]
        series = sympy.Add(*(term * SMALL**k for k, term in enumerate([*terms, rest])))
        t = SMALL ** entry["order"] * series
        low, high = low.xreplace(self.put), high.xreplace(self.put)
        if high == sympy.oo and low != -sympy.oo:
            return low + t
        if low == -sympy.oo and high != sympy.oo:
            return high - t
        if high.is_infinite:
            raise NotProved(f"{self.says}: {entry['name']} has no end")
        return (low + high * t) / (1 + t)

    def _check_zero(self, letter, equation, rest):
        """The equation begins with a polynomial of degree one in what is not known of its root."""
        top, bottom = map(self.leading.of, self.leading.parts(equation.xreplace(self.put)))
        if top is None or bottom is None:
            raise NotProved(f"{self.says}: the equation of {letter} says nothing")
        numerator, denominator = sympy.fraction(sympy.cancel(top[1]))
        parts = sympy.Poly(numerator, rest).all_coeffs()
        used = top[1].free_symbols | bottom[1].free_symbols
        if len(parts) != 2 or used & self.leading.rests != {rest} or denominator.has(rest):
            raise NotProved(f"{self.says}: {letter} is not as printed")
        self.needed += [self.leading.reduced(parts[0] / denominator), bottom[1]]

    # What they give

    def lowest(self, expression):
        """(order, coefficient) of an expression in letters; None where it vanishes."""
        found = self.leading.both(expression.xreplace(self.put))
        if found is None:
            return None
        self.needed.append(found[2])
        return found[:2]

    def check(self):
        """NotProved where the case is not as printed."""
        fails = self._failing()
        if fails != self.entry.get("fails"):
            raise NotProved(f"{self.says}: not the hypothesis that is said fails in a case")
        if fails is None:
            self._check_divisors()
            self._check_limit()
        self.check_signs()
        self.pairs += self.claims_of_signs()

    def _failing(self):
        """The place of the first hypothesis that fails close to the point; None where all hold."""
        asked = [(lettered, rel) for lettered, _, rel in self.state.premises]
        name = self.state.name
        if name.is_nonnegative:
            asked.append((name, ">" if name.is_positive else ">="))
        for place, (expression, rel) in enumerate(asked):
            if not self.state.is_moving(expression):
                continue
            found = self.lowest(expression)
            if found is None:
                if rel == ">":
                    return place
                continue
            self._refuse_nothing(found)
            self.needed.append(found[1])
            if self.sign(found[1]) < 0 or rel == "==":
                return place
        return None

    def _check_divisors(self):
        """What is divided by is something close to the point."""
        nodes = sympy.preorder_traversal(self.state.inner)
        divisors = {
            node.base
            for node in nodes
            if node.is_Pow and node.exp.could_extract_minus_sign() and not node.base.is_number
        }
        for divisor in (*divisors, *self.state.near):
            found = self.lowest(divisor)
            if found is None:
                raise NotProved(f"{self.says}: a divisor is zero in a case")
            self._refuse_nothing(found)
            self.needed.append(found[1])

    def _refuse_nothing(self, found):
        if found[1] == 0:
            raise NotProved(f"{self.says}: a mean is not known well enough")

    def _check_limit(self):
        found, entry = self.lowest(self.state.inner), self.entry
        if found is not None and found[0] < 0:
            self._refuse_nothing(found)
        order, coefficient = (1, None) if found is None else found
        if entry["order"] != order or (entry["coefficient"] is None) != (coefficient is None):
            raise NotProved(f"{self.says}: the order in a case is {order}, not {entry['order']}")
        if coefficient is not None:
            printed = self._quotient(entry["coefficient"])
            if self.leading.reduced(printed - coefficient) != 0:
                raise NotProved(f"{self.says}: the coefficient in a case is {coefficient}")
            own = coefficient if order < 0 else sympy.fraction(sympy.cancel(coefficient))[1]
            self.needed.append(own)
        limit = sympy.Integer(0)
        if order < 0:
            limit = sympy.oo * self.sign(coefficient)
        elif order == 0:
            limit = sympy.factor(self.state.words.restored(coefficient))
        if str(limit) != entry["limit"]:
            raise NotProved(f"{self.says}: the limit in a case is {limit}, not {entry['limit']}")
        self._check_shown(limit)

    def _check_shown(self, limit):
        """How the limit is compared with the claimed side."""
        state, shown = self.state, self.entry["shown"]
        if limit.is_infinite or state.aim.is_infinite:
            gap = INFINITE.get(limit, 0) - INFINITE.get(state.aim, 0)
            if shown != {"infinite": gap} or not _stands(gap, state.rel):
                raise NotProved(f"{self.says}: the limit in a case is {limit}")
        elif "certificate" not in shown:
            raise NotProved(f"{self.says}: a limit is not compared with the claimed side")
        else:
            self.pairs.append((self.claim(limit, state.rel, state.aim), shown["certificate"]))


def _brought_in(name):
    """The letter of a name: a radical as it is written, or a zero, which is positive."""
    return sympy.Symbol(name, positive=True) if name.startswith("first_") else sympy.Symbol(name)


def _others(words, letter):
    return set().union(*(part.free_symbols for part in words.equations[letter])) - {letter}


def _stands(sign, rel):
    return {"<": sign < 0, "<=": sign <= 0, "==": sign == 0, ">=": sign >= 0, ">": sign > 0}[rel]
