"""A stranger's questions: each is answered by at most three commands, the first a search, typed as they stand here.

What is typed after the search is an id that the search has printed, or a file of the stranger's own.
"""

import re
import shlex
import sys

import pytest

from symrisk import __main__ as command_line

SIZES = "n1=180 n2=100 p=600 snr=5"
MOST = 3

QUESTIONS = {
    "Does pooling help at my sizes?": (
        "symrisk find does pooling help",
        f"symrisk eval concept_shift.pooled_risk {SIZES} ssr=0.2",
        "symrisk eval concept_shift.target_risk n2=100 p=600 snr=5",
    ),
    "Up to which shift does it?": (
        "symrisk find threshold --inputs snr",
        f"symrisk eval concept_shift.ssr_threshold {SIZES}",
    ),
    "Why is that so?": (
        "symrisk find threshold --inputs snr",
        "symrisk show concept_shift --claim 'helps exactly while the shift'",
    ),
    "Thirty digits of it?": (
        "symrisk find threshold --inputs snr",
        f"symrisk eval concept_shift.ssr_threshold {SIZES} --digits 30",
    ),
    "What do I write in my paper, proofs included?": (
        "symrisk find synthetic labels",
        "symrisk show mixing --latex",
    ),
    "What does it look like?": (
        "symrisk find does pooling help",
        "symrisk plot concept_shift.pooled_risk n1=0:480 n2=100 p=600 snr=5 ssr=0.1,0.2,0.5 --out risk.png",
    ),
    "Which weight do real labels get beside synthetic ones?": (
        "symrisk find synthetic labels",
        "symrisk show mixing --claim 'least long-run factor'",
    ),
    "Is my formula right?": (
        "symrisk new mine",
        "symrisk check mine",
    ),
    "Is the shift in percent?": (
        "symrisk find threshold --inputs snr",
        "symrisk show concept_shift.pooled_risk",
        f"symrisk eval concept_shift.pooled_risk {SIZES} ssr=20",
    ),
    "Where is it with a ridge penalty?": (
        "symrisk find pooled ridge --inputs mu",
        f"symrisk eval isotropic_ridge.ridge_risk mu=50 theta_sq=5 delta_sq=1 cross=0 sigma1_sq=1 sigma2_sq=1 {SIZES[:-6]}",
    ),
}


@pytest.fixture
def ask(capsys, monkeypatch, tmp_path):
    """Types the commands of a question, in an empty folder: what each printed, and what it said beside that; between them `edit` may change files."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])

    def asker(question, edit=lambda: None, code=0):
        told = []
        for number, command in enumerate(QUESTIONS[question]):
            _, *words = shlex.split(command)
            ended = command_line.main(words)
            out, err = capsys.readouterr()
            assert ended == (code if number == len(QUESTIONS[question]) - 1 else 0), err
            told.append(out + err)
            edit()
        return told
    yield asker
    for name in ("mine", "mine_derivation"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize("question", QUESTIONS)
def test_at_most_three_commands(question):
    "The first is a search, or a file to begin with."
    commands = QUESTIONS[question]
    assert len(commands) <= MOST and commands[0].startswith(("symrisk find ", "symrisk new "))


@pytest.mark.parametrize("question", [question for question, commands in QUESTIONS.items() if "find" in commands[0]])
def test_the_search_prints_what_is_typed_next(question, capsys):
    "The theorem of each id."
    search, *others = (shlex.split(command)[1:] for command in QUESTIONS[question])
    command_line.main(search)
    found = re.findall(r"^(?:\w+\.)+(\w+)  ", capsys.readouterr().out, re.M)
    assert {words[1].partition(".")[0] for words in others} <= set(found)


def number(told):
    """The value that a command prints, before what it rests on."""
    return float(told.splitlines()[0])


def test_whether_pooling_helps(ask):
    "The pooled risk is the smaller one."
    pooled, alone = map(number, ask("Does pooling help at my sizes?")[1:])
    assert pooled == pytest.approx(3.9354166667) and alone == pytest.approx(4.3666666667)


def test_the_threshold(ask):
    "As a number."
    assert number(ask("Up to which shift does it?")[1]) == pytest.approx(44 / 105)


def test_its_proof(ask):
    "The claim, and a certificate for each direction."
    proof = ask("Why is that so?")[1]
    assert "pooled_risk <= target_risk  exactly where ssr <= ssr_threshold" in proof
    assert "proved by identity, positive" in proof and proof.count("coefficients of one sign") > 9


def test_thirty_digits(ask):
    "All of them right: 44/105."
    assert ask("Thirty digits of it?")[1].splitlines()[0] == "0.419047619047619047619047619048"


def test_latex(ask):
    "A document with the statement, and a proof of what it claims."
    document = ask("What do I write in my paper, proofs included?")[1]
    assert all(each in document for each in (r"\documentclass", r"\begin{statement}", r"\end{proof}", r"\end{document}"))


def test_the_picture(ask, tmp_path):
    "A curve for each shift."
    pytest.importorskip("matplotlib")
    assert ask("What does it look like?")[1] == "risk.png\n"
    assert (tmp_path / "risk.png").read_bytes()[:4] == b"\x89PNG"


def test_which_weight(ask):
    "The golden ratio, proved."
    told = ask("Which weight do real labels get beside synthetic ones?")[1]
    assert "variance_factor at w = -1/2 + sqrt(5)/2 == sqrt(5)/2 - 1/2" in told and "the least long-run factor is the golden weight itself: proved by identity" in told


def test_a_wrong_sign(ask, tmp_path):
    "Is refuted, at a point, with the values of both sides."
    def slip():
        file = tmp_path / "mine" / "mine.py"
        file.write_text(file.read_text().replace("(1 - share) ** 2", "(1 + share) ** 2"))

    told = ask("Is my formula right?", edit=slip, code=1)[1]
    assert re.search(r"✗ refuted: at the best share the risk is the least one .* s\n +fails at .*, where .* == .* is false", told)


def test_the_unit_of_the_shift(ask):
    "A ratio of squared lengths; who takes it for percent is told."
    _, page, told = ask("Is the shift in percent?")
    assert "shift-to-signal ratio |theta_1 - theta_2|^2 / |theta_2|^2" in page and "20 percent is ssr=0.2" in told


def test_with_a_penalty(ask):
    "At any size, for a penalty."
    assert number(ask("Where is it with a ridge penalty?")[1]) == pytest.approx(3.559006908)
