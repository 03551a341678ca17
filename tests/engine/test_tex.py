"""LaTeX: glossary letters, positive terms first, statements as written."""

import pytest
from sympy import Piecewise, Rational, sqrt

from symrisk.engine.expressions import tex
from symrisk.engine.expressions.mean import Mean
from symrisk.symbols import H, gamma, n1, n2, p, sigma_sq, snr, ssr, tau, theta_sq, w


@pytest.mark.parametrize(("expression", "wanted"), [
    (p - n1, "p - n_{1}"), (n1 + n2, "n_{1} + n_{2}"), (1 - w, "1 - w"), (sigma_sq, r"\sigma^2"), (theta_sq, r"\|\theta_2\|^2"),
    (snr * ssr, r"\mathrm{SNR} \, \mathrm{SSR}"), (Rational(1, 2), r"\frac{1}{2}"), (n1 / p, r"\frac{n_1}{p}"), (sqrt(w), r"\sqrt{w}"),
    (gamma**2, r"\gamma^{2}")])
def test_expressions(expression, wanted):
    "Letters in their glossary form, the positive term before the negative one."
    assert squeezed(tex.latex(expression)) == squeezed(wanted)


def squeezed(source):
    """Without blanks, and without the braces of a one-letter index."""
    return source.replace(" ", "").replace("_{1}", "_1").replace("_{2}", "_2")


def test_a_square_of_a_squared_letter_keeps_its_braces():
    "(sigma^2)^2 is not sigma^2^2, which LaTeX refuses."
    assert "^2^" not in tex.latex(sigma_sq**2).replace(" ", "")


def test_the_order_is_stable():
    "The same sum written in another order prints the same."
    assert tex.latex(1 - w + p - n1) == tex.latex(p + 1 - n1 - w)


@pytest.mark.parametrize(("expression", "wanted"), [(p - n1, "p - n1"), (1 - w, "1 - w"), (p - n1 - n2, "p - n1 - n2")])
def test_text(expression, wanted):
    "Plain text has the same order."
    assert tex.text(expression) == wanted


@pytest.mark.parametrize(("rel", "wanted"), [("<", "a < b"), ("<=", r"a \le b"), ("==", "a = b"), (">=", r"a \ge b"), (">", "a > b")])
def test_relations(rel, wanted):
    "Each relation has its sign."
    assert tex.relation("a", rel, "b") == wanted


def test_cases_print_as_cases():
    "A definition by cases is a cases environment with the condition beside each."
    assert r"\begin{cases}" in tex.latex(Piecewise((w, w < 1), (0, True)))


def test_one_line_of_cases_keeps_their_ampersands():
    "Only the ampersand that lines are aligned at goes."
    cases = tex.latex(Piecewise((w, w < 1), (0, True)))
    assert tex.aligned([f"x &= {cases}"]) == f"x = {cases}" and cases.count("&") == 2


@pytest.mark.parametrize(("expression", "wanted"), [
    (n2 * p * snr * ssr, r"n_2 p \, \mathrm{SNR} \, \mathrm{SSR}"),
    (n1 / p * (n2 / p - 1), r"\frac{n_1}{p} \left(\frac{n_2}{p} - 1\right)"),
    (1 / (1 + n1 / (p * snr)), r"\frac{1}{n_1 / \left(p \, \mathrm{SNR}\right) + 1}"),
    (2 * sqrt(p) * (p - 1) / w, r"\frac{2 \sqrt{p} \left(p - 1\right)}{w}"),
    (p**(n1 / 2), r"p^{n_1 / 2}"),
    (1 / sqrt(p), r"\frac{1}{\sqrt{p}}"),
    (-n1 / p, r"- \frac{n_1}{p}"),
    (w / (p - (n1 + 1) / n2), r"\frac{w}{p - \left(n_1 + 1\right) / n_2}"),
    (p * Mean(tau / (tau + p), H) / n1, r"\frac{p}{n_1} \int \frac{\tau}{p + \tau}\, dH(\tau)"),
    (p * Mean(tau, H) * w**2, r"p w^{2} \int \tau\, dH(\tau)"),
    (Mean(tau + 1, H), r"\int \left(\tau + 1\right)\, dH(\tau)"),
])
def test_products_and_fractions(expression, wanted):
    "A thin space beside a long letter; two storeys at most; a mean last, its sum in brackets."
    assert tex.latex(expression) == wanted


def test_one_line_needs_no_alignment():
    "One line stays as it is; several are aligned at their ampersand."
    assert tex.aligned(["a &= b"]) == "a = b"
    assert tex.aligned(["a &= b", "c &= d"]) == "\\begin{aligned}\n  a &= b \\\\\n  c &= d\n\\end{aligned}"


@pytest.mark.parametrize(("length", "shown"), [(10, True), (4000, True), (4001, False)])
def test_what_would_freeze_a_browser_is_not_displayed(length, shown):
    "Longer than 4000 characters: None, so that Jupyter falls back to the repr."
    assert (tex.display("x" * length) is not None) == shown


def test_what_was_printed_is_printed_again():
    "Pieces are remembered by what they are: a text is that of `str`, whatever was printed before."
    for seed in range(3):
        inner = (p - n1 + seed) ** 2 / (n2 + sqrt(w))
        for expression in (inner, 1 - inner, Rational(-1, 3) * inner * (1 - w), 1 / (inner - 1)):
            assert tex.plain(expression) == tex.plain(expression) == str(expression)
            assert tex.text(1 - expression) == tex.TextPrinter().doprint(1 - expression)


def test_orders_are_remembered_apart():
    "The two printers of text put terms in different orders, and neither prints what the other has."
    expression = sqrt(p - n1)
    assert (tex.plain(expression), tex.text(expression)) == ("sqrt(-n1 + p)", "sqrt(p - n1)")
    assert (tex.plain(expression), tex.text(expression)) == ("sqrt(-n1 + p)", "sqrt(p - n1)")


def test_what_is_remembered_is_bounded(monkeypatch):
    "The memory is emptied when it is full."
    monkeypatch.setattr(tex, "MOST_KEPT", 5)
    monkeypatch.setattr(tex.Remembering, "known", {})
    for k in range(1, 20):
        assert tex.plain(p + n1 * k**2) == str(p + n1 * k**2)
        assert 0 < len(tex.Remembering.known) <= 5
