"""Laws as inputs: typed on the command line, among a quantity's values, at a simulation's point."""

import json

import numpy as np
import pytest
from sympy import Rational

from symrisk import Atoms, Formula, Mean
from symrisk import __main__ as command_line
from symrisk.cli.laws import law_of, plain, readers, written
from symrisk.errors import ArgumentError, DomainError
from symrisk.laws.empirical import Empirical
from symrisk.simulate.experiment import Simulation
from symrisk.symbols import H, coordinate, eigenvalue, symbol, tau, tau0, tau_omega, w
from symrisk.theorems.transfer import covariate_shift, multi_source

TEXT = "3,1/2: 2/5; 1,2: 2/5; 1/4,1: 1/5"
LAW = Atoms({(3, "1/2"): "2/5", (1, 2): "2/5", ("1/4", 1): "1/5"})
POINT = dict(n1=40, n2=30, p=100)
WORDS = ["transfer.covariate_shift.pooled_variance", "n1=40", "n2=30", "p=100"]
PAIR = [eigenvalue(1), eigenvalue(2)]
average = Formula(symbol("average", "a", "a mean over a law"), Mean(tau / (tau + w), H))


def drawn(rng, *, H, w):
    """One atom of a law, through the formula's integrand."""
    (values,), weights = H.arrays
    picked = rng.choice(values, p=weights)
    return float(picked / (picked + w))


def run(capsys, *words):
    code = command_line.main(list(words))
    return code, *capsys.readouterr()


@pytest.mark.parametrize("text", [TEXT, f"tau1, tau2 | {TEXT}", "tau2,tau1|1/2,3:.4;2,1:0.4;1,1/4:2e-1"])
def test_a_law_is_typed_as_its_atoms(capsys, text):
    "In the order of the formula's variables, or in the order named in front."
    assert run(capsys, "eval", *WORDS, f"H={text}")[:2] == (0, f"{covariate_shift.pooled_variance(H=LAW, **POINT)}\n")


def test_digits_and_ball_of_a_typed_law(capsys):
    "Typed numbers are exact: fifty digits of them are right."
    _, digits, _ = run(capsys, "eval", *WORDS, f"H={TEXT}", "--digits", "50")
    _, ball, _ = run(capsys, "eval", *WORDS, f"H={TEXT}", "--ball", "--digits", "12")
    assert digits.strip() == str(covariate_shift.pooled_variance.digits(50, H=LAW, **POINT))
    assert ball.startswith("[2.18048300021")


def test_json_holds_the_law_as_one_would_type_it(capsys):
    "What is printed can be given back."
    code, out, _ = run(capsys, "eval", *WORDS, f"H={TEXT}", "--json", "--where")
    found = json.loads(out)
    assert code == 0 and found["value"] == covariate_shift.pooled_variance(H=LAW, **POINT)
    assert law_of("H", found["inputs"]["H"], []) == LAW
    assert found["where"]["a1"] == pytest.approx(covariate_shift.scale1(H=LAW, **POINT), rel=1e-14) and "H" not in found["where"]


def test_two_laws_and_a_table(capsys):
    "A law stands still while numbers vary."
    _, out, _ = run(capsys, "eval", "transfer.covariate_shift.pooled_risk", "n1=20,40", "n2=30", "p=100", "theta_sq=3",
                    f"H={TEXT}", "G=1, 2: 1")
    risks = covariate_shift.pooled_risk(n1=np.array([20, 40]), n2=30, p=100, theta_sq=3, H=LAW, G=Atoms({(1, 2): 1})).tolist()
    assert [line.split() for line in out.splitlines()] == [["n1", "pooled_risk"], ["20", str(risks[0])], ["40", str(risks[1])]]


def test_what_a_formula_needs_and_in_which_order():
    "Eigenvalues of samples, of the target; coordinates of samples, of the target; what has a default last, if at all."
    read = readers([multi_source.ridge_risk_of_2])["H"]
    b0, b1, b2 = map(coordinate, range(3))
    law = Atoms({(3, 1, 2, -1, 0, 1): 1}, of=(*PAIR, tau0, b1, b2, b0))
    assert read("H", "3,1,2,-1,0,1: 1") == law
    assert read("H", "tau0, tau1, tau2, b0, b1, b2 | 2,3,1,1,-1,0: 1") == Atoms(
        {(2, 3, 1, 1, -1, 0): 1}, of=(tau0, *PAIR, b0, b1, b2))
    assert readers([multi_source.ridge_variance_of_2])["H"]("H", "3, 1, 2, 7: 1").variables == (*PAIR, tau0, tau_omega)


def test_a_law_that_is_written_is_read_back():
    "Also one with fractions and with equal atoms, which are one."
    law = law_of("H", "1/3, 2: 1/4; 1/3, 2: 1/2; 0, 1e-3: .25", PAIR)
    assert law == Atoms({("1/3", 2): "3/4", (0, "1/1000"): "1/4"}) and law_of("H", written(law), []) == law
    assert written(law) == "tau1, tau2 | 0, 0.001: 0.25; 1/3, 2: 0.75" and plain(3.5) == 3.5


@pytest.mark.parametrize(("text", "error", "says"), [
    ("", ArgumentError, "H: an atom is written values: weight"),
    ("3,1/2", ArgumentError, "H: an atom is written values: weight"),
    ("3,1/2: 2/5; 1,2", ArgumentError, "H: an atom is written values: weight.* not '1,2'"),
    ("3,1,1: 1", ArgumentError, "H has 3 values an atom, and its variables are tau1, tau2; name others in front"),
    ("3: 1", ArgumentError, "H has 1 values an atom"),
    ("3,1: 1/2; 1: 1/2", ArgumentError, "H: an atom has 2 values, of tau1, tau2; not 1"),
    ("tau1 | 3,1: 1", ArgumentError, "H: an atom has 1 values, of tau1; not 2"),
    ("tau1, __import__('os') | 3,1: 1", ArgumentError, "is no variable of a law; write tau"),
    ("tau1, tau1 | 3,1: 1", ArgumentError, "variables of a law differ"),
    ("__import__('os').system('false'),1: 1", ArgumentError, "is not a number"),
    ("3,n1: 1", ArgumentError, "H='n1' is not a number"),
    ("nan,1: 1", ArgumentError, "is not a number"),
    ("3,1: 1/2: 1/2", ArgumentError, "is not a number"),
    ("atomz(3, 1)", ArgumentError, "there is no law .atomz.; did you mean Atoms"),
    ("Atoms({3: 1})", ArgumentError, "is how Python has it; a law is written here as its atoms"),
    (f"{'1' * 1001},1: 1", ArgumentError, "1001 characters"),
    ("3,1/0: 1", DomainError, "divides by zero"),
    ("3,1: 1/2; 1,1: 1/4", DomainError, "weights sum to 1; not to 3/4"),
    ("-3,1: 1", DomainError, "eigenvalues are >= 0"),
    ("3,1: 2; 1,1: -1", DomainError, "weights > 0"),
])
def test_what_is_refused(text, error, says):
    "The law's name, the rule and the first offender; nothing typed is evaluated as code."
    with pytest.raises(error, match=says):
        law_of("H", text, PAIR)


@pytest.mark.parametrize(("words", "says"), [
    ((*WORDS, "H=1"), "an atom is written values: weight"), ((*WORDS, "H=tau1|3:1"), "tau2 is no variable"),
    (tuple(WORDS), "needs H"), ((*WORDS, f"H={TEXT}", f"H={TEXT}"), "H is given twice"),
    ((*WORDS[:3], "p=3,1: 1", f"H={TEXT}"), "p"), ((*WORDS, f"H={TEXT}", f"G={TEXT}"), "G"),
    ((WORDS[0], "n1=80", *WORDS[2:], f"H={TEXT}"), "holds for n1 [+] n2 < p")])
def test_the_command_refuses_in_one_line(capsys, words, says):
    "Exit 2, nothing on stdout, no traceback."
    code, out, err = run(capsys, "eval", *words)
    assert (code, out) == (2, "") and len(err.splitlines()) == 1
    with pytest.raises(AssertionError, match=says):
        raise AssertionError(err)


def test_values_take_laws():
    "Every name that the value rests on, the law as it was given, and the value by the formula's own name."
    found = covariate_shift.pooled_variance.values(H=LAW, **POINT)
    assert found["H"] is LAW and found["n1"] == 40
    assert found["a1"] == pytest.approx(covariate_shift.scale1(H=LAW, **POINT), rel=1e-14)
    assert found["pooled_variance"] == pytest.approx(found["g1"] + found["g2"], rel=1e-14)
    with pytest.raises(ArgumentError, match="n1 is a number; not a law"):
        covariate_shift.pooled_variance.values(**{**POINT, "n1": LAW})


@pytest.mark.parametrize("point", [{}, {"w": 2.0}, {"H": Atoms({1: "1/3", 5: "2/3"})}])
def test_a_simulation_runs_at_a_law(point):
    "Its default point holds a law, and a call gives another."
    simulation = Simulation(average, drawn, point={"H": Atoms({1: "1/2", 4: "1/2"}), "w": 1.0})
    run = simulation.run(400, rng=0, **point)
    assert run.formula == average(**{**simulation.point, **point}) and abs(run.z) < 4


def test_exact_weights_reach_the_replicate():
    "The law itself, not its floats."
    seen = []

    def watched(rng, *, H, w):
        seen.append(H)
        return float(rng.normal())
    Simulation(average, watched).run(2, H=Atoms({1: "1/3", 5: "2/3"}), w=1.0)
    assert {weight for _, weight in seen[0].points} == {Rational(1, 3), Rational(2, 3)}


def test_help_says_how_a_law_is_typed(capsys):
    "Both verbs that take one."
    for verb in ("eval", "simulate"):
        assert command_line.main([verb, "--help"]) == 0
        assert "H='3,1/2: 2/5; 1,2: 3/5'" in " ".join(capsys.readouterr().out.split())


def test_a_page_says_what_is_solved(capsys):
    "Names that minimise a potential by the equation that they solve together; D, which varies over the law, by its name."
    code, out, _ = run(capsys, "show", "transfer.covariate_shift.pooled_variance")
    assert code == 0 and "a1 = the positive solution, together with a2, of p*Mean(a1*tau1/(" in out
    assert "tie21 = p*Mean(a1*a2*tau1*tau2/inside**2, H)" in out and "inside = a1*tau1 + a2*tau2 + 1" in out
    _, data, _ = run(capsys, "show", "transfer.covariate_shift.target_risk", "--json")
    assert json.loads(data)["where"]["alone"].startswith("the positive solution of p*Mean(")


@pytest.mark.parametrize(("file", "text"), [
    ("law.csv", "# eigenvalues\n3, 0.5\n1, 2\n0.25, 1\n"), ("law.txt", "3 0.5\n1 2\n\n0.25 1\n"), ("law.npy", None)])
def test_measured_eigenvalues_come_from_a_file(capsys, tmp_path, file, text):
    "A row a direction, a column a variable, all of one weight; floats have no exact digits, and it is said."
    table = np.array([[3, 0.5], [1, 2], [0.25, 1]])
    if text is None:
        np.save(tmp_path / file, table)
    else:
        (tmp_path / file).write_text(text)
    law = Empirical(dict(zip(PAIR, table.T, strict=True)))
    assert run(capsys, "eval", *WORDS, f"H=@{tmp_path / file}")[:2] == (0, f"{covariate_shift.pooled_variance(H=law, **POINT)}\n")
    assert run(capsys, "eval", *WORDS, f"H=tau2,tau1|@{tmp_path / file}")[1] != run(capsys, "eval", *WORDS, f"H=@{tmp_path / file}")[1]
    assert "no exact digits" in run(capsys, "eval", *WORDS, f"H=@{tmp_path / file}", "--digits", "9")[2]
    assert json.loads(run(capsys, "eval", *WORDS, f"H=@{tmp_path / file}", "--json")[1])["inputs"]["H"] == repr(law)


@pytest.mark.parametrize(("file", "content"), [
    ("none.csv", None), ("words.csv", b"1,2\n3,x\n"), ("ragged.csv", b"1,2\n3\n"), ("empty.csv", b""), ("bad.npy", b"\x93NUMPY"),
    ("negative.csv", b"1,2\n-3,1\n"), ("narrow.csv", b"1\n2\n")])
def test_a_file_that_is_no_law_is_refused_in_one_line(capsys, tmp_path, file, content):
    "Named; nothing in it is run."
    if content is not None:
        (tmp_path / file).write_bytes(content)
    code, out, err = run(capsys, "eval", *WORDS, f"H=@{tmp_path / file}")
    assert (code, out, err.count("\n")) == (2, "", 1) and ("H" in err or "tau" in err)


def test_a_map_takes_laws(capsys, tmp_path):
    "Covariate shift over two other inputs, from the shell."
    file = tmp_path / "map.png"
    words = ["transfer.covariate_shift.pooled_risk", "transfer.covariate_shift.target_risk", "--x", "n1:1:60", "--y", "theta_sq:0:5",
             "n2=30", "p=100", "sigma_sq=1", f"H={TEXT}", f"G={TEXT}", "--out", str(file)]
    assert run(capsys, "phase", *words)[:2] == (0, f"{file}\n") and file.stat().st_size > 0


def test_heavy_tails_are_simulated_too(capsys):
    "Student rows, where a formula does not ask for Gaussian ones."
    assert run(capsys, "simulate", "transfer.concept_shift.target_risk", "--rows", "student", "--reps", "20")[0] == 0


def test_a_negative_seed_is_refused_in_one_line(capsys):
    "Not by a traceback."
    code, _, err = run(capsys, "simulate", "transfer.concept_shift.target_risk", "--seed", "-1")
    assert code == 2 and "a seed, a whole number >= 0; not -1" in err
