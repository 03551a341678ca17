r"""Implicit definitions: names that are the solution of something.

The `root` form says: the only zero of a polynomial in an interval.  Square roots, cubics and
quartics are roots; none is ever expanded into radicals.  The `potential` form says: where a convex
function of all unknowns is least; the `least` form: where a formula is, along one of its letters.
Evaluation solves for them, to any precision; a claim takes them
as coordinates.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sympy

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.complexity import is_complex_letter
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.potential.reading import read_potential
from symrisk.engine.unknowns.half_plane import HalfPlane
from symrisk.engine.unknowns.least import Least
from symrisk.engine.unknowns.lowest import Lowest
from symrisk.engine.unknowns.member import Member
from symrisk.engine.unknowns.posynomial import Posynomial
from symrisk.engine.unknowns.root import Root
from symrisk.engine.unknowns.solved import Solved
from symrisk.engine.unknowns.stationary import Stationary
from symrisk.engine.unknowns.system import System
from symrisk.errors import ArgumentError
from symrisk.language.claim import Claim
from symrisk.language.equations import read_equations
from symrisk.language.expression import exact_expression
from symrisk.language.names.printed import definition_latex
from symrisk.language.quantity import Quantity
from symrisk.language.region import Region
from symrisk.language.searched import searched
from symrisk.language.upper import above_axis


@dataclass(frozen=True, eq=True)
class Implicit(Mapping):
    r"""Implicit definitions, to be put among explicit ones: ``where={..., **effective_ridge}``.

    >>> from symrisk import Formula, Region, Implicit
    >>> from symrisk.symbols import symbol, gamma
    >>> kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)
    >>> lam = symbol("lam", r"\lambda", "ridge penalty", positive=True)
    >>> effective_ridge = Implicit.root(kappa, kappa**2 + (1 - gamma - lam)*kappa - lam)
    >>> name = symbol("doubled", r"2\kappa", "twice the effective ridge")
    >>> doubled = Formula(name, 2*kappa, where={**effective_ridge})
    >>> doubled.digits(20, gamma=2, lam="0.1")
    Decimal('2.3688577540449520380')
    >>> doubled(kappa=3)
    6.0
    """

    definitions: tuple

    @classmethod
    def root(
        cls,
        unknown: sympy.Symbol,
        polynomial,
        between: tuple | HalfPlane = (0, sympy.oo),
        far=None,
    ) -> "Implicit":
        """`unknown` is the only zero of `polynomial` in the open interval `between`.

        The polynomial's coefficients and the interval's ends may use other names.  That there is
        exactly one zero is the author's statement: evaluation raises NotConverged where it finds
        none, or several.

        ``between=UPPER`` is for an unknown of ``kind="complex"``: the only zero above the real
        axis, Im > 0.  All zeros are isolated at each point; DomainError where none lies there.
        An equation that is no polynomial, with means in it, is solved with ``far``: an expression
        in one complex letter, which the unknown is close to where that letter lies far above the
        real axis.  From there it is followed down; that it is the only solution above the axis is
        the author's statement.

        >>> from symrisk import Formula, Implicit, UPPER
        >>> from symrisk.symbols import symbol
        >>> z = symbol("z", "z", "spectral parameter", kind="complex")
        >>> m = symbol("m", "m", "Stieltjes transform of the semicircle", kind="complex")
        >>> semicircle = Implicit.root(m, m**2 + z*m + 1, between=UPPER)
        >>> name = symbol("density", r"\\rho", "density of the semicircle, times pi")
        >>> density = Formula(name, sympy.im(m), where=semicircle)
        >>> density(z=[0, 1, 2j]).round(6).tolist()
        [1.0, 0.866025, 0.414214]
        """
        _check_unknowns((unknown,))
        if isinstance(between, HalfPlane):
            return cls(((unknown, above_axis(unknown, polynomial, far)),))
        if far is not None:
            raise ArgumentError(f"{unknown}: far goes with between=UPPER; not {far}")
        if is_complex_letter(unknown):
            wanted = "an interval is for a real one: between=UPPER singles out what has Im > 0"
            raise ArgumentError(f"{unknown} is complex, and {wanted}")
        polynomial = exact_expression(unknown, polynomial)
        is_expression = isinstance(polynomial, sympy.Expr)
        if not (is_expression and polynomial.is_polynomial(unknown) and polynomial.has(unknown)):
            raise ArgumentError(f"{polynomial} is not a polynomial in {unknown}")
        return cls(((unknown, Root(unknown, polynomial, _interval(unknown, between))),))

    @classmethod
    def equation(cls, unknowns, equations, *, start, on: tuple = ()) -> "Implicit":
        r"""The `unknowns` together solve `equations`, which may hold means, functions, other names.

        unknowns: a symbol, or several.  equations: as many expressions that vanish, or
        ``Eq(left, right)``.  They are worked with as they are written: nothing is multiplied out.
        start: where the search sets out, an expression for each unknown, or a function that takes
        arrays by the names of the letters in the equations and gives one for each unknown.
        on: inequalities that pick the solution meant.

        On grids it is Newton's method, damped so that positive unknowns stay positive and
        conditions that hold go on holding; digits and balls show that a solution is there, and the
        only one nearby.  NotConverged where the search comes to none, or to one that is outside of
        `on`.  In claims the equations and the conditions are hypotheses; that there is such a
        solution is granted, and the verdict says so.  Unknowns that are solved for together are
        given together.

        Raises ArgumentError for an unknown that stands in no equation, for more or fewer equations
        than unknowns, for a function that nothing evaluates, and for what varies over a law and
        stands in no mean.

        >>> from symrisk import Atoms, Formula, Implicit, Mean
        >>> from symrisk.symbols import H, lam, symbol, tau
        >>> kappa = symbol("kappa", r"\kappa", "effective ridge", positive=True)
        >>> gamma = symbol("gamma", r"\gamma", "aspect ratio", positive=True)
        >>> df1 = Mean(tau/(tau + kappa), H)
        >>> ridge = Implicit.equation(kappa, sympy.Eq(lam, kappa*(1 - gamma*df1)),
        ...                           start=lam + gamma*Mean(tau, H), on=gamma*df1 < 1)
        >>> name = symbol("effective", r"\kappa", "effective ridge")
        >>> effective = Formula(name, kappa, where=ridge)
        >>> effective(lam=[0.1, 1e-16], gamma=2, H=Atoms({1: 1})).round(12).tolist()
        [1.184428877022, 1.0]
        >>> effective.digits(20, lam="0.1", gamma=2, H=Atoms({1: 1}))
        Decimal('1.1844288770224760190')
        """
        unknowns = _symbols(unknowns)
        _check_unknowns(unknowns)
        system = read_equations(unknowns, equations, start, on)
        return cls(tuple((unknown, Solved(unknown, system)) for unknown in unknowns))

    @classmethod
    def cases(
        cls, unknowns, cases, near: Callable, parameters, latex: str = "", says: str = ""
    ) -> "Implicit":
        """The `unknowns` together solve one of several systems of equations.

        Their solution is the one next to `near`, a function that takes the parameters' arrays by
        name and gives (array of the first unknown, ..., array of whole numbers: which case).
        cases: systems, each as many polynomials (to vanish) as there are unknowns; a minimiser
        under constraints has one case a face.  parameters: the other symbols of the equations.
        latex, says: what is solved, for the printed definition (every parameter in it, the unknowns
        as letters of its own) and in words.

        Evaluation polishes what `near` gives by Newton's method on a grid, and proves a solution
        beside it for digits and balls; NotConverged where there is none.  That it is the solution
        meant is the author's statement.
        """
        unknowns, parameters = _symbols(unknowns), _symbols(parameters)
        _check_unknowns(unknowns)
        together = ", ".join(map(str, unknowns))
        are_symbols = all(isinstance(s, sympy.Symbol) for s in parameters)
        if not are_symbols or set(parameters) & set(unknowns):
            wanted = "parameters are symbols other than the unknowns"
            raise ArgumentError(f"{together}: {wanted}; not {parameters}")
        if not callable(near):
            wanted = "near is a function of the parameters' arrays, by name"
            raise ArgumentError(f"{together}: {wanted}; not {near!r}")
        systems = _systems(together, cases, unknowns, parameters)
        system = System(unknowns, systems, near, tuple((s, s) for s in parameters), latex, says)
        return cls(tuple((unknown, Member(unknown, system)) for unknown in unknowns))

    @classmethod
    def potential(cls, unknowns, potential) -> "Implicit":
        r"""The positive `unknowns` together are where a convex potential is least.

        Or only stationary in c = e^u.  potential: an expression such as
        ``p*Mean(log(mu + c1*tau1 + c2*tau2), H) + c1/w1 + c2/w2 - n1*log(c1) - n2*log(c2)``:
        logarithms, or their means over laws, of sums of products of whole powers of the unknowns;
        costs, such products as well; and -pull*log(unknown).  Masses, coefficients and costs are
        non-negative by their letters; powers may be negative, as in ``a/eta``.

        In log-coordinates it is convex, so that there is one minimiser or none; which, is read off
        the law: evaluation raises DomainError where there is none, with the first condition that
        fails, or the direction along which the potential does not rise.  ArgumentError for an
        expression of another form, and for unknowns that are not positive.

        >>> from symrisk import Atoms, Formula, Implicit, Mean, Region
        >>> from symrisk.symbols import symbol, H, n, p, tau
        >>> c = symbol("c", "c", "scale of a sample's share", positive=True)
        >>> least = Implicit.potential((c,), p*Mean(sympy.log(1 + c*tau), H) - n*sympy.log(c))
        >>> name = symbol("scale", "c", "scale", positive=True)
        >>> scale = Formula(name, c, where={**least}, on=Region(n < p))
        >>> scale(n=1, p=3, H=Atoms({1: 1}))
        0.5
        >>> scale.digits(20, n=1, p=3, H=Atoms({1: "1/2", 2: "1/2"}))
        Decimal('0.34650023408234569799')
        """
        unknowns = _symbols(unknowns)
        _check_unknowns(unknowns)
        for unknown in unknowns:
            if not getattr(unknown, "is_positive", False):
                raise ArgumentError(f"a potential's unknowns are positive symbols; not {unknown}")
        expression = exact_expression(", ".join(map(str, unknowns)), potential)
        if not isinstance(expression, sympy.Expr):
            raise ArgumentError(f"{unknowns[0]}: a potential is an expression; not {potential!r}")
        found = read_potential(unknowns, expression)
        kind = Lowest if isinstance(found, Posynomial) else Stationary
        return cls(tuple((unknown, kind(unknown, found)) for unknown in found.unknowns))

    @classmethod
    def least(
        cls, unknown: sympy.Symbol, risk: Quantity, on: Region, convex: Claim | None = None
    ) -> "Implicit":
        r"""`unknown`, a letter of `risk`, is where the risk is least on an interval.

        risk: a formula, or what is made of formulas; names that it solves for itself are solved
        for at each point.  on: the ends, ``Region(w >= 0, w <= 1)``, in other letters if need be;
        one that is left out is infinite, or what the letter's sign says.  An end that belongs to
        the interval may be the answer.  convex: the claim that the risk is convex in the letter;
        where that is proved, a point that is least nearby is least of all.  Without it that is
        known from a grid of some eighty points or more, and what is printed says so.

        Digits are certified by an enclosed zero of the slope with a positive second derivative,
        or by the slope's sign at an end.  DomainError where no point is least, or two are equally
        low; ArgumentError for a risk that is no function of the letter, and for hypotheses that
        are no ends.

        >>> from symrisk import Formula, Implicit, Region
        >>> from symrisk.symbols import symbol, w
        >>> factor = Formula(symbol("factor", "c", "a factor"), (w**2 + (1 - w)**2)/(w*(2 - w)))
        >>> best = Implicit.least(w, factor, on=Region(w <= 1))
        >>> best_weight = Formula(symbol("best", "w^*", "the best weight"), w, where=best)
        >>> best_weight.digits(20)
        Decimal('0.61803398874989484820')
        >>> print(best[w].sentence(str))
        the point of 0 <= w <= 1 at which factor is least, global by grid
        """
        _check_unknowns((unknown,))
        if not isinstance(risk, Quantity):
            raise ArgumentError(f"{unknown}: a risk is a formula; not {risk!r}")
        if not isinstance(on, Region):
            raise ArgumentError(f"{unknown}: on is a Region; not {on!r}")
        if convex is not None and not isinstance(convex, Claim):
            raise ArgumentError(f"{unknown}: convex is a Claim; not {convex!r}")
        search = searched(unknown, risk, on, convex)
        parameters = tuple((letter, letter) for letter in search.letters)
        return cls(((unknown, Least(unknown, search, parameters)),))

    def __getitem__(self, name):
        return dict(self.definitions)[name]

    def __iter__(self):
        return iter(name for name, _ in self.definitions)

    def __len__(self):
        return len(self.definitions)

    def __hash__(self):
        return hash(self.definitions)

    def latex(self) -> str:
        """What each name solves, those solved together on one line."""
        lines = dict.fromkeys(definition_latex(name, root) for name, root in self.definitions)
        return tex.aligned(list(lines))

    def _repr_latex_(self):
        return tex.display(self.latex())


def _symbols(names):
    """One symbol, or several, as a tuple."""
    if isinstance(names, sympy.Symbol):
        return (names,)
    if not isinstance(names, (tuple, list)):
        raise ArgumentError(f"names are a tuple of symbols; not {names!r}")
    return tuple(names)


def _check_unknowns(unknowns):
    """ArgumentError where an unknown is no symbol, is there twice, or there is none."""
    for unknown in unknowns:
        if not isinstance(unknown, sympy.Symbol):
            raise ArgumentError(f"an unknown is a symbol; not {unknown!r}")
    if not unknowns or len(set(unknowns)) < len(unknowns):
        wanted = "the unknowns are one symbol or several, each once"
        raise ArgumentError(f"{wanted}; not {unknowns}")


def _systems(together, cases, unknowns, parameters):
    """The cases as tuples of expressions.

    Each expression is a polynomial in the unknowns and rational in the parameters.
    """
    if not _is_listed(cases) or not cases or not all(map(_is_listed, cases)):
        wanted = "cases are systems, each a tuple of equations"
        raise ArgumentError(f"{together}: {wanted}; not {cases!r}")
    systems = []
    for case in cases:
        systems.append(tuple(exact_expression(together, equation) for equation in case))
    for case in systems:
        if len(case) != len(unknowns):
            raise ArgumentError(f"{together}: a case has as many equations as there are unknowns")
        for equation in case:
            _check_equation(together, equation, unknowns, parameters)
    return tuple(systems)


def _is_listed(value):
    return isinstance(value, (tuple, list))


def _check_equation(together, equation, unknowns, parameters):
    """ArgumentError where Newton's steps can't be taken with an equation.

    Also where a letter of it is no unknown and no parameter.
    """
    known = {*unknowns, *parameters}
    if not isinstance(equation, sympy.Expr) or equation.has(Mean, sympy.Piecewise):
        wanted = "an equation is a polynomial that vanishes"
        raise ArgumentError(f"{together}: {wanted}; not {equation}")
    strange = sorted(map(str, equation.free_symbols - known))
    if strange:
        wrong = f"{strange[0]} in {equation} is no unknown and no parameter"
        raise ArgumentError(f"{together}: {wrong}")
    is_rational = equation.is_polynomial(*unknowns) and equation.is_rational_function(*known)
    if not is_rational or _has_irrational(equation):
        wanted = "a polynomial in the unknowns, rational in the parameters"
        raise ArgumentError(f"{together}: an equation is {wanted}; not {equation}")


def _has_irrational(equation):
    """Whether numbers other than rational ones stand in an equation."""
    numbers = equation.atoms(sympy.Number, sympy.NumberSymbol)
    if not all(number.is_Rational for number in numbers):
        return True
    return not all(power.exp.is_Integer for power in equation.atoms(sympy.Pow))


def _interval(unknown, between):
    """Two ends, the lower one first."""
    if not _is_listed(between) or len(between) != 2:
        raise ArgumentError(f"{unknown}: between is a pair of ends; not {between!r}")
    low, high = (exact_expression(unknown, end) for end in between)
    for end in (low, high):
        is_number = isinstance(end, sympy.Expr) and end is not sympy.nan
        if not is_number or end.is_extended_real is False or end.has(unknown):
            wanted = "a real number, or an expression in other names"
            raise ArgumentError(f"{unknown}: an end of its interval is {wanted}; not {end}")
    if (low >= high) == sympy.true:
        raise ArgumentError(f"{unknown}: the interval between {low} and {high} has no inside")
    return low, high
