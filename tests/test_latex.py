"""A formula's LaTeX means the formula: parsed back by an independent grammar, it is the same expression."""

import re

import pytest
import sympy
from sympy.parsing.latex import parse_latex

from symrisk import catalogue
from symrisk.engine import tex

LETTERS = "abcfghjkmnqrsuvwxyz"


def pieces():
    """Every expression that a theorem's formulas print, a definition by cases value by value."""
    for entry in catalogue.entries():
        for formula in entry.theorem.formulas:
            for name, body in ((formula.symbol, formula.expression), *formula.where):
                if not isinstance(body, sympy.Expr):
                    continue
                values = [v for v, _ in body.args] if body.is_Piecewise else [body]
                yield from (pytest.param(v, id=f"{entry.id}.{formula.symbol}.{name}.{k}") for k, v in enumerate(values))


def parsed(expression):
    """What the LaTeX of an expression reads as: all readings, where juxtaposition allows several."""
    symbols = sorted(expression.free_symbols, key=lambda s: -len(tex.latex(s)))
    source = tex.latex(expression).replace("\\left(", "(").replace("\\right)", ")")
    for k, symbol in enumerate(symbols):
        source = re.sub(rf"(?<![a-zA-Z\\]){re.escape(tex.latex(symbol))}(?![a-zA-Z])", lambda _, k=k: chr(0xE000 + k), source)
    for k in range(len(symbols)):
        source = source.replace(chr(0xE000 + k), f" {LETTERS[k]} ")
    # The grammar takes a letter after an exponent for an error: say the product.
    source = re.sub(r"(\^\{\w+\})\s+(?=[a-z(\\])", r"\1 \\cdot ", source)
    tree = parse_latex(source, backend="lark")
    names = {sympy.Symbol(LETTERS[k]): symbol for k, symbol in enumerate(symbols)}
    readings = [tree] if isinstance(tree, sympy.Expr) else tree.children
    return [r.doit().subs(names, simultaneous=True) for r in readings if isinstance(r, sympy.Expr)]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("expression", list(pieces()))
def test_latex_parses_back_to_the_formula(expression):
    "Read again, it differs by zero."
    assert any(sympy.simplify(reading - expression) == 0 for reading in parsed(expression))


@pytest.mark.filterwarnings("ignore")
def test_another_formula_is_told_apart():
    "The comparison can fail: p - n is not n - p."
    from symrisk.symbols import n, p
    assert all(sympy.simplify(reading - (n - p)) != 0 for reading in parsed(p - n))
