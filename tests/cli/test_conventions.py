"""Conventions on the command line: what a value was taken for is said beside the number."""

import json

import pytest

from symrisk import __main__ as command_line

RIDGE = "isotropic_ridge.target_ridge_risk n2=30 p=100 sigma2_sq=1 theta_sq=1"
POOL = "concept_shift.pooled_risk n1=100 n2=100 p=600 snr=5"


@pytest.fixture
def run(capsys):
    def command(words):
        code = command_line.main(words.split())
        return code, *capsys.readouterr()

    return command


def test_a_penalty_is_converted_and_that_is_said(run):
    "As an option or among the values; the number is that of the other penalty."
    plain = run(f"eval {RIDGE} mu=3")
    for words in ("--lam 0.1", "lam=0.1", "--lam=1/10"):
        code, out, told = run(f"eval {RIDGE} {words}")
        assert (code, out) == (0, plain[1]) and "mu = n*lam, n = n2" in told
    assert run(f"eval {RIDGE} --mu 3")[1] == plain[1] and "n*lam" not in plain[2]


def test_the_total_is_said(run):
    "Also in JSON, and not where nothing was added."
    code, out, told = run(f"eval {POOL} ssr=0.2 --total")
    assert code == 0 and float(out) == float(run(f"eval {POOL} ssr=0.2")[1]) + 1 and "total risk: pooled_risk + sigma_sq" in told
    found = json.loads(run(f"eval {RIDGE} --lam 0.1 --total --digits 10 --json")[1])
    assert found["value"] == "2.082342503" and found["taken_for"] == ["mu = n*lam, n = n2", "total risk: target_ridge_risk + sigma2_sq"]
    assert "taken_for" not in json.loads(run(f"eval {POOL} ssr=0.2 --json")[1])


def test_a_percentage_warns_and_a_range_does_not(run):
    "Once, without a place in the library's files."
    for words in ("ssr=20", "ssr=20 --digits 5", "ssr=20 --ball --json"):
        code, _, told = run(f"eval {POOL} {words}")
        assert code == 0 and told.count("warning: ssr=20 is a ratio") == 1 and ".py" not in told
    assert "20 percent is ssr=0.2" in run(f"eval {POOL.replace('n1=100', 'n1=100,200')} ssr=20")[2]
    assert "warning" not in run(f"eval {POOL} ssr=1,20")[2]


@pytest.mark.parametrize("words, message", [
    ("eval concept_shift.gain n1=100 n2=100 p=600 snr=5 ssr=0.2 --total", "gain is not stated as an excess risk"),
    (f"eval {RIDGE} --lam many", "lam='many' is not a number"), (f"eval {RIDGE} mu=3 --mu 4", "mu is given twice"),
    (f"eval {POOL} ssr=0.2 --lam 1", "pooled_risk has no name 'lam'"),
    ("eval kappa_of_lam --mu 3 gamma=2 H=1:1", "give lam, or n beside mu")])
def test_what_is_refused(run, words, message):
    "In one line."
    code, _, told = run(words)
    assert code == 2 and message in told


def test_show_says_the_conventions(run):
    "Of a formula that has any."
    assert "Conventions\n  excess risk: the noise of a fresh label is left out; total=True adds sigma_sq" in run("show concept_shift.pooled_risk")[1]
    assert "Conventions" not in run("show mixing.variance_factor")[1]
    assert json.loads(run("show effective_ridge.kappa_of_lam --json")[1])["conventions"][-1].startswith("gamma is p/n")
