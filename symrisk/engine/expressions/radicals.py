"""Square roots side by side written as one."""

import sympy

HALF = sympy.Rational(1, 2)


def with_one_root(product: sympy.Expr) -> sympy.Expr:
    """A product with its square roots under one sign, not evaluated: SymPy would part them again.

    Roots are joined where all but one of what they are of can't be negative: there the product of
    the roots is the root of the product.

    >>> from symrisk.symbols import p, snr, ssr
    >>> with_one_root(sympy.sqrt(p)*sympy.sqrt((p - 1)/(snr*(1 - ssr))))
    sqrt(p*(p - 1)/(snr*(1 - ssr)))
    """
    above, below, others = [], [], []
    for factor in sympy.Mul.make_args(product):
        base, power = factor.as_base_exp()
        kept = {HALF: above, -HALF: below}.get(power, others)
        kept.append(factor if kept is others else base)
    roots = [*above, *below]
    unsure = [base for base in roots if not base.is_nonnegative]
    if len(roots) < 2 or len(unsure) > 1 or any(base.is_Number for base in roots):
        return product
    inside = sympy.Mul(*above) / sympy.Mul(*below)
    root = (
        sympy.Pow(inside, HALF, evaluate=False)
        if above
        else sympy.Pow(1 / inside, -HALF, evaluate=False)
    )
    return sympy.Mul(*others, root, evaluate=False) if others else root


def in_reading_order(terms: list) -> list:
    """The terms of a sum as one writes them: positive ones first, roots after what has none.

    >>> from symrisk.symbols import n1, p
    >>> in_reading_order([-1, -sympy.sqrt(n1), p])
    [p, -1, -sqrt(n1)]
    """
    return sorted(terms, key=lambda term: (_is_negative(term), _holds_root(term)))


def _is_negative(term):
    return sympy.sympify(term).could_extract_minus_sign()


def _holds_root(term):
    powers = sympy.sympify(term).atoms(sympy.Pow)
    return any(power.exp in (HALF, -HALF) and power.free_symbols for power in powers)
