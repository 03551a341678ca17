"""symrisk plot: a theorem's figure, and any formula along the input that runs."""

import pytest

from symrisk import __main__ as command_line
from symrisk.plot import curves

pytest.importorskip("matplotlib")
POOLED = "plot concept_shift.pooled_risk"
REST = "n2=100 p=600 snr=5"


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Runs one command in an empty folder: its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def told(words, *more):
        code = command_line.main([*words.split(), *more])
        said = capsys.readouterr()
        return code, said.out, said.err

    return told


@pytest.fixture
def drawn(run, monkeypatch):
    """Runs one command that draws curves: the Axes."""
    seen = []
    module = __import__("symrisk.plot.curves", fromlist=["curves"])

    def watched(*formulas, **settings):
        seen.append(curves(*formulas, **settings))
        return seen[-1]

    monkeypatch.setattr(module, "curves", watched)

    def told(words, *more):
        code, out, err = run(words, *more)
        assert (code, err) == (0, ""), err
        return seen[-1], out.strip()

    return told


def test_several_curves(drawn, tmp_path):
    "A list of values is a curve each; the file is named after the formula where nothing else is said."
    ax, out = drawn(f"{POOLED} n1=0:400 {REST} ssr=0.1,0.2,1/2")
    assert [line.get_label()[-6:] for line in ax.lines] == ["= 0.1$", "= 0.2$", "= 0.5$"] and ax.get_xlim() == (0, 400)
    assert out == "concept_shift.pooled_risk.png" and (tmp_path / out).read_bytes().startswith(b"\x89PNG")


def test_scales_formats_and_a_second_formula(drawn, tmp_path):
    "A second id is of the same theorem by its name alone; the file's ending says its format."
    ax, out = drawn(f"{POOLED} target_risk snr=0.1:100:log --log y n1=180 n2=100 p=600 ssr=0.2 --out both.svg")
    assert (ax.get_xscale(), ax.get_yscale(), len(ax.lines)) == ("log", "log", 2)
    assert "<svg" in (tmp_path / "both.svg").read_text() and out == "both.svg"


def test_laws_and_simulations(drawn):
    "A law as its atoms; points with error bars on request."
    ax, _ = drawn("plot covariate_shift.pooled_variance n1=1:60 n2=30 p=100", "H=3,1/2: 2/5; 1,2: 3/5")
    assert len(ax.lines) == 1
    ax, _ = drawn("plot mixing.variance_factor_at t=0:6 w=0.5 --simulate 5 --seed 2")
    assert len(ax.containers) == 1


def test_a_theorem_of_ones_own(run, drawn):
    "--in says where it stands."
    run("new keeping")
    ax, _ = drawn("plot shrunken_risk share=0:1 snr=5 n=20 p=40 --in keeping --simulate 5")
    assert ax.get_xlabel() == "share of the average that is kept $s$" and len(ax.containers) == 1
    code, _, err = run("plot keeping --in keeping")
    assert code == 2 and "keeping has no figure" in err and "shrunken_risk takes n, p, share, snr" in err


@pytest.mark.parametrize(("words", "says"), [
    (POOLED, "pooled_risk takes n1, n2, p, snr, ssr, sigma_sq: say which runs, n1=first:last, and the others"),
    (f"{POOLED} n1=100 {REST} ssr=0", "say which runs, n1=first:last"),
    (f"{POOLED} n1=0:400 {REST} ssr=0:1", "one input runs, first:last; not n1=0:400 and ssr=0:1"),
    (f"{POOLED} n1=0:much {REST} ssr=0", "much"),
    (f"{POOLED} n1=0:400 {REST}", "pooled_risk needs ssr"),
    (f"{POOLED} n1=0:400 {REST} ssr=0 nn=3", "nn"),
    (f"{POOLED} n1=501:600 {REST} ssr=0", "pooled_risk has no value on n1 from 501 to 600: pooled_risk holds for n1 + n2 < p"),
    (f"{POOLED} n1=0:400 {REST} ssr=0 ax=3", "pooled_risk has no name 'ax'"),
    (f"{POOLED} n1=0:400 {REST} ssr=0 --out picture.nope", "picture.nope: "),
    (f"{POOLED} --n1 0:400", "an input is given as n1=0:400"),
    ("plot concept_shift n1=0:400", "is no formula; there are"),
    ("plot mixing --log x", "--log is for a formula"),
    ("plot finite_sample", "has no figure; there is one of collapse.mixing"),
    ("plot mxing", "did you mean collapse.mixing"),
])
def test_what_is_refused(run, tmp_path, words, says):
    "Exit code 2, one line, and no file."
    code, out, err = run(words)
    assert code == 2 and says in err and out == "" and not list(tmp_path.iterdir())
