"""A formula's LaTeX means the formula: parsed back by an independent grammar, it is the same expression."""

import re

import pytest
import sympy
from sympy.parsing.latex import parse_latex

from symrisk import catalogue
from symrisk.engine.expressions import tex
from symrisk.engine.expressions.mean import Mean
from symrisk.engine.expressions.printer import Printer

LETTERS = "abcfghjkmnqrsuvwxyz"
JUXTAPOSED = re.compile(r"((?<![a-z])[a-z]|[0-9)}])(?:\s+(?=[a-z0-9(])|(?=\()|\s*(?=\\(?:frac|sqrt)))")
"""Where two factors stand side by side.  The grammar knows `a b` in some places only, and may read `a (b)` as a function of b:
the product is said, and nothing else."""


def pieces():
    """Every expression that a theorem's formulas print, a definition by cases value by value, a mean's integrand apart, each once."""
    found = {}
    for entry in catalogue.entries():
        for formula in entry.theorem.formulas:
            for name, body in ((formula.symbol, formula.expression), *formula.where):
                if not isinstance(body, sympy.Expr):
                    continue
                values = [v for v, _ in body.args] if body.is_Piecewise else [body]
                integrands = [mean.integrand for mean in means_of(*values)]
                for k, value in enumerate((*values, *integrands)):
                    found.setdefault(value, f"{entry.id}.{formula.symbol}.{name}.{k}")
    return [pytest.param(value, id=says) for value, says in found.items()]


def means_of(*expressions):
    """The means in expressions, each once, in a fixed order."""
    return list(dict.fromkeys(mean for e in expressions for mean in sorted(e.atoms(Mean), key=sympy.default_sort_key)))


def slashed(expression):
    """How an expression is written inside a fraction."""
    printer = Printer()
    printer.depth = 1
    return printer.doprint(expression)


def parsed(expression):
    """What the LaTeX of an expression reads as: all readings, where the grammar allows several.  A mean is read as one letter."""
    means = means_of(expression)
    letters = expression.xreplace({mean: sympy.Dummy() for mean in means}).free_symbols & expression.free_symbols
    symbols = [*means, *sorted(letters, key=lambda s: -len(tex.latex(s)))]
    source = tex.latex(expression)
    for k, symbol in enumerate(symbols):
        for written in (tex.latex(symbol), slashed(symbol)):
            source = re.sub(rf"(?<![a-zA-Z\\]){re.escape(written)}(?![a-zA-Z])", lambda _, k=k: chr(0xE000 + k), source)
    for k in range(len(symbols)):
        source = source.replace(chr(0xE000 + k), f" {LETTERS[k]} ")
    source = source.replace("\\left(", "(").replace("\\right)", ")").replace("\\,", " ")
    source = JUXTAPOSED.sub(r"\1 \\cdot ", source)
    tree = parse_latex(source, backend="lark")
    names = {sympy.Symbol(LETTERS[k]): symbol for k, symbol in enumerate(symbols)}
    readings = [tree] if isinstance(tree, sympy.Expr) else tree.children
    return [r.doit().subs(names, simultaneous=True) for r in readings if isinstance(r, sympy.Expr)]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("expression", pieces())
def test_latex_parses_back_to_the_formula(expression):
    "Read again, it differs by zero."
    assert any(sympy.simplify(reading - expression) == 0 for reading in parsed(expression))


@pytest.mark.parametrize("mean", means_of(*(piece.values[0] for piece in pieces())), ids=str)
def test_a_mean_is_printed_as_the_integral_of_its_integrand(mean):
    "Its integrand as it stands, a sum in brackets, and the law; the eigenvalue beside it where there is one."
    head, _, law = tex.latex(mean).partition(r"\, d")
    inside = tex.latex(mean.integrand)
    wanted = rf"\left({inside}\right)" if mean.integrand.is_Add else inside
    assert head == rf"\int {wanted}" and law in (tex.latex(mean.law), rf"{tex.latex(mean.law)}(\tau)")


@pytest.mark.filterwarnings("ignore")
def test_another_formula_is_told_apart():
    "The comparison can fail: p - n is not n - p."
    from symrisk.symbols import n, p
    assert all(sympy.simplify(reading - (n - p)) != 0 for reading in parsed(p - n))
