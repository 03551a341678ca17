"""One resolver of ids for every verb: whole ids, their ends, slips."""

import pytest

from symrisk.catalogue.asked.chosen import chosen
from symrisk.catalogue.asked.ids import meant
from symrisk.catalogue.asked.resolve import locate, whole_id
from symrisk.catalogue.index import listed
from symrisk.engine.slips import slips
from symrisk.errors import ArgumentError

LISTED = listed()
FORMULAS = [f"{theorem.id}.{name}" for theorem in LISTED.values() for name in theorem.formulas]


@pytest.mark.parametrize("identifier", [*LISTED, *FORMULAS])
def test_every_whole_id_means_itself(identifier):
    "Whatever else ends in it."
    assert whole_id(identifier) == identifier


@pytest.mark.parametrize("identifier", LISTED)
def test_the_end_of_a_theorems_id_is_enough(identifier):
    "From some point on no other theorem has it; a formula of that name does not make it ambiguous."
    setting, _, rest = identifier.partition(".")
    assert setting and whole_id(rest) == identifier


def test_an_end_is_of_whole_parts():
    "mixing is no end of remixing."
    assert meant("mixing", [["a.remixing", "a.mixing"]]) == "a.mixing"
    with pytest.raises(ArgumentError, match="no theorem 'xing'"):
        meant("xing", [["a.remixing", "a.mixing"]])


def test_an_ambiguous_end_lists_all_that_it_may_be():
    "And chooses none."
    with pytest.raises(ArgumentError, match=r"pooled_risk may be .*comparison\.pooled_risk, .* or .*\.pooled_risk: say which"):
        locate("pooled_risk")


@pytest.mark.parametrize(("slip", "close"), [
    ("colapse.mixing", "collapse.mixing"), ("MIXING", "collapse.mixing"), ("concept_shfit", "transfer.concept_shift"),
])
def test_a_slip_is_told(slip, close):
    "What it is close to, in the message."
    with pytest.raises(ArgumentError, match=f"no theorem {slip!r}; did you mean {close}"):
        locate(slip)


def test_a_slip_in_a_formula_is_told_within_its_theorem():
    "The theorem is known: only its formulas are offered."
    with pytest.raises(ArgumentError, match="transfer.concept_shift has no formula 'poled_risk'; did you mean pooled_risk"):
        locate("concept_shift.poled_risk")


def test_what_is_close_to_nothing_gets_no_guess():
    "A guess that is none would mislead."
    assert slips("zzz", ["noise", "size"]) == []


def test_the_module_of_ones_own_is_asked_by_ends_too(tmp_path):
    "The same words for one's own theorems."
    text = ("from symrisk import Citation, Claim, Formula, Theorem\nfrom symrisk.symbols import p, symbol\n"
            "twice = Formula(symbol('twice', 't', 'two p'), 2 * p)\n"
            "own = Theorem('Own', Citation('me'), formulas=(twice,), claims=(Claim('more', twice, '>', p),))\n")
    (tmp_path / "own.py").write_text(text)
    assert locate("twice", [str(tmp_path / "own.py")]).formula.title == "twice"
    with pytest.raises(ArgumentError, match="did you mean own"):
        locate("owm", [str(tmp_path / "own.py")])


# What `symrisk check` takes.

@pytest.mark.parametrize("word", ["collapse", "collapse.mixing", "mixing", "variance_factor", "symrisk.theorems.collapse"])
def test_one_theorem_is_chosen_by_any_of_its_names(word):
    "Its setting, its id, the end of that, a formula of it, its module."
    assert [entry.id for entry in chosen([word]).entries] == ["collapse.mixing"]


def test_what_is_named_twice_is_chosen_once():
    "By its id and by its module."
    assert [entry.id for entry in chosen(["mixing", "symrisk.theorems.collapse", "collapse"]).entries] == ["collapse.mixing"]


def test_a_setting_is_all_its_theorems():
    "In the order of ids."
    assert [entry.id for entry in chosen(["ridge", "collapse"]).entries] == sorted(
        identifier for identifier in LISTED if identifier.startswith(("ridge.", "collapse.")))


def test_a_word_that_is_nothing_is_refused():
    "Also beside others that are something: nothing is checked by halves."
    with pytest.raises(ArgumentError, match="no module or path 'mxing', and no theorem 'mxing'; did you mean collapse.mixing"):
        chosen(["mixing", "mxing"])
