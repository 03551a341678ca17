"""A formula's LaTeX means the formula: parsed back by an independent grammar, it is the same expression."""

import re

import pytest
import sympy
from sympy.parsing.latex import parse_latex

from symrisk import catalogue
from symrisk.engine import tex

LETTERS = "abcfghjkmnqrsuvwxyz"
JUXTAPOSED = re.compile(r"((?<![a-z])[a-z]|[0-9)}])(?:\s+(?=[a-z0-9(])|(?=\()|\s*(?=\\(?:frac|sqrt)))")
"""Where two factors stand side by side.  The grammar knows `a b` in some places only, and may read `a (b)` as a function of b:
the product is said, and nothing else."""


def pieces():
    """Every expression that a theorem's formulas print, a definition by cases value by value, each once."""
    found = {}
    for entry in catalogue.entries():
        for formula in entry.theorem.formulas:
            for name, body in ((formula.symbol, formula.expression), *formula.where):
                if not isinstance(body, sympy.Expr):
                    continue
                values = [v for v, _ in body.args] if body.is_Piecewise else [body]
                for k, value in enumerate(values):
                    found.setdefault(value, f"{entry.id}.{formula.symbol}.{name}.{k}")
    return [pytest.param(value, id=says) for value, says in found.items()]


def parsed(expression):
    """What the LaTeX of an expression reads as: all readings, where the grammar allows several."""
    symbols = sorted(expression.free_symbols, key=lambda s: -len(tex.latex(s)))
    source = tex.latex(expression).replace("\\left(", "(").replace("\\right)", ")")
    for k, symbol in enumerate(symbols):
        source = re.sub(rf"(?<![a-zA-Z\\]){re.escape(tex.latex(symbol))}(?![a-zA-Z])", lambda _, k=k: chr(0xE000 + k), source)
    for k in range(len(symbols)):
        source = source.replace(chr(0xE000 + k), f" {LETTERS[k]} ")
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


@pytest.mark.filterwarnings("ignore")
def test_another_formula_is_told_apart():
    "The comparison can fail: p - n is not n - p."
    from symrisk.symbols import n, p
    assert all(sympy.simplify(reading - (n - p)) != 0 for reading in parsed(p - n))
