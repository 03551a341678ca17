"""The letters in which an expansion is printed: radicals and means are called as they are written.

`sqrt(c)` in a printed polynomial is the letter of that name, which stands for the radical.
"""

import sympy

from symrisk.engine.expressions.mean import Mean
from symrisk.errors import NotProved


class Words:
    """Writes expressions in letters, and back.

    equations: {letter: (what vanishes, its two ends)} of implicit names and radicals.
    """

    def __init__(self, says, roots):
        self.says, self.meanings, self.equations = says, {}, {}
        for name, root in roots.items():
            if not root.is_algebraic:
                raise NotProved(f"{says}: {name} {root.solves}")
        for name, root in roots.items():
            low, high = map(self.lettered, root.between)
            self.equations[name] = (self.lettered(root.polynomial), low, high)

    def lettered(self, expression):
        """An expression with letters for radicals and means."""
        expression = sympy.sympify(expression)
        if isinstance(expression, Mean):
            return self._letter(expression)
        if not expression.args:
            return expression
        arguments = [self.lettered(argument) for argument in expression.args]
        if not expression.is_Pow or expression.exp.is_Integer:
            return expression.func(*arguments)
        power = expression.exp
        if not power.is_Rational:
            raise NotProved(f"{self.says}: {expression} is no power with a number as exponent")
        base = sympy.cancel(arguments[0])
        letter = self._letter(sympy.root(self.restored(base), power.q))
        top, bottom = sympy.fraction(base)
        self.equations[letter] = (bottom * letter**power.q - top, sympy.Integer(0), sympy.oo)
        return letter**power.p

    def _letter(self, meaning):
        letter = sympy.Symbol(str(meaning))
        self.meanings[letter] = meaning
        return letter

    def restored(self, expression):
        """An expression with what letters stand for in their place."""
        while expression.free_symbols & self.meanings.keys():
            expression = expression.xreplace(self.meanings)
        return expression

    def rests_on(self, letters):
        """Letters, and those that their equations rest on in turn."""
        found, waiting = set(), set(letters)
        while waiting:
            letter = waiting.pop()
            found.add(letter)
            for part in self.equations.get(letter, ()):
                waiting |= part.free_symbols - found
        return found

    def moved(self, name):
        """The letters that solve equations which a name moves."""
        return {letter for letter in self.equations if name in self.rests_on({letter})}
