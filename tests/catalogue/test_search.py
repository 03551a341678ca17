"""symrisk.find: theorems and formulas by what they say."""

import subprocess
import sys

import pytest

from symrisk import find
from symrisk.catalogue import index
from symrisk.errors import ArgumentError


@pytest.mark.parametrize(("words", "identifier"), [
    ("model collapse", "collapse.mixing"), ("golden", "collapse.mixing"), ("threshold", "transfer.concept_shift"),
    ("effective ridge", "ridge.effective_ridge"), ("best penalty", "transfer.best_ridge"),
])
def test_words_find_the_theorem(words, identifier):
    "Of its title, its statement, or the paper it is from."
    assert identifier in [hit.id for hit in find(words)]


def test_capitals_and_order_do_not_count():
    "Nor do endings: each word is the beginning of one."
    assert find("Golden RATIO") == find("ratio gold")


@pytest.mark.parametrize("inputs", ["snr,ssr", ("snr", "ssr"), "ssr, snr"])
def test_formulas_by_their_inputs(inputs):
    "Every formula that is shown takes them all, and every one that takes them is shown."
    found = {f"{hit.id}.{name}" for hit in find(inputs=inputs) for name in hit.formulas}
    wanted = set()
    for theorem in index.listed().values():
        taking = [name for name, (_, names) in theorem.formulas.items() if {"snr", "ssr"} <= set(names)]
        wanted |= {f"{theorem.id}.{name}" for name in taking[:6]}
    assert found == wanted


def test_by_paper():
    "An author and a year; what cites something else is left out."
    hits = find("threshold", paper="Song 2024")
    assert hits and all(any("song2024" in work for work in index.listed()[hit.id].papers) for hit in hits)


@pytest.mark.parametrize(("asked", "message"), [
    ({"words": "treshold"}, "nothing speaks of 'treshold'; did you mean threshold"),
    ({"inputs": "snrr"}, "no formula takes snrr; did you mean snr"),
    ({"paper": "Sogn"}, "no work that is cited has 'sogn'"),
    ({}, "find what"),
    ({"words": "  "}, "find what"),
    ({"words": ["golden"]}, "words are a string"),
    ({"words": "golden peak ridge penalty"}, "ask for fewer"),
])
def test_what_finds_nothing_says_why(asked, message):
    "Never an empty answer."
    with pytest.raises(ArgumentError, match=message):
        find(**asked)


def test_it_reads_as_text():
    "A line a theorem, two a formula."
    lines = repr(find("golden")).splitlines()
    assert lines[0] == "collapse.mixing  Mixing real and synthetic labels"
    assert lines[1].startswith("  collapse.mixing.variance_factor(w)")


def test_a_stale_index_is_not_believed(monkeypatch):
    "The theorems themselves are asked."
    known = find("golden")
    monkeypatch.setattr(index, "fingerprint", lambda: "another text")
    assert index.listed() is None and find("golden") == known


def test_finding_needs_no_sympy():
    "So that it answers at once."
    code = "import sys; from symrisk import find; print(find('golden')); print('sympy' in sys.modules, 'numpy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "False False"
