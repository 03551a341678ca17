"""Sentences as LaTeX: letters that are typed become mathematics, words stay words."""

import re

import pytest

from symrisk import catalogue
from symrisk.paper.prose import escaped, prose


@pytest.mark.parametrize(("typed", "wanted"), [
    ("coefficients theta_1, theta_2 are pooled", r"coefficients $\theta_1$, $\theta_2$ are pooled"),
    ("an interpolator, p > n1 + n2.", r"an interpolator, $p > n_1 + n_2$."),
    ("R_target - R_pool", r"$R_{\mathrm{target}} - R_{\mathrm{pool}}$"),
    ("n/p bounded away from 1", r"$n/p$ bounded away from 1"),
    ("penalty p sigma_2^2/R_0 is the best", r"penalty $p \sigma_2^{2}/R_0$ is the best"),
    ("at kappa = 1 the risk", r"at $\kappa = 1$ the risk"),
    ("theta_bar points apart", r"$\bar{\theta}$ points apart"),
    ("rows Sigma^{1/2} z", r"rows $\Sigma^{1/2} z$"),
    ("shrinks by (1-w)^2 a generation", r"shrinks by $(1-w)^{2}$ a generation"),
    ("a share of 5% & more", r"a share of 5\% \& more"),
    ("$\\alpha$ as it is", r"$\alpha$ as it is"),
    ("of 5 samples (three of them), and/or a few", "of 5 samples (three of them), and/or a few"),
    ("min-norm fit of the source's rows, i.e. a fit", "min-norm fit of the source's rows, i.e. a fit"),
    ("asymptotic, O(1/p), for", r"asymptotic, $O(1/p)$, for"),
    ("I take a sample", "I take a sample"),
    ("", ""),
])
def test_sentences(typed, wanted):
    "Greek letters, indices, exponents, operators between letters."
    assert prose(typed) == wanted


def test_special_letters_are_escaped():
    "Those that LaTeX reads as its own."
    assert escaped(r"a_b^c~d\e{f}<g>|#$%&") == (
        r"a\_b\textasciicircum{}c\textasciitilde{}d\textbackslash{}e\{f\}\textless{}g\textgreater{}\textbar{}\#\$\%\&")


def test_no_sentence_of_the_catalogue_keeps_a_typed_letter():
    "No theta\\_1: outside mathematics no index and no exponent is left."
    for entry in catalogue.entries():
        theorem = entry.theorem
        for text in (theorem.states, *theorem.assumes, *(claim.says for claim in theorem.claims)):
            set_text = prose(text)
            outside = re.sub(r"\\texttt\{.*?\}", "", "".join(set_text.split("$")[::2]))
            assert "\\_" not in outside and "textasciicircum" not in outside, text
            assert set_text.count("$") % 2 == 0
