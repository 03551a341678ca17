"""Claims: two sides and a region, kept as written; what is to be decided is worked out when asked."""

import pytest
import sympy
from sympy import Piecewise, Rational

from symrisk import Claim, Formula, Implicit, Mean, Region, prove
from symrisk.errors import ArgumentError, DomainError, NotProved
from symrisk.language.relation import Relation, as_relations
from symrisk.symbols import H, n, n1, n2, p, sigma_sq, snr, ssr, symbol, tau, w
from symrisk.theorems.collapse import mixing
from symrisk.theorems.transfer import concept_shift as shift
from symrisk.theorems.transfer.reciprocal_spectrum import anisotropy, even_risk, source_scale

x = symbol("x", "x", "a positive letter", positive=True)
y = symbol("y", "y", "a positive letter", positive=True)
room = Region(n1 + n2 < p)


def test_sides_are_kept():
    "A statement that SymPy would evaluate to True keeps its two sides."
    claim = Claim("a square is non-negative", (x - 1)**2 + 1, ">", 0, on=Region(over=(x,)))
    assert claim.sides == ((x - 1)**2 + 1, 0) and claim.relation.rel == ">"


def test_a_claim_holds_where_its_formulas_do():
    "Its region joins those of both sides and its own hypotheses."
    claim = Claim("pooling helps", shift.pooled_risk, "<", shift.target_risk, on=ssr < 1)
    assert {str(r) for r in claim.region.premises} >= {"n1 + n2 < p", "n2 < p", "ssr < 1"}


def test_a_bare_relation_is_a_region():
    "`on` takes a Region or one relation."
    assert Claim("a", x, "<", y, on=x < y).on == Region(x < y)


@pytest.mark.parametrize(("claim", "foreign"), [
    (Claim("a", w, "<", 1, on=room), "w"), (Claim("a", shift.pooled_risk, "<", w), "w"), (Claim("a", x, "<", 1), "x"),
    (Claim("a", n1, "<", p, on=room, iff=(w < 1,)), "w")])
def test_symbols_of_a_claim_belong_to_its_region(claim, foreign):
    "A foreign letter is named, with the letters there are."
    with pytest.raises(DomainError, match=f"{foreign} is no symbol of its region"):
        prove(claim)


def test_an_equivalence_is_two_directions():
    "It holds where the conditions do, and fails where any one of them does not."
    claim = Claim("beats one fit", mixing.variance_factor, "<", 1, iff=(w > Rational(1, 3), w < 1))
    assert [part.relation.rel for part in claim.parts] == ["<", ">=", ">="]


def test_cases_are_decided_one_by_one():
    "A definition by cases is split at its condition."
    claim = Claim("a case", Piecewise((x, x < 1), (1, True)), "<=", 1, on=Region(over=(x,)))
    assert len(claim.parts) == 2 and all(not part.expanded[0].has(Piecewise) for part in claim.parts)


def test_three_cases_are_three_parts():
    "Conditions are met in order: the second case holds where the first does not."
    claim = Claim("three cases", Piecewise((x, x < 1), (2 * x, x < 2), (4, True)), "<=", 4, on=Region(over=(x,)))
    assert prove(claim).status == "proved"


@pytest.mark.parametrize("condition", [sympy.And(x < 1, y < 1), sympy.Or(x < 1, y < 1), sympy.Eq(x, 1), sympy.Ne(x, 1)])
def test_cases_with_other_conditions_are_an_error_of_ours(condition):
    "A condition that is no single inequality is undecided or refused by name, not a crash."
    claim = Claim("odd cases", Piecewise((1, condition), (2, True)), "<=", 2, on=Region(over=(x, y)))
    try:
        assert prove(claim).status in ("proved", "undecided")
    except (ArgumentError, DomainError) as error:
        assert "x" in str(error)


@pytest.mark.parametrize("rel", ["=", "!=", "=>", "", None, "≤"])
def test_relations_are_five(rel):
    "Anything but <, <=, ==, >=, > is refused and the five are listed."
    with pytest.raises(ArgumentError, match="is not a relation; it is one of <, <=, ==, >=, >"):
        Claim("a", x, rel, y)


@pytest.mark.parametrize("side", [0.5, x * 0.5, sympy.Float(1), 1 / (x + 0.25)])
def test_a_float_in_a_side_is_refused(side):
    "A binary float is no exact number, alone or inside an expression."
    with pytest.raises(ArgumentError, match="is a binary float"):
        Claim("a", side, "<", y)


@pytest.mark.parametrize("says", [None, 3, x])
def test_a_claim_begins_with_its_sentence(says):
    "Words first."
    with pytest.raises(ArgumentError, match="a claim begins with its sentence"):
        Claim(says, x, "<", y)


@pytest.mark.parametrize("side", [None, "x", "1/0", [1], object()])
def test_what_is_no_side_is_refused(side):
    "An expression, a formula or an exact number; nothing is parsed."
    with pytest.raises((ArgumentError, DomainError)):
        Claim("a", side, "<", y)


def test_relations_have_no_truth_value():
    "`if relation:` is a mistake, said so."
    with pytest.raises(TypeError, match="is a statement, not a truth value"):
        bool(Relation(x, "<", y))


@pytest.mark.parametrize(("rel", "negated"), [("<", ">="), ("<=", ">"), (">", "<="), (">=", "<")])
def test_negation(rel, negated):
    "The negation holds exactly where the relation does not; negated twice it is itself."
    relation = Relation(x, rel, y)
    assert relation.negated.rel == negated and relation.negated.negated == relation


def test_the_negation_of_an_equation_is_no_relation():
    "It is two regions."
    with pytest.raises(ArgumentError, match="two regions"):
        Relation(x, "==", y).negated  # noqa: B018


@pytest.mark.parametrize(("rel", "slack"), [("<", y - x), ("<=", y - x), (">", x - y), (">=", x - y)])
def test_the_slack_is_positive_where_it_holds(rel, slack):
    "The larger side minus the smaller."
    assert Relation(x, rel, y).slack == slack


@pytest.mark.parametrize("hypothesis", [x < y, Relation(x, "<", y), sympy.Lt(x, y)])
def test_relations_come_in_several_dresses(hypothesis):
    "SymPy's and ours."
    (relation,) = as_relations(hypothesis)
    assert relation.slack == y - x and relation.strict


def test_a_formula_in_a_comparison_stays_a_formula():
    "ssr < threshold keeps the formula as a side, the letter on its left."
    relation = ssr < shift.ssr_threshold
    assert isinstance(relation, Relation) and str(relation) == "ssr < ssr_threshold"


def test_a_verdict_has_no_truth_value():
    "Three values: compare .status or call .require()."
    verdict = prove(Claim("x stays below y", x, "<", y, on=x < y))
    with pytest.raises(TypeError, match="three values"):
        bool(verdict)
    assert verdict.require() is verdict


def test_requiring_what_is_not_proved():
    "NotProved, with the witness."
    with pytest.raises(NotProved, match="x is small: refuted at x = "):
        prove(Claim("x is small", x, "<", 1, on=Region(over=(x,)))).require()


def test_a_verdict_is_plain_data():
    "to_dict is made of strings, numbers, lists and dicts alone."
    def plain(value):
        if isinstance(value, dict):
            return all(isinstance(key, str) and plain(item) for key, item in value.items())
        return all(map(plain, value)) if isinstance(value, (list, tuple)) else isinstance(value, (str, int, bool, type(None)))
    for claim in (*shift.concept_shift.claims[:12], Claim("x is small", x, "<", 1, on=Region(over=(x,)))):
        assert plain(prove(claim).to_dict())


def test_latex_and_repr():
    "The relation, the equivalence and where."
    claim = Claim("it helps", mixing.variance_factor, "<", 1, on=w < 1, iff=(w > Rational(1, 3),))
    assert repr(claim) == "Claim: it helps" and r"c < 1 \iff " in claim.latex() and "w < 1" in claim.latex()


def test_claims_are_frozen_and_equal_by_content():
    "Nouns do not change; the same words on the same sides are the same claim."
    one, other = (Claim("a", x, "<", y, on=x < y) for _ in range(2))
    assert one == other and hash(one) == hash(other) and one != Claim("a", x, "<=", y, on=x < y)
    with pytest.raises(AttributeError):
        one.says = "b"


def test_a_name_one_side_defines_means_the_same_in_the_other():
    "n in the right side is n1 + n2 where the left side says so."
    n = symbol("n", "n", "total", nonnegative=True)
    left = Formula(symbol("left", "l", "the left"), n / p, where={n: n1 + n2}, on=room)
    assert prove(Claim("the share of samples", left, "==", (n1 + n) / p - n1 / p)).status == "proved"


def test_a_letter_given_in_a_side_stays_given():
    "Where a side takes snr as it is, no definition of the other side replaces it."
    claim = Claim("risk without samples is the signal", shift.target_risk.at({n2: 0}), "==", snr * symbol(
        "sigma_sq", r"\sigma^2", "noise variance", default=1, nonnegative=True))
    assert prove(claim).status == "proved"


few = Region(0 < n1, 2 * n1 < p, anisotropy > 1, sigma_sq > 0)
z = symbol("z", "z", "a root", positive=True)
same = Region(over=(x, y))


def root_of(polynomial):
    return Formula(symbol("root", "r", "a root"), z, where={**Implicit.root(z, polynomial)}, on=same)


def scale_of(sample):
    """The scale c that minimises a potential with a sample of this size."""
    c = symbol("c", "c", "scale", positive=True)
    least = Implicit.potential((c,), p * Mean(sympy.log(1 + c * tau), H) - n * sympy.log(c))
    return Formula(symbol("scale", "c", "scale", positive=True), c, where={**least}, on=Region(0 < n, n < p)).at({n: sample})


@pytest.mark.parametrize("claim", [
    Claim("a shift changes nothing", even_risk, "==", even_risk.at({anisotropy: 1}), on=few),
    Claim("a shift does not help", even_risk, ">=", even_risk.at({anisotropy: 1}), on=few),
    Claim("two square roots are one", root_of(z**2 - x), "==", root_of(z**2 - y)),
    Claim("where one root is small the other is", root_of(z**2 - x), "<", 1, on=Region(root_of(z**2 - y) < 1)),
    Claim("two square roots are small together", root_of(z**2 - x), "<", 2, on=Region(root_of(z**2 - x) < 3, root_of(z**2 - y) < 2)),
    Claim("a difference of roots is none", root_of(z**2 - x) - root_of(z**2 - y), "==", 0),
    Claim("the size does not matter", scale_of(n1), "==", scale_of(n2)),
    Claim("the size does not matter, the scale does", scale_of(n1), ">=", scale_of(n2))])
def test_a_name_defined_in_two_ways_is_two_names(claim):
    "What is false of two roots of one name is refuted, and never proved of one of them."
    assert prove(claim).status == "refuted"


@pytest.mark.parametrize("claim", [
    Claim("the larger number has the larger root", root_of(z**2 - x), "<", root_of(z**2 - y), on=Region(x < y)),
    Claim("a root written twice is one", root_of(z**2 - x), "==", root_of(y * z**2 - x * y)),
    Claim("a root at its own letter is itself", root_of(z**2 - x), "==", root_of(z**2 - y).at({y: x})),
    Claim("a root is small where itself is said to be", root_of(z**2 - x), "<", 2, on=Region(root_of(z**2 - x) < 1, root_of(z**2 - y) < 3)),
    Claim("a scale is itself", scale_of(n1), "==", scale_of(n2).at({n2: n1}))])
def test_what_is_true_of_two_roots_of_one_name(claim):
    "Proved of both, each by its own equation; a definition that says the same is no second one."
    assert prove(claim).status == "proved"


def test_the_second_of_two_roots_has_a_prime():
    "In sides, implicit names and regions alike, and of the same sign."
    claim = Claim("larger", root_of(z**2 - x), "<", root_of(z**2 - y), on=Region(root_of(z**3 - x) < 2))
    assert [str(side) for side in claim.expanded] == ["z", "z'"] and {str(s) for s in claim.roots} == {"z", "z'", "z''"}
    assert all(s.is_positive and s.meaning == "a root" for s in claim.roots)
    assert {str(s) for r in claim.region.premises for s in r.slack.free_symbols} == {"z''"}


@pytest.mark.parametrize("build", [
    lambda: Claim("a", root_of(z**2 - x), "<", root_of(z**2 - y), on=Region(z < 1)),
    lambda: Claim("a", root_of(z**2 - x), "<", root_of(z**2 - y), iff=(z < 1,)),
    lambda: Claim("a", root_of(z**2 - x), "<", 1, on=Region(root_of(z**2 - y) < 1, z < 2)),
    lambda: Claim("a", x, "<", 1, on=Region(root_of(z**2 - x) < 1, root_of(z**2 - y) < 1, z < 2))])
def test_a_name_of_two_meanings_alone_is_refused(build):
    "Which of the two is meant can't be known; `roots` says it."
    with pytest.raises(ArgumentError, match="z is defined in two ways here, and it is not clear which is meant"):
        prove(build())


def test_roots_say_which_is_meant():
    "A claim's own definition is what its letters mean."
    own = root_of(z**2 - x)
    claim = Claim("the first is below one", own, "<", 1, on=Region(z < 1, x < y), roots=own.roots)
    assert prove(claim).status == "proved"
    assert prove(Claim("so is the second", root_of(z**2 - y), "<", 1, on=Region(z < 1, x < y), roots=own.roots)).status == "refuted"


def test_a_limit_in_the_denominator_of_a_root_is_no_crash():
    "Cleared where the root's equation is then linear in the name; else the root is expanded."
    over = root_of(z - 1 + z / x)
    assert prove(Claim("z = x/(1 + x) tends to one", over.limit(x, sympy.oo), "==", 1)).status == "proved"
    verdict = prove(Claim("x vanishes", source_scale.limit(anisotropy, sympy.oo), "==", 0, on=2 * n1 < p))
    assert (verdict.status, verdict.by) == ("proved", "expansion")


def test_a_solved_letter_in_the_denominator_of_a_root_is_no_crash():
    "z^2 = 1/(1 + x) is solved for x, at x = 0 too."
    over = root_of(z**2 * (1 + 1 / x) - 1 / x)
    assert prove(Claim("below one", over, "<", 1)).status == "proved"
    assert prove(Claim("its square", over**2, "==", 1 / (1 + x))).status == "proved"


@pytest.mark.parametrize("move", [lambda q: q.diff(H), lambda q: q.diff(tau), lambda q: q.limit(H, 0), lambda q: q.curvature(tau)],
                         ids=["diff by a law", "diff by an eigenvalue", "limit of a law", "curvature along an eigenvalue"])
def test_what_is_no_number_does_not_move(move):
    "A law, or what a mean binds: a claim that a quantity does not depend on it can't be posed, let alone proved."
    share = Formula(symbol("share", "s", "a share"), Mean(tau / (tau + p), H))
    with pytest.raises(ArgumentError, match="share: (H is a law|tau is bound by a mean), no number that moves"):
        prove(Claim("it does not depend on it", move(share), "==", 0))


@pytest.mark.parametrize("ask", [lambda q: q.diff("p"), lambda q: q.at({"p": 1}), lambda q: q.given("p"), lambda q: q.limit("p", 0)])
def test_a_text_is_no_name(ask):
    "Names are symbols, and the error says so where it is made."
    with pytest.raises(ArgumentError, match="names are symbols, of symrisk.symbols or your own; not 'p'"):
        ask(Formula(symbol("half", "h", "half the dimension"), p / 2))
