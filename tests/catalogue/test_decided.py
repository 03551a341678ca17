"""What `show` says of proofs comes from what was decided before, as long as it is as it was."""

import json

import pytest

from symrisk import __main__ as command_line
from symrisk import catalogue
from symrisk.catalogue.cache.kept import Kept
from symrisk.catalogue.cache.statement import Statements
from symrisk.catalogue.checks import decided as decided_file
from symrisk.catalogue.checks import rows
from symrisk.catalogue.checks.decided import Decided

TEXT = '''
from symrisk import Citation, Claim, Derivation, Formula, Region, Step, Theorem
from symrisk.symbols import n1, p, symbol

cited, over = Citation("doe2027"), Region(n1 < p)
room = Formula(symbol("room", "r", "share that is left", real=True), (p - n1)/p, on=over)
spare_room = Theorem("Room to spare", cited, formulas=(room,), claims=(
    Claim("there is room", room, ">", 0), Claim("half of it is free", room, ">", "1/2")))
steps = Derivation("counting", "nothing", of=room, steps=(
    Step("the rest is left", Claim("the rest", p - n1, "==", p*room, on=over)), Step("a fact", cites=cited),
    Step("it holds", instances=lambda: [(1, 1)])))
'''


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "spare_room.py"
    made.write_text(TEXT)
    return made


@pytest.fixture
def asked(monkeypatch):
    """The sentences of the claims that are decided, not read."""
    found = []

    def told(module):
        plain = module.prove
        monkeypatch.setattr(module, "prove", lambda claim, *rest: found.append(claim.says) or plain(claim, *rest))

    told(decided_file)
    told(rows)
    return found


def shown(capsys, file, *words):
    assert command_line.main(["show", "spare_room", "--in", str(file), *words]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("words", [(), ("--proofs",), ("--json",)], ids=["page", "proofs", "json"])
def test_what_holds_is_read_and_says_the_same(caches, file, capsys, asked, words):
    "What does not hold is decided each time; --no-cache decides all of it."
    before = shown(capsys, file, *words)
    first, asked[:] = set(asked), []
    assert shown(capsys, file, *words)[:100] == before[:100]
    assert "there is room" in first and "there is room" not in asked and "half of it is free" in asked
    shown(capsys, file, *words, "--no-cache")
    assert "there is room" in asked


def test_proofs_and_data_read_alike(caches, file, capsys):
    "But for the seconds of what is decided each time."
    assert shown(capsys, file, "--proofs") == shown(capsys, file, "--proofs") == shown(capsys, file, "--proofs", "--no-cache")
    first, second = (json.loads(shown(capsys, file, "--json")) for _ in range(2))
    for told in (first, second):
        for claim in told["claims"]:
            del claim["seconds"]
    assert first == second and first["claims"][0]["certificate"]["method"] == "positive"


def test_what_check_decided_show_reads(caches, file, asked):
    "One keeps for the other."
    (entry,) = catalogue.entries(str(file))
    list(catalogue.results(catalogue.survey(str(file)), kept=Kept.of_user()))
    asked.clear()
    assert Decided(Kept.of_user()).verdict(entry.theorem.claims[0]).status == "proved" and not asked


@pytest.mark.parametrize("forge", [
    lambda proof: {**proof, "certificate": {}},
    lambda proof: {**proof, "certificate": []},
    lambda proof: {**proof, "certificate": {**proof["certificate"], "strict": False}},
    lambda proof: {**proof, "certificate": {**proof["certificate"], "cells": []}},
    lambda proof: {**proof, "certificate": {**proof["certificate"], "method": "faith"}}],
    ids=["nothing", "no dict", "another relation", "no cells", "no method"])
def test_a_certificate_that_proves_nothing_is_not_shown(caches, file, monkeypatch, asked, forge):
    "Not even with a seal that fits: the claim is decided, and written down anew."
    (entry,) = catalogue.entries(str(file))
    claim, kept = entry.theorem.claims[0], Kept.of_user()
    sound = Decided(kept).verdict(claim)
    name = f"proof-{Statements().of(claim)}"
    kept._write(name, forge({"certificate": sound.certificate, "assumes": []}))
    asked.clear()
    again = Decided(Kept.of_user()).verdict(claim)
    assert again.certificate == sound.certificate and asked == ["there is room"]
    asked.clear()
    assert Decided(Kept.of_user()).verdict(claim).certificate == sound.certificate and not asked


def test_the_proof_of_one_claim_does_not_prove_another(caches, file):
    "A false claim is refuted, though a true one's proof stands under its name."
    (entry,) = catalogue.entries(str(file))
    true, false = entry.theorem.claims
    kept = Kept.of_user()
    proof = Decided(kept).verdict(true)
    name = Statements().of(false)
    kept._write(name, {"kind": "claim", "status": "proved", "by": "positive", "seconds": 0.1, "told": {}})
    kept._write(f"proof-{name}", {"certificate": proof.certificate, "assumes": []})
    assert Decided(Kept.of_user()).verdict(false).status == "refuted"
