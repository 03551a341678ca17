"""A theorem as a paper has it: statement, proofs in words, notation, works cited; it compiles where there is a TeX."""

import re
import shutil
import subprocess

import pytest

from symrisk import Citation, Claim, Formula, Region, Theorem, prove
from symrisk.decide.displays import displayed
from symrisk.decide.letters import Letters
from symrisk.paper.document import body, document, proof
from symrisk.paper.notation import letters_of, table
from symrisk.paper.references import references
from symrisk.symbols import n1, n2, p, sigma_sq, ssr, symbol, w
from symrisk.theorems.collapse.mixing import mixing
from symrisk.theorems.ridge.effective_ridge import effective_ridge
from symrisk.theorems.transfer import concept_shift as shift

LATEX = shutil.which("pdflatex")
room = Formula(symbol("room", "r", "share of free dimensions, p > n_1"), (p - n1) / p, on=Region(n1 < p))
own = Theorem("Room to spare", Citation("doe2027", "Thm 3"), states="More samples, less room: p - n_1 falls.",
              assumes=("n1 < p",), formulas=(room,), claims=(Claim("more samples leave less room", room.diff(n1), "<", 0),))


@pytest.fixture(scope="module")
def whole():
    return document(mixing)


def told(*relation, on=None):
    return proof(Claim("it is so", *relation, on=on))


# -- the proofs, by method

def test_an_inequality_is_shown_by_substitution():
    "p = n1 + n2 + s_p, and every coefficient of the polynomial below is positive."
    says = told(p**2 - n1**2 - n2**2, ">", 0, on=Region(n1 + n2 < p))
    assert r"Substitute $p = n_1 + n_2 + s_{p}$ with $s_{p} > 0$ and $" in says and "every coefficient is positive" in says
    assert r"2 n_1 n_2 + 2 n_1 s_{p} + 2 n_2 s_{p} + s_{p}^{2}" in says and says.count(r"\begin{proof}") == 1


def test_cases_are_numbered():
    "Two bounds that can't be ordered: each order is a case."
    says = told(p * w, ">", 0, on=Region(n1 < p, n2 < p, w > 0) & Region(n1 * w < p))
    assert told(n1 + 1, ">", 0, on=Region(over=(n1,))).count("Case") == 0
    assert proof(shift.concept_shift.claims[9]).count(r"\emph{Case ") == 6 and "ositive" in says


def test_an_equation_is_an_identity():
    "The numerator of the difference vanishes."
    assert "vanishes identically" in told(p / 2 + p / 2, "==", p, on=Region(over=(p,)))


def test_a_claim_in_one_letter_is_a_table_of_signs():
    "Zeros isolated exactly, and the signs between them."
    claim = Claim("it is so", w**3 - 2 * w + 2, ">", 0, on=Region(over=(w,)))
    by = prove(claim).by
    says = proof(claim)
    assert by in ("sign_table", "sturm") and ("isolated exactly" in says or "Sturm's theorem" in says)


def test_an_equivalence_is_shown_part_by_part():
    "Each way with what it says."
    says = proof(shift.concept_shift.claims[11])
    assert says.count(r"\emph{That $") == 2 and r"\rho > 0" in says


@pytest.mark.parametrize("theorem", [mixing, effective_ridge], ids=["mixing", "effective_ridge"])
def test_every_claim_has_a_proof(theorem):
    "As many proofs as propositions, none left to print its certificate."
    source = document(theorem)
    assert source.count(r"\begin{proof}") == source.count(r"\begin{proposition}") == len(theorem.claims)
    assert "verbatim" not in source and "emph{Undecided}" not in source


def test_what_is_not_proved_is_said_to_be_so():
    "A refuted claim has no proof."
    assert told(p, "<", n1, on=Region(n1 < p)) == r"\noindent\emph{Refuted}."


def test_letters_of_a_proof_are_those_of_the_claim():
    "A coordinate has its variable as index; a letter with an exponent is bracketed before it is raised."
    letters = Letters.of(Claim("", sigma_sq * ssr, "<", p, on=Region(over=(sigma_sq, ssr, p))))
    entry = {"variables": ["sigma_sq", "s_ssr"], "terms": [[[2, 1], "-3/2"]]}
    assert letters.polynomial(entry) == r"- \frac{3}{2} \left(\sigma^2\right)^{2} s_{\mathrm{SSR}}"


# -- the document

def test_it_states_the_theorem_with_its_assumptions(whole):
    "In the environment of a theorem, with its citation."
    statement = whole.partition(r"\begin{statement}")[2].partition(r"\end{statement}")[0]
    assert r"\cite[{Theorem 3.1 (min-norm interpolation)}]{garg2025}" in statement and statement.count(r"\item") == len(mixing.assumes)


def test_it_has_a_table_of_notation(whole):
    "Letter, meaning, sign."
    assert r"$w$ & weight of the real labels, $\ge 0$ \\" in whole
    assert len(letters_of(mixing)) == len(set(letters_of(mixing)))
    assert table([]) == ""


def test_works_cited_are_listed(whole):
    "By their keys."
    assert r"\bibitem{garg2025} Anvit Garg" in whole


def test_proofs_may_be_left_out():
    "The rest is the same."
    assert r"\begin{proof}" not in mixing.latex(proofs=False) and mixing.latex(proofs=False).count(r"\begin{proposition}") == len(mixing.claims)


def test_the_body_goes_into_a_paper_of_ones_own():
    "No preamble."
    assert r"\documentclass" not in body(mixing, None) and body(mixing, None) in mixing.latex(proofs=False)


def test_a_theorem_of_ones_own_is_written_the_same_way():
    "An unknown key stands as it is."
    source = own.latex()
    assert r"More samples, less room: $p - n_1$ falls." in source and r"\bibitem{doe2027} doe2027" in source and r"\begin{proof}" in source


def test_bibtex_entries_are_those_of_the_file():
    "Braces balance, and the reference read from an entry is that of the file."
    for key in references():
        entry = Citation(key).cite()
        assert entry.startswith("@") and entry.endswith("}") and entry.count("{") == entry.count("}") and f"{{{key}," in entry
    assert Citation("doe2027").cite() == "" and own.cite() == ""
    assert mixing.cite().count("@") == len({c.key for c in mixing.citations})


@pytest.mark.parametrize(("length", "size"), [(10, ""), (65, r"\small"), (80, r"\footnotesize"), (200, r"\resizebox")])
def test_what_is_wider_than_a_line_is_set_smaller(length, size):
    "By about how wide it is; scaled where no size of type would do."
    source = displayed("x" * length)
    assert size in source and source.count(r"\[") == 1 and ("small" in source or "size" in source) == bool(size)


def environments(source):
    """Whether every environment is closed by its own end."""
    stack = []
    for word, name in re.findall(r"\\(begin|end)\{([a-z*]+)\}", source):
        if word == "begin":
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


@pytest.mark.parametrize("theorem", [mixing, own], ids=["mixing", "own"])
def test_environments_are_closed(theorem):
    "Also those of the proofs."
    assert environments(document(theorem))


@pytest.mark.skipif(LATEX is None, reason="no pdflatex: whether the documents compile is not looked at")
@pytest.mark.parametrize("theorem", [mixing, own, effective_ridge], ids=["mixing", "own", "effective_ridge"])
def test_it_compiles_with_the_article_class(theorem, tmp_path):
    "Without an error."
    (tmp_path / "theorem.tex").write_text(document(theorem), encoding="utf-8")
    command = [LATEX, "-interaction=nonstopmode", "-halt-on-error", "theorem.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:].decode(errors="replace")
    assert (tmp_path / "theorem.pdf").stat().st_size > 10_000
