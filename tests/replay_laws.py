"""Reference cases of covariances: one sample's ridge, the talk's eight constants, K samples on common eigenspaces, dense matrices.

What shares its eigenvectors is a joint law, and goes through formulas, in digits and on the grid; matrices that do not commute go
through `equivalents.dense`, in floating point, and are held to their own tolerance alone.
"""

from fractions import Fraction

import numpy as np

from symrisk import Atoms, Formula
from symrisk.equivalents.dense import equivalent
from symrisk.equivalents.pooled import Pooled
from symrisk.equivalents.risk import bias_of_fit, risk_of, variance_of
from symrisk.symbols import coordinate, eigenvalue, noise, size, symbol, tau0, weight
from symrisk.theorems.ridge import effective_ridge as ridge
from symrisk.theorems.transfer import covariate_shift as shift
from symrisk.theorems.transfer import covariate_shift_constants as constants

SLIDE = {"a1": shift.scale1, "a2": shift.scale2, "a3": constants.a3, "a4": constants.a4, "b3": constants.tilde_b3,
         "b4": constants.tilde_b4, "V": shift.pooled_variance, "B": shift.pooled_bias}
RIDGE = {"ridge.effective_ridge": ridge.kappa_of_lam, "ridge.ridge_bias": ridge.ridge_bias,
         "ridge.ridge_variance": ridge.ridge_variance}
PARTS = {"R": risk_of, "V": variance_of, "B": bias_of_fit}
PER_SAMPLE = ("c", "g")


def is_covered(case):
    """Whether the case's quantity is one of covariances that is known here."""
    name, inputs = case["quantity"].removeprefix("transfer."), case["inputs"]
    if name in RIDGE:
        return True
    if "lambda1" in inputs:
        return name in SLIDE
    return "Sigma" in inputs and (name in PARTS or name[0] in PER_SAMPLE and name[1:].isdigit() and int(name[1:]) <= len(inputs["n"]))


def is_dense(case):
    return case["inputs"].get("type") == "dense"


def question_of(case):
    """(formula, its point with laws) of a case on common eigenspaces, exact."""
    name, inputs = case["quantity"].removeprefix("transfer."), case["inputs"]
    if name in RIDGE:
        return _ridge(name, inputs)
    return _slide(name, inputs) if "lambda1" in inputs else _pooled(name, inputs)


def _ridge(name, inputs):
    laws = {law: Atoms(dict(zip(_exact(inputs["atoms"]), _exact(inputs[law]), strict=True))) for law in "HG"}
    plain = {"lam": "lam", "gamma": "gamma", "tau2": "theta_sq", "sigma2": "sigma_sq"}
    return RIDGE[name], _needed(RIDGE[name], {**laws, **{plain[x]: exact(inputs[x]) for x in plain if x in inputs}})


def _slide(name, inputs):
    pairs = list(zip(_exact(inputs["lambda1"]), _exact(inputs["lambda2"]), strict=True))
    many, squares = _exact(inputs["mult"]), _exact(inputs["theta_sq_per_coordinate"])
    theta_sq = sum(m * s for m, s in zip(many, squares, strict=True))
    H = Atoms({pair: m / sum(many) for pair, m in zip(pairs, many, strict=True)})
    G = Atoms({pair: m * s / theta_sq for pair, m, s in zip(pairs, many, squares, strict=True)})
    known = {"n1": exact(inputs["n1"]), "n2": exact(inputs["n2"]), "p": sum(many), "H": H, "G": G, "theta_sq": theta_sq,
             "sigma_sq": exact(inputs["sigma2"])}
    return SLIDE[name], _needed(SLIDE[name], known)


def _pooled(name, inputs):
    K, p, mu = len(inputs["n"]), sum(_exact(inputs["mult"])), exact(inputs["mu"])
    samples, sizes = range(1, K + 1), _exact(inputs["n"])
    pooled = Pooled(K, "ridge" if mu else "ridgeless" if sum(sizes) < p else "ols")
    columns = {tau0: inputs["Sigma0"], coordinate(0): inputs["theta0"]}
    for k in samples:
        columns |= {eigenvalue(k): inputs["Sigma"][k - 1], coordinate(k): inputs["theta"][k - 1]}
    atoms = {}
    for values, many in zip(zip(*map(_exact, columns.values()), strict=True), _exact(inputs["mult"]), strict=True):
        atoms[values] = atoms.get(values, 0) + many / p
    known = {"p": p, "mu": mu, "H": Atoms(atoms, of=tuple(columns))}
    for letter, values in ((size, sizes), (noise, _exact(inputs["sigma2"])), (weight, _exact(inputs["w"]))):
        known |= {letter(k).name: values[k - 1] for k in samples}
    formula = PARTS[name](pooled) if name in PARTS else _of_sample(pooled, name)
    return formula, _needed(formula, known)


def _of_sample(pooled, name):
    """c_k or g_k as a formula of its own."""
    letters = {"c": pooled.scales, "g": pooled.gains}[name[0]]
    return Formula(symbol(f"replayed_{name}", name, "a scale or a gain", nonnegative=True), letters[int(name[1:]) - 1],
                   where={**pooled.second(tau0), **pooled.first}, on=pooled.on)


def _needed(formula, known):
    return {name: value for name, value in known.items() if name in formula.inputs}


def dense_value(case):
    """The value of a case of matrices that need not commute, a float."""
    name, inputs = case["quantity"].removeprefix("transfer."), case["inputs"]
    fit = equivalent(_floats(inputs["Sigma"]), _floats(inputs["n"]), mu=float(inputs["mu"]), weights=_floats(inputs["w"]))
    risk = fit.risk(_floats(inputs["theta"]), _floats(inputs["sigma2"]), _floats(inputs["Sigma0"]), _floats(inputs["theta0"]))
    if name[0] in PER_SAMPLE:
        return float({"c": fit.scales, "g": risk.g}[name[0]][int(name[1:]) - 1])
    return float({"R": risk.value, "V": risk.variance, "B": risk.bias}[name])


def exact(value):
    """A JSON number or string as an exact rational, read as the decimal it was written as."""
    return Fraction(str(value))


def _exact(values):
    return [exact(value) for value in values]


def _floats(values):
    return np.array(values, dtype=float)
