"""Complex numbers on the command line: typed as text, read exactly, printed by their parts."""

import json

import pytest

from symrisk.cli.complex_numbers import complex_of, written
from symrisk.cli.values import assignments
from symrisk.errors import ArgumentError

THEOREM = """
from sympy import im
from symrisk import UPPER, Citation, Formula, Implicit, Region, Theorem
from symrisk.symbols import gamma, symbol
z = symbol("z", "z", "spectral parameter", kind="complex")
m = symbol("m", "m", "Stieltjes transform", kind="complex")
pastur = Implicit.root(m, gamma*z*m**2 - (1 - gamma - z)*m + 1, between=UPPER)
transform = Formula(symbol("transform", "m", "its transform", kind="complex"), m, where=pastur, on=Region(im(z) >= 0))
height = Formula(symbol("height", "h", "its height"), im(m), where=pastur, on=Region(im(z) >= 0))
law = Theorem("The law of a sample covariance", Citation("hastie2022", "Thm 1"), formulas=(transform, height))
"""
VALUE = "-0.18834903889051791551 + 2.3199260013776062637i"


@pytest.fixture
def run(capsys, tmp_path):
    from symrisk.__main__ import main

    path = tmp_path / "pastur.py"
    path.write_text(THEOREM, encoding="utf-8")

    def call(formula, *words):
        status = main(["eval", "--in", str(path), f"pastur.law.{formula}", *words])
        captured = capsys.readouterr()
        return status, captured.out.strip(), captured.err

    return call


def test_a_complex_value_is_printed_by_its_parts(run):
    "As a float, as digits, as balls, in JSON, in a table; every name it rests on too."
    point = ("z=1+0.2i", "gamma=0.1")
    assert complex(run("transform", *point)[1]) == pytest.approx(-0.1883490388905179 + 2.3199260013776063j)
    assert run("transform", *point, "--digits", "20")[1] == VALUE
    assert run("transform", *point, "--ball", "--digits", "5")[1].endswith("]i")
    assert json.loads(run("transform", *point, "--json", "--digits", "20")[1])["value"] == dict(zip(("real", "imag"), VALUE[:-1].split(" + "), strict=True))
    assert json.loads(run("transform", *point, "--json")[1])["inputs"]["z"] == "1+0.2i"
    assert [line.split()[0] for line in run("transform", "z=i,1-0i", "gamma=1/2")[1].splitlines()] == ["z", "0+1i", "1+0i"]
    assert "z = 1j" in run("transform", "z=i", "gamma=1/2", "--where")[1]
    assert float(run("height", "z=1", "gamma=0.1")[1]) == pytest.approx(3.12249899919919)


@pytest.mark.parametrize("words, said", [
    (("z=1+", "gamma=1"), "z='1+' is not a complex number"), (("z=1:2:1", "gamma=1"), "not a complex number"), (("z=i", "gamma=i"), "gamma='i' is not a number"),
    (("z=1-i", "gamma=1"), "holds for im"), (("z=9", "gamma=1/2"), "no m above the real axis"), (("z=__import__('os')", "gamma=1"), "not a complex number")])
def test_what_is_wrong_is_said(run, words, said):
    status, _, err = run("height", *words)
    assert status != 0 and said in err


def test_numbers_are_written_as_they_are_typed():
    for text in ("1+0.2i", "0-1i", "1/3+2i"):
        assert written(complex_of("z", text)) == text
    assert assignments(["z=1+i,2"], {}, {"z": complex_of})["z"] == [complex_of("z", "1+i"), 2]
    with pytest.raises(ArgumentError, match="has 2001 characters"):
        complex_of("z", "1" * 2000 + "i")
