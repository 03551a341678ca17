"""The command line: what each verb prints, refuses and answers with its exit code."""

import json
import math
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

import pytest

from symrisk import __main__ as command_line
from symrisk import prove
from symrisk.catalogue import entries
from symrisk.cli.arguments import LANGUAGES
from symrisk.paper.references import references
from symrisk.theorems.transfer import concept_shift

SHIFT = "transfer.concept_shift"
POINT = "n1=100 n2=100 p=600 snr=5 ssr=0.2"
ROOT = Path(command_line.__file__).parent.parent

PROJECT = '''
from fractions import Fraction

from symrisk.language.claim import Claim
from symrisk.paper.derivation import Derivation, Step
from symrisk.language.formula import Formula
from symrisk.engine.expressions.mean import Mean
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.simulate.experiment import Simulation
from symrisk.symbols import H, n1, n2, p, symbol, tau, w
from symrisk.paper.theorem import Citation, Theorem

room = Formula(symbol("room", "r", "share of free dimensions", real=True), (p - n1 - n2) / p, on=Region(n1 + n2 < p))
kappa = symbol("kappa", "k", "a positive zero", positive=True)
zero = Formula(symbol("zero", "z", "twice a zero", real=True), 2 * kappa, where={**Implicit.root(kappa, kappa**2 - w - 1)})


def drawn(rng, *, p, off: float = 0):
    return rng.normal() + p + off


average = Formula(symbol("average", "a", "a mean over a law", real=True), Mean(tau / (tau + w), H))
height = Formula(symbol("height", "h", "the mean of a draw", real=True), p)
half_true = Theorem(
    "Room to spare", Citation("doe2027", "Theorem 3"), assumes=("50% luck & no_more",), formulas=(room, zero, average, height),
    claims=(Claim("there is room", room, ">", 0), Claim("half the dimensions are free", room, ">", "1/2")),
    simulations=(Simulation(height, drawn),))
counting = Derivation("counting", "count the free directions", of=room, steps=(
    Step("two halves add up", instances=lambda: [(Fraction(1, 2) + Fraction(1, 2), 1)]),
    Step("a known fact", cites=Citation("doe2027"))))
'''

OPEN = '''
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.symbols import p
from symrisk.paper.theorem import Citation, Theorem
from sympy import zeta

beyond = Theorem("Beyond the methods", Citation("riemann1859"), claims=(
    Claim("zeta exceeds one", zeta(p + 2), ">", 1, on=Region(over=(p,))),))
'''

BROKEN = '''
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.symbols import n1, p
from symrisk.paper.theorem import Citation, Theorem

foreign = Theorem("Foreign", Citation("nobody"), claims=(
    Claim("n1 is from elsewhere", n1, ">", 0, on=Region(p > 1)),
    Claim("the dimension exceeds a half", p, ">", "1/2", on=Region(p > 1))))
'''


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A folder with three files of theorems; what importing them leaves behind is taken away."""
    folder = tmp_path_factory.mktemp("project")
    for name, text in {"half_true": PROJECT, "open_question": OPEN, "broken_claim": BROKEN}.items():
        (folder / f"{name}.py").write_text(text)
    yield folder
    for name in ("half_true", "open_question", "broken_claim"):
        sys.modules.pop(name, None)


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs one command in this process: its exit code, stdout and stderr."""
    monkeypatch.setattr(sys, "path", [*sys.path])

    def runner(*words):
        code = command_line.main([part for word in words for part in str(word).split()])
        return code, *capsys.readouterr()
    return runner


def started(*words, **streams):
    """The command as a process of its own, its window's size not told by the one that runs the tests."""
    command = [sys.executable, "-m", "symrisk", *map(str, words)]
    told = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    # A shell that runs the tests in the background has them ignore Ctrl-C, and what they start.
    return subprocess.Popen(command, text=True, env={**told, "PYTHONPATH": str(ROOT)}, preexec_fn=heeding_interrupts, **streams)


def heeding_interrupts():
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_help_is_light():
    "--help names every verb, and imports neither SymPy nor NumPy nor FLINT nor tqdm."
    code = ("import sys; from symrisk.__main__ import main; main(['--help']); main(['eval', '--help']); "
            "print([m for m in ('sympy', 'numpy', 'flint', 'tqdm') if m in sys.modules])")
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT).stdout
    assert all(re.search(rf"^ +{verb} ", printed, re.M) for verb in ("check", "show", "eval", "simulate", "plot"))
    assert printed.endswith("[]\n")


def test_version(run):
    "--version prints one line."
    code, out, _ = run("--version")
    assert code == 0 and re.fullmatch(r"symrisk.*\n", out)


def test_check_in_a_pipe(project):
    "A pipe gets whole lines without control characters, the refuted claim with its exact witness, and exit code 1."
    process = started("check", project / "half_true.py", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, errors = process.communicate()
    assert process.returncode == 1 and errors == "" and not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", out)
    assert re.match(r"✗ half_true  1 proved, 1 exact instance, 1 cited, 1 refuted  \d\.\d s\n", out)
    assert "2 claims: 1 proved, 1 refuted, 0 undecided" in out
    row = r"^  ✗ refuted: half the dimensions are free  \d\.\d\d s\n      fails at n1 = \d.*, where \d.* is false$"
    assert re.search(row, out, re.M)


def test_check_on_a_terminal(project):
    "A terminal gets a progress bar, and each row wrapped to the window."
    fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 40, 0, 0))
    with started("check", "-v", project / "half_true.py", stdout=theirs, stderr=theirs) as process:
        process.wait()
    shown = os.read(ours, 100_000).decode()
    os.close(theirs)
    rows = re.findall(r"  [✓✗] [^\r]*", shown)
    assert "%|" in shown and len(rows) == 4 and max(map(len, rows)) < 40
    assert any(row.startswith("  ✗ refuted: half the dimensions are") for row in rows)


def test_check_counts_derivation_steps_apart(run, project):
    "Steps are counted by their labels, below the claims."
    assert "2 derivation steps: 0 proved, 1 exact instance, 1 cited" in run("check", project / "half_true.py")[1]


def test_check_passes(run):
    "Where everything is proved, the exit code is 0."
    code, out, _ = run("check", "symrisk.theorems.collapse.mixing")
    assert code == 0 and re.search(r"^(\d+) claims: \1 proved, 0 refuted, 0 undecided \(\d+\.\d s\)$", out, re.M)


def test_check_json_can_be_replayed(run, project):
    "--json is a list of objects; the witness of a refuted claim breaks it in exact arithmetic."
    code, out, _ = run("check --json", project / "half_true.py")
    results = {result["claim"]: result for result in json.loads(out)}
    assert code == 1 and {"id", "claim", "status", "by", "seconds"} <= results["there is room"].keys()
    at = {name: Fraction(value) for name, value in results["half the dimensions are free"]["witness"].items()}
    assert at["n1"] >= 0 and at["n2"] >= 0 and 0 < (at["p"] - at["n1"] - at["n2"]) / at["p"] <= Fraction(1, 2)


def test_an_undecided_claim_fails_unless_it_is_expected(run, project):
    "Undecided is exit code 1; listed in --undecided FILE it is 0, and said to be expected."
    listed = project / "undecided.txt"
    listed.write_text("zeta exceeds one\n# open\n\n", encoding="utf-8-sig")
    assert run("check", project / "open_question.py")[0] == 1
    code, out, _ = run("check", project / "open_question.py", "--undecided", listed)
    assert code == 0 and "0 undecided, 1 undecided as expected" in out


def test_a_listed_claim_that_is_decided_is_named(run, project):
    "The list of undecided claims does not grow stale in silence."
    listed = project / "stale.txt"
    listed.write_text("there is room\n")
    assert "listed as undecided, but proved: there is room" in run("check", project / "half_true.py", "--undecided", listed)[1]


def test_a_claim_that_cannot_be_posed_does_not_hide_the_others(run, project):
    "Its error stands in the table, the other claims are decided, the exit code is 1."
    code, out, _ = run("check", project / "broken_claim.py")
    assert code == 1 and "✗ broken_claim.foreign" in out and "✗ in error: n1 is from elsewhere" in out
    assert "2 claims: 1 proved, 0 refuted, 0 undecided, 1 in error" in out


def test_a_closed_pipe_is_silent():
    "When the reader goes away the command stops, without a word, as the shell expects (141)."
    with started("check", "-v", "symrisk.theorems.collapse.mixing", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == ("", 141)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_an_interrupt_is_130():
    "Ctrl-C ends a run without a traceback."
    with started("check", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert (process.communicate()[1], process.returncode) == ("symrisk: interrupted\n", 130)


REFUSED = [
    ("eval transfer.concept_shift.pooled_risk n1=__import__('os').system('true') n2=1 p=3 snr=1 ssr=1", "is not a number"),
    (f"eval {SHIFT}.pooled_risk n1=" + "9" * 5000, "n1 has 5000 characters"),
    (f"eval {SHIFT}.pooled_risk {POINT} rho=1", "pooled_risk has no name 'rho'; it takes n1, n2, p, snr, ssr"),
    (f"eval {SHIFT}.pooled_risk {POINT} outside=1", "has no name 'outside'"),
    (f"eval {SHIFT}.pooled_risk {POINT} n1=2", "n1 is given twice"),
    (f"eval {SHIFT}.pooled_risk n1=1", "needs n2, p, snr, ssr"),
    (f"eval {SHIFT}.pooled_risk n1", "write name=value"),
    (f"eval {SHIFT}.pooled_risk n1=500 n2=200 p=600 snr=5 ssr=0.2", "holds for n1 + n2 < p; not at n1=500, n2=200, p=600"),
    (f"eval {SHIFT}.pooled_risk n1=1:9:-1", "does not lead from 1 to 9"),
    (f"eval {SHIFT}.pooled_risk n1=1:1e12:1", "more than the command line evaluates"),
    (f"eval {SHIFT}.pooled_risk {POINT} --digits 0", "digits is a whole number"),
    (f"eval {SHIFT} {POINT}", f"is no formula; there are {SHIFT}.pooled_risk"),
    (f"eval {SHIFT}.nothing", "has no formula 'nothing'; it has best_source_size"),
    ("show nothing", "no theorem 'nothing'; `symrisk show` lists all, `symrisk find WORDS` searches them"),
    (f"show {SHIFT} --claim xyzzy", "no claim of transfer.concept_shift has 'xyzzy'"),
    ("check no.such.module", "no module or path 'no.such.module'"),
    ("check symrisk.errors", "no theorem is bound to a name"),
    ("check symrisk.theorems.collapse.mixing --undecided no_such_file", "no list of undecided claims in no_such_file"),
    (f"simulate {SHIFT} rho=1", "no simulation here takes rho; they take n1"),
    (f"simulate {SHIFT} n1=1,2", "a simulation runs at one point"),
    (f"simulate {SHIFT}.gain", "carries no simulation; pooled_risk, target_risk"),
    (f"simulate {SHIFT} snrr=3", "; did you mean snr?"),
    (f"eval {SHIFT}.pooled_risk {POINT} --digits 5 --digits 6", "argument --digits: it is given twice"),
    ("check collapse --undecided room.py", "a list of sentences, and room.py a module: write --undecided last"),
    (f"eval {SHIFT}.pooled_risk n1=500 n2=200 p=600 snr=5 ssr=0.2", "the fit is least squares, isotropic_ridge.ols_risk"),
    (f"simulate {SHIFT} --reps 1", "reps is a whole number >= 2"),
    ("plot nothing", "no theorem 'nothing'"),
    ("plot mixing --seed 3", "--seed is of the random numbers that --simulate N draws"),
    (f"plot {SHIFT}.pooled_risk n_1=0:9 n2=1", "pooled_risk has no name 'n_1'; it takes n1, n2, p"),
    (f"eval {SHIFT}.poled_risk", "transfer.concept_shift has no formula 'poled_risk'; did you mean pooled_risk"),
    (f"eval {SHIFT}.pooled_risk n_1=1", "; did you mean n1?"),
    (f"eval {SHIFT}.pooled_risk --n1 180", "unrecognized arguments: --n1; an input is given as n1=180"),
    (f"eval {SHIFT}.pooled_risk --digit 30", "unrecognized arguments: --digit; did you mean --digits?"),
    ("eval pooled_risk", "pooled_risk may be transfer.comparison.pooled_risk"),
    ("check mxing", "no module or path 'mxing', and no theorem 'mxing'; did you mean collapse.mixing?"),
    ("plot colapse.mixing", "no theorem 'colapse.mixing'; did you mean collapse.mixing?"),
    ("find treshold", "nothing speaks of 'treshold'; did you mean threshold"),
    ("find --author Surr", "no author of a work that is cited is called 'surr'; did you mean sur?"),
    ("find", "find what?"),
    ("show transfre", "no theorem 'transfre'; did you mean transfer?"),
    ("show transfer --latex", "--latex is of one theorem or formula: give its whole ID"),
    (f"show {SHIFT}.gain --no-cache", "nothing is decided to print this"),
    ("eval transfer n1=1", "transfer is a setting: symrisk show transfer lists its theorems"),
    ("check transfre", "no module or path 'transfre', and no theorem 'transfre'; did you mean transfer?"),
    (f"phase {SHIFT}.pooled_risk {SHIFT}.target_risk n_1=1 --x n1:0:9 --y ssr:0:1",
     "neither pooled_risk nor target_risk has a name 'n_1'; did you mean n1?"),
    ("chek", "did you mean check?"),
    ("dance", "invalid choice: 'dance'"),
    ("show --dance", "unrecognized arguments: --dance"),
]


def test_find_prints_what_it_found(run):
    "A line a theorem, two a formula; --json the same as data."
    code, out, _ = run("find golden")
    assert code == 0 and out.startswith("collapse.mixing  Mixing real and synthetic labels\n  collapse.mixing.variance_factor(w)\n")
    code, out, _ = run("find threshold --inputs snr,n1 --json")
    (formula,) = json.loads(out)[0]["formulas"]
    assert (formula["id"], formula["inputs"]) == ("transfer.concept_shift.ssr_threshold", ["n1", "n2", "p", "snr"])


@pytest.mark.parametrize("words", ["eval finite_sample.ssr_threshold n1=180 n2=100 p=600 snr=5", "show mixing", "show mixing.variance_factor",
                                   "simulate mixing.variance_factor_at --reps 4"])
def test_the_end_of_an_id_is_enough(run, words):
    "The same as by the whole id."
    verb, end, *rest = words.split(maxsplit=2)
    whole = f"{'transfer' if end.startswith('finite') else 'collapse'}.{end}"
    assert run(words)[:2] == run(" ".join([verb, whole, *rest]))[:2]


@pytest.mark.parametrize("words, message", REFUSED, ids=[words[:50] for words, _ in REFUSED])
def test_what_is_refused(run, words, message):
    "Wrong usage and every error of the library: exit code 2, one message on stderr, nothing on stdout."
    code, out, errors = run(words)
    assert (code, out) == (2, "") and "Traceback" not in errors
    assert re.search(rf"^symrisk: error: .*{re.escape(message)}", errors, re.M)


@pytest.mark.parametrize("text, told", [("1/0", "line 1: ZeroDivisionError"), ("import sys; sys.exit(0)", "line 1: SystemExit"),
                                        ("x = (", "line 1: it is not Python"), ("import nosuchmodule", "No module named 'nosuchmodule'")])
def test_a_file_that_does_not_import(run, tmp_path, text, told):
    "A row in error with the author's file and line; a file that exits is no success."
    file = tmp_path / "unsound.py"
    file.write_text(text)
    code, out, _ = run("check", file)
    assert code == 1 and told in out and "✗ in error: the module imports" in out
    code, _, errors = run("show --in", file)
    assert code == 2 and told in errors and file.stem in errors


def test_eval_prints_the_number(run):
    "stdout is the number alone, so that a shell can take it; its accuracy and what it assumes stand on stderr, once."
    code, out, beside = run(f"eval {SHIFT}.pooled_risk", POINT)
    assert (code, out) == (0, f"{4 + 1 / 24!r}\n")
    assert beside.splitlines() == ["asymptotic, O(1/p)", f"assumes: {'; '.join(concept_shift.concept_shift.assumes)}"]
    assert run("eval transfer.finite_sample.target_risk n2=10:30:10 p=60 snr=5")[2].splitlines()[0] == "exact"


def test_eval_json_says_what_it_rests_on(run):
    "Each value stands beside its accuracy and the theorem's assumptions."
    shown = json.loads(run(f"eval {SHIFT}.pooled_risk {POINT} --json")[1])
    assert (shown["accuracy"], shown["assumes"]) == ("asymptotic, O(1/p)", list(concept_shift.concept_shift.assumes))


def test_eval_options_stand_anywhere(run):
    "An option between the values changes nothing."
    assert run(f"eval {SHIFT}.pooled_risk n1=100 --digits 20 n2=100 p=600 snr=5 ssr=1/5")[1] == "4.0416666666666666667\n"


def test_eval_ball(run):
    "--ball encloses the exact value, within the digits asked for."
    ball = json.loads(run(f"eval {SHIFT}.best_source_size n2=100 p=600 snr=5 ssr=0.2 --ball --digits 40 --json")[1])["value"]
    exact = concept_shift.best_source_size.digits(60, n2=100, p=600, snr=5, ssr="0.2")
    assert 0 < Fraction(ball["radius"]) < Fraction(ball["mid"]) / 10**40
    assert abs(Fraction(ball["mid"]) - Fraction(exact)) <= Fraction(ball["radius"]) + Fraction(1, 10**55)


def test_eval_several_values(run):
    "Lists and ranges, both ends included, give a table of the names that vary."
    lines = run(f"eval {SHIFT}.pooled_risk n1=100:400:150 n2=10,20 p=600 snr=5 ssr=0.2")[1].splitlines()
    values = [concept_shift.pooled_risk(n1=a, n2=b, p=600, snr=5, ssr=0.2) for a in (100, 250, 400) for b in (10, 20)]
    assert lines[0].split() == ["n1", "n2", "pooled_risk"]
    assert [float(line.split()[-1]) for line in lines[1:]] == values


def test_eval_where(run):
    "--where adds every name that the value rests on."
    out = run(f"eval {SHIFT}.pooled_risk {POINT} --where")[1]
    assert "bias = " in out and "n = 200.0\n" in out
    assert json.loads(run(f"eval {SHIFT}.pooled_risk {POINT} --where --json")[1])["where"]["theta_sq"] == 5.0


def test_show_lists_and_describes(run):
    "Without an id: the theorems; with one: title, source, assumptions, formulas with their accuracy, claims with verdicts."
    assert re.search(rf"^  {SHIFT} +Pooling under concept shift$", run("show")[1], re.M)
    page = run("show collapse.mixing")[1]
    for words in ("garg2025", "Assumes\n  - X is the same", "variance_factor(w)   [exact; w > 0, w <= 1]",
                  "proved          the slope vanishes at the golden weight  [identity]"):
        assert words in page
    claims, _, steps = page.partition("Derivation steps\n")
    assert "which starts at v_0 = 1" in steps and "which starts at v_0 = 1" not in claims


def test_the_theorems_of_a_setting(run):
    "A line each, below its name; --json the same as data."
    code, out, _ = run("show transfer")
    head, *lines = out.splitlines()
    assert code == 0 and head == "transfer" and all(line.startswith("  transfer.") for line in lines)
    assert [each["id"] for each in json.loads(run("show transfer --json")[1])] == [line.split()[0] for line in lines]


def test_the_statement_comes_before_what_is_decided(run, monkeypatch):
    "Who waits for the verdicts has read the rest."
    told = []
    monkeypatch.setattr("tqdm.tqdm.write", lambda text, file: told.append(text))
    monkeypatch.setattr("symrisk.catalogue.checks.decided.Decided.rows", lambda *_: 1 / 0)
    assert run("show mixing")[0] == 2
    assert told[0].startswith("collapse.mixing: Mixing real and synthetic labels") and "\nPlaces" in told[-1]


def test_find_by_author(run):
    "By any of the names, or all."
    for name in ("Garg", "anvit"):
        assert run("find --author", name)[1].startswith("collapse.mixing")
    assert "Garg" not in run("find --author Song")[1]


def test_show_a_formula(run):
    "Definition, inputs, region, accuracy and LaTeX of one formula."
    page = run(f"show {SHIFT}.pooled_risk")[1]
    for words in ("bias = theta_sq*(p - n)/p", "n1        source sample size", "Holds for\n  n1 + n2 < p",
                  "Accuracy\n  asymptotic, O(1/p)", "Assumes\n  - isotropic rows", r"\begin{aligned}"):
        assert words in page


def test_show_a_derivation(run, project):
    "A derivation is shown step by step, each with what checking it gave."
    page = run("show half_true.counting --in", project / "half_true.py")[1]
    assert "1. two halves add up\n   [agrees on 1 exact instance]" in page and "[cited from doe2027]" in page
    assert "5. which starts at v_0 = 1\n   [proved by identity]" in run("show derivations.collapse.mixing.variance_factor")[1]


def test_show_proofs(run):
    "--claim picks claims by their words and shows the polynomials of their proofs, as the verdict tells them."
    claim = next(c for c in concept_shift.concept_shift.claims if c.says == "the cutoff falls with the dimension")
    out = run("show", SHIFT, "--claim cutoff")[1]
    assert str(prove(claim)) in out and "s_p" in out and "pooled risk is convex" not in out


def test_show_json(run):
    "Plain data, each claim with its verdict and certificate."
    shown = json.loads(run("show collapse.mixing --json")[1])
    assert {claim["status"] for claim in shown["claims"]} == {"proved"} and all(c["certificate"] for c in shown["claims"])
    assert shown["formulas"][0]["inputs"][0] == {"name": "w", "meaning": "weight of the real labels", "kind": "scalar",
                                                 "sign": ">= 0", "default": None}


def test_show_plain(run):
    "Formulas as drawings, their names as they are typed, positive terms first."
    out = run(f"show {SHIFT}.pooled_risk --plain")[1]
    assert "theta_sq" in out and "(p - n)" in out and "\\" not in out


@pytest.mark.parametrize("identifier", [SHIFT, "collapse.mixing", f"{SHIFT}.gain", "derivations.collapse.mixing.variance_factor"])
def test_show_latex_is_well_formed(run, identifier):
    "Environments nest, braces balance, and prose has its special letters escaped."
    source = run(f"show {identifier} --latex")[1]
    bare = re.sub(r"\\[\\{}]", "", source)
    depths = list(accumulate({"{": 1, "}": -1}[letter] for letter in bare if letter in "{}"))
    assert min(depths) == 0 and depths[-1] == 0 and nested(source)
    formulas = r"\\\[.*?\\\]|\$.*?\$|\\begin\{align\*\}.*?\\end\{align\*\}|(?<= )& |\\(?:cite|bibitem).*?\n"
    prose = re.sub(formulas, "", source.partition(r"\begin{document}")[2], flags=re.S)
    assert not re.search(r"(?<!\\)[_^&%#$]", prose)


def nested(source):
    """Whether every \\begin is closed by its own \\end, and every \\left by a \\right."""
    stack = []
    for word, name in re.findall(r"\\(begin|end)\{(\w+\*?)\}|\\(?:left|right)(?![a-z])", source):
        if word == "begin":
            stack.append(name)
        elif word and (not stack or stack.pop() != name):
            return False
    return not stack and len(re.findall(r"\\left(?![a-z])", source)) == len(re.findall(r"\\right(?![a-z])", source))


POINTS = {"pooled_risk": dict(n1=100, n2=50, p=600, snr=5, ssr=0.2), "gain": dict(n1=100, n2=50, p=600, snr=5, ssr=0.2),
          "best_source_size": dict(n2=100, p=600, snr=5, ssr=0.2), "least_pooled_risk": dict(n2=100, p=600, snr=5, ssr=2)}


@pytest.mark.parametrize("name", POINTS)
def test_python_source_runs(run, name):
    "The Python text gives the formula's value, also at a point where a case that does not apply has none."
    space = {}
    exec(run(f"show {SHIFT}.{name} --code python")[1], space)
    assert math.isclose(space[name](**POINTS[name]), getattr(concept_shift, name)(**POINTS[name]), rel_tol=1e-13)


@pytest.mark.skipif(shutil.which("gcc") is None, reason="no gcc")
def test_c_source_compiles(run, tmp_path):
    "The C text of a whole theorem compiles without a warning and gives the same numbers."
    calls = [f'printf("%.17g\\n", {name}({", ".join(str(float(v)) for v in arguments(name))}));' for name in POINTS]
    text = run(f"show {SHIFT} --code c")[1]
    (tmp_path / "theorem.c").write_text("\n".join(["#include <stdio.h>", text, "int main(void) {", *calls, "return 0; }"]))
    subprocess.run(["gcc", "-Wall", "-Werror", "theorem.c", "-lm", "-o", "theorem"], cwd=tmp_path, check=True)
    printed = subprocess.run([tmp_path / "theorem"], capture_output=True, text=True, check=True).stdout.split()
    expected = [getattr(concept_shift, name)(**POINTS[name]) for name in POINTS]
    assert [math.isclose(float(a), b, rel_tol=1e-13) for a, b in zip(printed, expected, strict=True)] == [True] * 4


def arguments(name):
    """The values of a point in the order of the function's arguments."""
    return [POINTS[name].get(key, symbol.default) for key, symbol in getattr(concept_shift, name).inputs.items()]


@pytest.mark.parametrize("language, words", [("r", "pooled_risk <- function(n1, n2, p, snr, ssr, sigma_sq = 1) {"),
                                             ("julia", "function pooled_risk(; n1, n2, p, snr, ssr, sigma_sq = 1)")])
def test_source_has_named_arguments(run, language, words):
    "Arguments carry their names and defaults, and a name is assigned after those it rests on."
    text = run(f"show {SHIFT}.pooled_risk --code {language}")[1]
    assert words in text and text.index("  n ") < text.index("  bias ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_implicit_name_has_no_source(run, project, language):
    "Alone it is an error; among others it is left out, as a mean over an unknown law is, and a comment says so."
    code, _, errors = run("show half_true.zero --code", language, "--in", project / "half_true.py")
    assert code == 2 and "kappa is defined implicitly" in errors
    text = run("show half_true --code", language, "--in", project / "half_true.py")[1]
    assert re.findall(r"^(?:#|//) left out: (\w+)", text, re.M) == ["zero", "average"]
    assert language != "python" or compile(text, "half_true", "exec")


def test_simulate(run):
    "A simulation runs at its default point, with what is given put over it, and --json is its numbers."
    code, out, _ = run(f"simulate {SHIFT}.target_risk --reps 20 --json p=60 n2=10 --seed 1")
    (result,) = json.loads(out)
    assert code == 0 and result["inputs"]["p"] == 60 and result["reps"] == 20
    assert (result["accuracy"], result["finite_size_accuracy"]) == ("asymptotic, O(1/p)", "exact") and result["assumes"]
    assert result["formula"] == concept_shift.target_risk(n2=10, p=60, snr=result["inputs"]["snr"])


def test_simulate_says_how_accurate_the_formula_is(run, project):
    "In brackets behind its name, and that of the formula with its finite-size factor where it has one."
    line = run(f"simulate {SHIFT}.target_risk --reps 2 p=60 n2=10")[1]
    assert line.startswith("target_risk (asymptotic, O(1/p); with finite-size factor exact) at n2=10, p=60")
    assert run("simulate half_true p=10 --in", project / "half_true.py")[1].startswith("height (exact) at p=10: simulated")


def test_simulate_on_several_processes(run):
    "Processes change nothing but the time: the same seed gives the same line."
    command = f"simulate {SHIFT}.target_risk --reps 8 p=40 n2=10"
    assert run(command, "--jobs 2") == run(command)


def test_simulate_fails_where_formula_and_mean_part(run, project):
    "More than five standard errors apart: exit code 1."
    file = project / "half_true.py"
    assert run("simulate half_true p=10 --in", file)[0] == 0
    code, out, _ = run("simulate half_true p=10 off=3 --in", file)
    assert code == 1 and float(re.search(r"z = (\S+)", out)[1]) > 5


def test_simulate_without_a_point(run, project):
    "Where a simulation has no default point, the names to give are said."
    code, _, errors = run("simulate half_true --in", project / "half_true.py")
    assert code == 2 and "height has no default point; give p=..." in errors


def test_plot(run, tmp_path):
    "The figure is written, and its file named."
    pytest.importorskip("matplotlib")
    assert run("plot collapse.mixing --out", tmp_path / "mixing.png")[:2] == (0, f"{tmp_path / 'mixing.png'}\n")
    assert (tmp_path / "mixing.png").read_bytes()[:4] == b"\x89PNG"


def test_references_are_read(tmp_path):
    "Braces within a title, quoted fields and bare years of a BibTeX file become a line of text."
    file = tmp_path / "some.bib"
    file.write_text('@article{a2020,\n author = {Song, Yanke and Sur, Pragya},\n title = {On {SNR}, or "so"},\n'
                    ' journal = "J. {X}",\n year = 2020\n}\n@book{b1, author={B}, title={T}, year={1982}}\n')
    assert references(file) == {"a2020": 'Yanke Song, Pragya Sur. On SNR, or "so". J. X. 2020.', "b1": "B. T. 1982."}


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.id)
def test_every_citation_has_a_reference(entry):
    "What a theorem cites stands in references.bib."
    assert {citation.key for citation in entry.theorem.citations} <= references().keys()
