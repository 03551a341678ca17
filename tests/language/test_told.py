"""What a formula says to who looks around: its signature, its text of help, what Tab completes."""

import inspect
import pickle
import pydoc
import re

import pytest
from sympy import Symbol

from symrisk import Citation, Claim, Formula, Region, Theorem
from symrisk.symbols import n1, p, symbol
from symrisk.theorems.transfer import concept_shift as shift
from symrisk.theorems.transfer import covariate_shift

INPUTS = ("n1", "n2", "p", "snr", "ssr")


def test_a_formula_has_a_signature_of_its_own():
    "Its inputs by name only, those with a default after those without; a class keeps the signature of its construction."
    found = inspect.signature(shift.pooled_risk).parameters
    assert tuple(found)[:7] == (*INPUTS, "sigma_sq", "outside")
    assert all(found[name].kind is inspect.Parameter.KEYWORD_ONLY and found[name].default is inspect.Parameter.empty for name in INPUTS)
    assert found["sigma_sq"].default == 1
    assert "expression" in inspect.signature(Formula).parameters


@pytest.mark.parametrize("method", ["digits", "ball", "values", "digits_lost"])
def test_methods_that_take_the_inputs_show_them(method):
    "And are like Python's own bound methods: equal, named, documented, picklable."
    bound = getattr(shift.pooled_risk, method)
    assert {*INPUTS, "sigma_sq"} <= set(inspect.signature(bound).parameters)
    assert bound == getattr(shift.pooled_risk, method) != getattr(shift.target_risk, method)
    assert bound.__name__ == method and bound.__doc__ == getattr(Formula, method).__doc__
    again = pickle.loads(pickle.dumps(shift.pooled_risk.digits))
    assert again(5, n1=180, n2=100, p=600, snr=5, ssr="0.2") == shift.pooled_risk.digits(5, n1=180, n2=100, p=600, snr=5, ssr="0.2")


def test_help_is_of_this_formula():
    "What it means, its definition, inputs, region, accuracy, and the theorem and paper that it is from."
    text = pydoc.plain(pydoc.render_doc(shift.pooled_risk))
    for said in ("excess risk of the pooled min-norm interpolator", "shift = delta_sq*n1*(p - n1)/(p*(p - n))", "sigma_sq  noise variance (scalar, >= 0, default 1)",
                 "Holds for: n1 + n2 < p", "Accuracy: asymptotic, O(1/p)", "From: Pooling under concept shift", "song2024", "Yanke Song"):
        assert said in text
    assert Formula.__doc__.startswith("An explicit definition")


def test_help_of_what_is_made_says_what_it_is():
    "A derivative, a limit, a formula over a law."
    assert shift.pooled_risk.diff(n1).__doc__.startswith("d pooled_risk/d n1")
    assert shift.pooled_risk.limit(n1, 0).__doc__.startswith("lim pooled_risk")
    assert "H  " in covariate_shift.pooled_variance.__doc__


def test_a_long_definition_is_cut():
    "Help stays readable; the whole is in .latex()."
    a = symbol("a", "a", "a number", positive=True)
    long = Formula(symbol("long", "l", "a long sum"), sum((a + k)**k for k in range(1, 60)))
    assert "(.latex() has it all)" in long.__doc__ and max(map(len, long.__doc__.splitlines())) < 400


def test_a_name_that_python_can_not_write_is_left_to_the_stars():
    "A keyword of Python, or a letter with a prime."
    odd = Formula(symbol("odd", "o", "a sum"), Symbol("lambda", real=True) + n1)
    assert tuple(inspect.signature(odd).parameters)[0] == "n1"
    assert odd(**{"lambda": 1, "n1": 2}) == 3


def test_the_first_theorem_that_states_a_formula_is_its_source():
    "Also of one's own; a pickle carries the formula alone."
    room = Formula(symbol("room", "r", "share of free dimensions"), (p - n1) / p, on=Region(n1 < p))
    assert room.source is None
    first, second = (Theorem(title, Citation("doe2027", "Thm 3"), formulas=(room,), claims=(Claim("there is room", room, ">", 0),))
                     for title in ("Room to spare", "Room again"))
    assert room.source is first and second.formulas == (room,)
    assert "From: Room to spare" in room.__doc__ and "doe2027, Thm 3" in room.__doc__
    assert pickle.loads(pickle.dumps(room)) == room


@pytest.mark.parametrize("call", [lambda f: f(180, 100), lambda f: f.digits(30, 180), lambda f: f.ball(30, 180), lambda f: f.values(180), lambda f: f.digits_lost(180)])
def test_inputs_go_by_name(call):
    "The message shows the call."
    with pytest.raises(TypeError, match=r"inputs go by name: pooled_risk\(n1=…, n2=…, p=…, snr=…, ssr=…\)"):
        call(shift.pooled_risk)


@pytest.fixture(scope="module")
def shell():
    """IPython as a notebook has it."""
    interactive = pytest.importorskip("IPython.core.interactiveshell").InteractiveShell.instance()
    interactive.push({"shift": shift, "pooled_risk": shift.pooled_risk})
    yield interactive
    interactive.clear_instance()


def completed(shell, text):
    """What Tab offers after a text."""
    from IPython.core.completer import provisionalcompleter

    with provisionalcompleter():
        return [found.text for found in shell.Completer.completions(text, len(text))]


@pytest.mark.parametrize("jedi", [True, False])
@pytest.mark.parametrize("text, wanted", [("pooled_risk(n", {"n1=", "n2="}), ("shift.pooled_risk(s", {"snr=", "ssr=", "sigma_sq="}),
                                          ("shift.pooled_risk.digits(30, n1=180, n", {"n2="})])
def test_tab_completes_the_inputs(shell, jedi, text, wanted):
    "Of a call, and of the methods that take the same."
    shell.Completer.use_jedi = jedi
    assert wanted <= set(completed(shell, text))


@pytest.mark.parametrize("jedi", [True, False])
def test_tab_offers_what_a_theorem_states(shell, jedi):
    "Not what its file imports."
    shell.Completer.use_jedi = jedi
    offered = {name.removeprefix(".") for name in completed(shell, "shift.")}
    assert {"pooled_risk", "concept_shift", "ssr_threshold"} <= offered and not offered & {"Ge", "helpful", "Claim", "partial", "n1"}


def test_a_question_mark_shows_this_formula(shell):
    "Signature first, then the formula's own text before that of its class."
    shown = pydoc.plain(shell.inspector._get_info(shift.pooled_risk, "pooled_risk", None, None, 0)["text/plain"])
    shown = re.sub(r"\x1b\[[\d;]*m", "", shown)
    assert "pooled_risk( *, n1, n2, p, snr, ssr, sigma_sq=1" in " ".join(shown.split())
    assert -1 < shown.find("excess risk of the pooled") < shown.find("An explicit definition")
