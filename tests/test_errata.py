"""Errata: what was published is refuted by the witness beside it, what is right is proved, and every view shows both."""

import dataclasses
import json
import re
import sys

import mpmath
import pytest
import sympy
from test_standing import CLAIMS

from symrisk import Citation, Claim, Erratum, Formula, Region, Theorem, prove
from symrisk import __main__ as command_line
from symrisk.catalogue import check, check_erratum, entries
from symrisk.errors import ArgumentError, DomainError
from symrisk.paper.references import references
from symrisk.symbols import cross, n1, n2, p, snr, ssr, symbol
from symrisk.theorems.transfer import concept_shift, errata, isotropic_ridge, reciprocal_spectrum

RECORDED = {erratum.says: erratum for entry in entries() for erratum in entry.theorem.errata}
WRITTEN = (*errata.of_pooled_ridge(isotropic_ridge.ridge_risk),
           *errata.of_concept_shift(concept_shift.pooled_risk, concept_shift.target_risk, concept_shift.ssr_threshold))
PLACE = Citation("doe2027", "Lemma 1")
BOTH = Claim("there is room for both", p - n1 - n2, ">", 0, on=Region(n1 < p, n2 < p))
TOGETHER = Claim("there is room for both together", p - n1 - n2, ">", 0, on=Region(n1 + n2 < p))
FULL = {n1: 2, n2: 2, p: 3}


def erratum(published=BOTH, witness=FULL, right=TOGETHER):
    return Erratum("two samples that fit one by one need not fit together", PLACE, published, witness, right)


@pytest.mark.parametrize("says", RECORDED)
def test_every_erratum_holds(says):
    "The published claim is false at the witness, and the prover refutes it on its own; the right claim is proved."
    found = RECORDED[says].check()
    assert found.holds and found.status == "corrected" and prove(RECORDED[says].published).status == "refuted"


def test_what_is_written_is_bound():
    "Each erratum of the errata module belongs to a theorem of the catalogue."
    written = {*WRITTEN, *reciprocal_spectrum.reciprocal_spectrum.errata}
    assert {erratum.says for erratum in written} == RECORDED.keys()


def test_no_published_error_is_a_claim():
    "What an erratum refutes stands among no theorem's claims."
    assert not {erratum.published for erratum in RECORDED.values()} & {claim for _, claim in CLAIMS.values()}


@pytest.mark.parametrize("says", RECORDED)
def test_an_erratum_is_placed(says):
    "In a work of the bibliography, at a place in it; its sentence has no full stop."
    where = RECORDED[says].where
    assert where.key in references() and where.place and not says.endswith(".")


def test_the_code_is_right_without_inner_product():
    "limit_model_shift computes the ridge risk exactly where <theta_2, delta> = 0; the literal transcript differs elsewhere."
    coded = WRITTEN[3].published
    ridge, code = coded.sides
    assert prove(Claim("orthogonal shifts", ridge.at({cross: 0}), "==", code)).status == "proved"
    values = dict(n1=60, n2=40, p=300, mu=100, theta_sq=1, delta_sq=0.3, cross=-0.2, sigma_sq=1)
    without = {name: value for name, value in values.items() if name != "cross"}
    assert ridge(**values) - code(**without) == pytest.approx(WRITTEN[3].right.sides[1](**values) - code(**without), rel=1e-12)
    assert code(**without) != pytest.approx(ridge(**values), rel=1e-3)


def test_the_code_is_read_rightly():
    "What the code computes, by its own route: the Stieltjes transform in closed form, its root per source sample."
    n1, n2, p, lam, theta_sq, delta_sq, sigma_sq = 60, 40, 300, mpmath.mpf("0.7"), 1.3, 0.2, 0.8
    gamma, per_source, s = mpmath.mpf(p) / (n1 + n2), mpmath.mpf(p) / n1, lam * (n1 + n2) / n1

    def stieltjes(x):
        return (gamma - 1 - x + mpmath.sqrt((1 - gamma + x)**2 + 4 * gamma * x)) / (2 * gamma * x)

    spread = -mpmath.diff(stieltjes, lam)
    f1 = mpmath.findroot(lambda x: s * per_source * x**2 + (1 + mpmath.mpf(n2) / n1 - per_source + s) * x - 1, (0, 1 / s),
                         solver="anderson")
    f2 = f1**2 * (1 + per_source * f1)**2 / ((1 + per_source * f1)**2 - per_source * f1**2)
    f3 = mpmath.mpf(n2) / n1 / (1 + per_source * f1) + s
    shifted = (1 - 2 * f1 * f3 + f2 * f3**2) / (1 - per_source * f2 * (f3 - s) / (1 + per_source * f1))
    wanted = lam**2 * spread * theta_sq + shifted * delta_sq + gamma * (stieltjes(lam) - lam * spread) * sigma_sq
    _, code = WRITTEN[3].published.sides
    found = code(n1=n1, n2=n2, p=p, mu=float(lam) * (n1 + n2), theta_sq=theta_sq, delta_sq=delta_sq, sigma_sq=sigma_sq)
    assert found == pytest.approx(float(wanted), rel=1e-9)


@pytest.mark.parametrize(("changed", "status"), [
    ({"right": BOTH}, "refuted"), ({"published": TOGETHER}, DomainError), ({"witness": {n1: 1, n2: 1, p: 3}}, DomainError),
    ({"witness": {n1: 5, n2: 5, p: 3}}, DomainError), ({"witness": {n1: 2, p: 3}}, ArgumentError)],
    ids=["right is false", "published is true", "witness does not refute", "witness is outside", "witness is incomplete"])
def test_an_erratum_can_fail(changed, status):
    "It holds only with a witness in the region that breaks the published claim, and a right claim that is proved."
    if isinstance(status, str):
        assert erratum(**changed).check().status == status and not erratum(**changed).check().holds
    else:
        with pytest.raises(status, match="two samples"):
            erratum(**changed).check()


@pytest.mark.parametrize(("field", "value"), [("published", "words"), ("right", None), ("witness", [1]), ("witness", {n1: 0.5})])
def test_fields_have_their_types(field, value):
    "Claims are claims, and a witness is exact."
    with pytest.raises(ArgumentError):
        erratum(**{field: value})


def test_a_theorem_refuses_what_is_no_erratum():
    "A claim among the errata, the same erratum twice, and a published error among the claims."
    room = Formula(symbol("room", "r", "free dimensions"), p - n1 - n2, on=Region(n1 + n2 < p))
    for given in ({"errata": (BOTH,)}, {"errata": (erratum(), erratum())}, {"errata": [erratum()]},
                  {"errata": (erratum(),), "claims": (BOTH,)}, {"claims": (erratum(),)}):
        with pytest.raises(ArgumentError):
            Theorem("Room", PLACE, formulas=(room,), **given)


def test_checking_an_entry_covers_its_errata():
    "catalogue.check yields a result of the kind `erratum`, with the witness in its verdict."
    entry = next(e for e in entries() if e.id == "transfer.concept_shift")
    (result,) = [check_erratum(entry.id, e) for e in entry.theorem.errata]
    assert (result.kind, result.status, result.verdict.witness[ssr]) == ("erratum", "corrected", 0)
    only = dataclasses.replace(entry, theorem=dataclasses.replace(entry.theorem, claims=()), chains=())
    assert [r.claim for r in check(only)] == [result.claim]


FILE = '''
from symrisk import Citation, Claim, Erratum, Formula, Region, Theorem
from symrisk.symbols import n1, n2, p, symbol

room = Formula(symbol("room", "r", "free dimensions"), p - n1 - n2, on=Region(n1 < p, n2 < p))
slip = Erratum("two samples need not fit_together", Citation("doe2027", "Lemma 1"),
               published=Claim("both fit", room, ">", 0), witness={n1: 2, n2: 2, p: 3},
               right=Claim("both fit together", room, ">", 0, on=Region(n1 + n2 < p)))
roomy = Theorem("Room", Citation("doe2027", "Lemma 1"), states="Room.", assumes=("space",), formulas=(room,),
                claims=(Claim("a sample takes room", room.diff(n1), "<", 0),), errata=(slip,))
wrong = Theorem("No room", Citation("doe2027", "Lemma 2"), errata=(
    Erratum("nothing fits", Citation("doe2027", "Lemma 2"), published=slip.published, witness=slip.witness,
            right=Claim("neither fits", room, "<", 0)),))
'''


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Runs a command on a file with two errata, one of which does not hold."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    (tmp_path / "slipped.py").write_text(FILE)

    def runner(*words):
        return command_line.main([str(word) for word in (*words, tmp_path / "slipped.py")]), *capsys.readouterr()
    yield runner
    sys.modules.pop("slipped", None)


def test_check_has_a_row(run):
    "An erratum that holds is `corrected`; one whose right statement is false is refuted, with exit code 1."
    code, out, _ = run("check", "-v")
    assert code == 1 and "  ✓ two samples need not fit_together  [published refuted, right proved by " in out
    assert "published refuted, right proved by positive" in out and "published refuted, right refuted" in out
    assert "2 errata: 1 corrected, 1 refuted, 0 undecided" in out
    assert re.search(r"  ✗ refuted: nothing fits  .* s\n      published refuted, right refuted\n      fails at n1 = ", out)


def test_check_json_has_the_witness(run):
    "The published statement's witness stands beside the corrected erratum."
    rows = {row["claim"]: row for row in json.loads(run("check", "--json")[1])}
    assert rows["two samples need not fit_together"]["witness"] == {"n1": "2", "n2": "2", "p": "3"}
    assert rows["two samples need not fit_together"]["kind"] == "erratum"


def test_show_prints_both_statements(run):
    "Where it stands, what was published with its witness, what is right with its proof: as text, JSON and LaTeX."
    page = run("show", "slipped.roomy", "--in")[1]
    for words in ("Errata\n  two samples need not fit_together  [doe2027, Lemma 1]", "published: both fit\n",
                  "refuted: fails at n1 = 2, n2 = 2, p = 3", "right: both fit together\n", "proved by positive"):
        assert words in page
    (shown,) = json.loads(run("show", "slipped.roomy", "--json", "--in")[1])["errata"]
    assert (shown["status"], shown["published"]["status"], shown["right"]["status"]) == ("corrected", "refuted", "proved")
    assert shown["published"]["witness"]["p"] == "3" and shown["where"]["place"] == "Lemma 1"
    source = run("show", "slipped.roomy", "--latex", "--in")[1]
    assert r"\paragraph{Erratum} (\cite[{Lemma 1}]{doe2027}): two samples need not fit\_together. Published, both fit" in source
    assert "which fails at $n_1 = 2,\\; n_2 = 2" in source


def test_a_notebook_shows_it():
    "In an erratum's own Markdown and in its theorem's."
    theorem = Theorem("Room", PLACE, errata=(erratum(),))
    assert "fails at $n_1 = 2" in erratum()._repr_markdown_() and "1 erratum" in theorem._repr_markdown_()
    assert "| $n_1 = 2" in theorem.errata._repr_markdown_()


def test_the_threshold_ties_at_its_boundary():
    "Where SSR = rho, at the witness and elsewhere, the two risks are the same exact number."
    pooled, target = WRITTEN[-1].published.sides
    at = WRITTEN[-1].witness
    for sizes, signal in (((at[n1], at[n2], at[p]), at[snr]), ((100, 100, 600), 5)):
        point = {"n1": sizes[0], "n2": sizes[1], "p": sizes[2], "snr": signal}
        rho = sympy.Rational(str(concept_shift.ssr_threshold.at({n1: sizes[0], n2: sizes[1], p: sizes[2], snr: signal}).expanded))
        assert rho >= 0 and pooled.digits(40, ssr=rho, sigma_sq=1, **point) == target.digits(
            40, sigma_sq=1, **{name: value for name, value in point.items() if name != "n1"})
