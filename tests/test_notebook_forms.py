"""What a notebook shows of each noun: Markdown with LaTeX in it, and plain text where that is too long."""

from itertools import repeat

import pytest

from symrisk import (
    Claim,
    Comparison,
    Formula,
    Implicit,
    Region,
    minimizer,
    monotonicity,
    prove,
    threshold,
)
from symrisk.engine.expressions.markdown import LONGEST, MOST, displayed, inline, table, whole
from symrisk.language.relation import Relation
from symrisk.paper.theorem import Errata
from symrisk.symbols import mu, n1, n2, p, snr, symbol, w
from symrisk.theorems.collapse import mixing
from symrisk.theorems.transfer import concept_shift as shift
from symrisk.theorems.transfer import isotropic_ridge

x = symbol("x", "x", "a positive letter", positive=True)
BELOW = Claim("the threshold stays below the share of free dimensions", shift.ssr_threshold, "<", (p - n1 - n2) / (p - n1))
HELPS = Claim("pooling always helps", shift.pooled_risk, "<=", shift.target_risk)


def shown(noun):
    """Its Markdown, as a line."""
    return " ".join(noun._repr_markdown_().split())


def test_a_proof_shows_its_coordinates_and_factors():
    "Letters as the glossary prints them, powers below the line in the denominator."
    text = shown(prove(BELOW))
    assert text.startswith("**✓ proved** by positive: the threshold stays below")
    assert r"p = n_1 + n_2 + s_{p}" in text and r"\frac{\left(n_1 + n_2 + s_{p}\right)^{2}}{\mathrm{SNR}" in text
    assert "$n_2 + s_{p} > 0$, coefficients of one sign" in text


def test_a_refutation_shows_the_point_and_both_sides():
    "As a table: what was compared, and its value there."
    text = shown(prove(HELPS))
    assert "**✗ refuted**: pooling always helps" in text and "$n_1 = 1$, $n_2 = 0$, $p = 2$" in text and "where 1 &lt;= 0 is false" in text
    assert r"| $R_{\mathrm{pool}}$ | $1$ | | $R_{\mathrm{target}}$ | $0$ |" in text


def test_an_irrational_side_is_shown_as_a_decimal():
    "A root's value at the point that refutes."
    root = Implicit.root(x, x**2 - n1 - 2)
    above = Formula(symbol("above", "a", "a root", positive=True), x, where={**root})
    assert r"\approx 1." in shown(prove(Claim("a root exceeds two", above, ">", 2)))


def test_an_equivalence_shows_both_directions():
    "Each with its own proof."
    (claim,) = [claim for claim in mixing.mixing.claims if claim.says.startswith("the long-run factor grows with the weight exactly")]
    text = shown(prove(claim))
    assert "*Region(w\\*\\*2 + w > 1)*" in text and "*Region(w\\*\\*2 + w &lt;= 1)*" in text and "< 0$, a hypothesis" in text


def test_other_proofs_are_shown_as_text():
    "A limit by its regimes; an identity in a sentence; what is not decided by its reasons."
    limit = prove(Claim("it vanishes", isotropic_ridge.ridge_risk.limit(mu, 0), "==", shift.unequal_noise_pooled_risk))
    assert "```text as mu tends to 0" in shown(limit) and "4 regimes" in shown(limit)
    assert "The two sides are the same rational function." in shown(prove(Claim("a square", (w + 1)**2, "==", w**2 + 2*w + 1, on=Region(over=(w,)))))
    open_question = prove(BELOW, methods=())
    assert shown(open_question).startswith("**? undecided**") and "- tried and without an answer" in shown(open_question)


def test_a_theorem_is_compact():
    "A line a formula, then how much there is."
    text = shift.concept_shift._repr_markdown_()
    assert "- `snr_cutoff(n1, n2, p)` $C = \\frac{p^{2}}" in text and "80 claims · 3 simulations · 1 erratum · builds on" in text
    assert "`a long definition: .latex()` least pooled risk" in text and len(text) < MOST


def test_errata_are_a_table():
    "A tuple as before; bars are named, for a bar ends a cell; nothing is shown of none."
    (row,) = shift.concept_shift.errata._repr_markdown_().splitlines()[2:]
    assert r"$\mathrm{SNR} = \frac{8}{3}$" in row and row.count("|") == 6
    assert shift.concept_shift.errata == tuple(shift.concept_shift.errata) and isinstance(shift.concept_shift.errata, Errata)
    last = isotropic_ridge.isotropic_ridge.errata._repr_markdown_().splitlines()[-1]
    assert r"\Vert \delta\Vert ^2" in last and last.count("|") == 6
    assert mixing.mixing.errata == () and mixing.mixing.errata._repr_markdown_() is None


def test_what_is_derived_says_its_status():
    "An extremum, a threshold, a direction."
    assert shown(minimizer(mixing.variance_factor, w)).endswith("$, proved")
    assert shown(threshold(shift.ssr_threshold, snr)).endswith("$, proved")
    assert shown(monotonicity(shift.ssr_threshold, n1)) == "strictly **decreasing** in $n_1$, proved"
    gamma = symbol("gain", "g", "a gain")
    runs = monotonicity(Formula(gamma, n1 * (p - 2 * n2)), n1)
    assert "exactly where $" in shown(runs) or "neither" in shown(runs)


def test_a_comparison_is_a_table():
    "Mean with its standard error, formula, z."
    assert "| z, in standard errors | -1.22 |" in Comparison.of([1.0, 3.0, 2.0, 2.0], formula=2.5)._repr_markdown_()
    assert "finite-size" in Comparison.of([1.0, 3.0], formula=2.5, finite_size=2.4)._repr_markdown_()


def test_a_claim_and_a_region_are_shown():
    "The sentence above the relation; a region without hypotheses as text."
    assert shown(BELOW).startswith("*the threshold stays below the share of free dimensions* $$ \\rho <")
    assert shift.pooled_risk.on._repr_latex_() == "$\\displaystyle n_1 + n_2 < p$" and Region()._repr_latex_() is None


LONG = sum(x**k / (1 + k) for k in range(400))


@pytest.mark.parametrize("noun", [Region(LONG > n1), Relation(LONG, ">", n1), Formula(symbol("long", "l", "a long sum"), LONG)])
def test_what_is_long_is_shown_as_text(noun):
    "A browser would freeze over it."
    assert noun._repr_latex_() is None and repr(noun)


def test_a_long_claim_keeps_its_sentence():
    "Its relation is there as code."
    text = shown(Claim("the sum is large", LONG, ">", n1))
    assert text.startswith("*the sum is large* `") and "$" not in text


def test_markdown_by_hand():
    "What is long is said, what is too long in all is nothing; a bar in words stays."
    assert inline("x" * (LONGEST + 1), "x") == displayed("x" * (LONGEST + 1), "x") == "`x`"
    assert whole(*repeat("x" * LONGEST, 5)) is None and whole("", "a", "") == "a"
    assert table(("a",), [(r"$\left|x\right|$",), (r"$\|x\|$",)]).splitlines()[2:] == [r"| $\left\vert x\right\vert $ |", r"| $\Vert x\Vert $ |"]
