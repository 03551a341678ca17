"""What every fit is: a linear map of the labels, the noise of which is averaged exactly, with regimes and typed refusals."""

import pickle

import numpy as np
import pytest

from symrisk.errors import DomainError
from symrisk.simulate.fits.fused import Fused
from symrisk.simulate.fits.least_squares import LeastSquares
from symrisk.simulate.fits.linear import Linear
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.fits.pseudo_inverse import PseudoInverse
from symrisk.simulate.fits.ridge import Ridge
from symrisk.simulate.fits.tuned import Tuned
from symrisk.simulate.fits.two_stage import TwoStage
from symrisk.simulate.fits.weighted import Weighted
from symrisk.simulate.risk import Risk, parts
from symrisk.simulate.worlds.world import Draw, World

FITS = {
    "min-norm": MinNorm(), "ridge": Ridge(2.0), "weighted ridge": Weighted((1.0, 3.0, 0.5), Ridge(2.0)),
    "weighted min-norm": Weighted((1.0, 3.0, 0.5), MinNorm()), "fused": Fused((0.5, -0.25, 1.0)),
    "fused ridge": Fused((0.5, 0.25, 1.0), Ridge(1.5)), "tuned": Tuned(scale=0.7), "ridge tuned": Tuned(correction=Ridge(3.0)),
    "two stages": TwoStage(Weighted((1.0, 3.0, 0.5), Ridge(2.0))), "two ridge stages": TwoStage(Ridge(2.0), Ridge(1.0))}
SHAPES = {"wide": ((5, 4, 3), 20), "a wide first": ((30, 4, 3), 20), "tall": ((30, 25, 28), 20), "an empty sample": ((5, 0, 3), 20)}
EVERY_FIT = pytest.mark.parametrize("fit", FITS.values(), ids=FITS)
EVERY_SHAPE = pytest.mark.parametrize(("sizes", "p"), SHAPES.values(), ids=SHAPES)


def designs(sizes, p, seed=3):
    rng = np.random.default_rng(seed)
    return [rng.standard_normal((size, p)) for size in sizes]


def by_solving(fit, X, y):
    """The coefficients by NumPy's pinv and plain solves: an independent path."""
    match fit:
        case MinNorm() | LeastSquares():
            return np.linalg.pinv(np.vstack(X)) @ np.concatenate(y)
        case Ridge(mu):
            rows = np.vstack(X)
            return np.linalg.solve(rows.T @ rows + mu * np.eye(rows.shape[1]), rows.T @ np.concatenate(y))
        case Weighted(weights, inner):
            roots = np.sqrt(weights)
            return by_solving(inner, [r * x for r, x in zip(roots, X, strict=True)], [r * v for r, v in zip(roots, y, strict=True)])
        case Fused(weights, inner):
            return sum(w * by_solving(inner, [x], [v]) for w, x, v in zip(weights, X, y, strict=True))
        case Tuned(start, scale, correction):
            first = scale * by_solving(start, X[:-1], y[:-1])
        case TwoStage(first_fit, correction):
            first = by_solving(first_fit, X, y)
    return first + by_solving(correction, X[-1:], [y[-1] - X[-1] @ first])


@EVERY_FIT
@EVERY_SHAPE
def test_the_coefficients(fit, sizes, p):
    "Sample by sample, against an independent path."
    X, rng = designs(sizes, p), np.random.default_rng(0)
    y = [rng.standard_normal(size) for size in sizes]
    assert fit.coefficients(X, y) == pytest.approx(by_solving(fit, X, y), rel=1e-9, abs=1e-10)


@EVERY_FIT
@EVERY_SHAPE
def test_the_map_says_one_thing_in_each_form(fit, sizes, p):
    "Its matrix, what it does to many labellings at once, its influences in any norm, and what it misses of an even signal."
    X, rng = designs(sizes, p), np.random.default_rng(1)
    fitted, plain = fit.on(X), Linear(fit.on(X).matrix)
    Y, sigma_sq = rng.standard_normal((sum(sizes), 3)), rng.uniform(0, 2, sum(sizes))
    assert fitted.rows == plain.rows == sum(sizes)
    assert fitted.coefficients(Y) == pytest.approx(plain.coefficients(Y), abs=1e-11)
    assert fitted.coefficients(Y)[:, 1] == pytest.approx(fitted.coefficients(Y[:, 1]), abs=1e-12)
    stacked = np.vstack(X)
    for seen in (None, np.linspace(1, 2, p), rng.standard_normal((p, p)), np.linspace(1, 2, p // 4), rng.standard_normal((p // 2,) * 2)):
        root = np.eye(p) if seen is None else np.diag(seen) if seen.ndim == 1 else seen
        root = np.kron(np.eye(p // len(root)), root)
        noise = np.trace(root.T @ (plain.matrix * sigma_sq) @ plain.matrix.T @ root)
        missed = np.sum((root.T @ (plain.matrix @ stacked - np.eye(p)))**2)
        assert fitted.noise_variance(sigma_sq, seen) == pytest.approx(noise, rel=1e-10)
        assert fitted.missed(X, seen) == pytest.approx(missed, rel=1e-9, abs=1e-18)


@EVERY_FIT
def test_the_risk_is_the_average_over_noise_draws(fit):
    "Bias and variance of every fit, on a target that sees some directions more, within four standard errors."
    sizes, p, reps = (5, 4, 3), 20, 6000
    X, rng = designs(sizes, p), np.random.default_rng(2)
    coefficients, target, noises = rng.standard_normal((3, p)) / 3, rng.standard_normal(p) / 3, (1.0, 0.5, 0.1)
    seen = np.linspace(0.5, 2, p)
    signals = np.concatenate([x @ theta for x, theta in zip(X, coefficients, strict=True)])
    labels = signals[:, None] + np.sqrt(np.repeat(noises, sizes))[:, None] * rng.standard_normal((12, reps))
    risks = np.sum((seen[:, None] * (fit.coefficients(X, labels) - target[:, None]))**2, axis=0)
    bias, variance, risk = parts(Draw(X, noises, signals, target, seen=seen), fit.on(X))
    assert bias > 0 and variance > 0 and risk == bias + variance
    assert abs(risks.mean() - risk) < 4 * risks.std(ddof=1) / np.sqrt(reps)


def test_several_truths_are_averaged():
    "The risk over columns is the mean of the risks one by one."
    (X,), rng = designs((5,), 9), np.random.default_rng(0)
    thetas, fitted = rng.standard_normal((9, 4)), Ridge(1.0).on(X)
    one_by_one = [parts(Draw((X,), (2.0,), X @ theta, theta), fitted).bias for theta in thetas.T]
    assert parts(Draw((X,), (2.0,), X @ thetas, thetas), fitted).bias == pytest.approx(np.mean(one_by_one), rel=1e-12)


@EVERY_FIT
def test_an_even_signal_is_averaged_exactly(fit):
    "|theta|^2 over all directions is the mean over an orthogonal basis of them."
    X = designs((5, 4, 3), 20)
    basis = np.sqrt(3.0) * np.eye(20)
    told = parts(Draw(X, (1.0, 2.0, 3.0), np.vstack(X) @ basis, basis), fit.on(X))
    assert parts(Draw(X, (1.0, 2.0, 3.0), even=3.0), fit.on(X)) == pytest.approx(told, rel=1e-11)


@pytest.mark.parametrize(("fit", "regimes"), [
    (MinNorm(), {(10, 20): ("ridgeless",), (40, 20): ("ols",), (25, 25): ("ols",)}),
    (LeastSquares(), {(40, 20): ("ols",)}), (Ridge(1.0), {(10, 20): ("ridge",), (25, 25): ("ridge",)}),
    (Weighted((1, 2), MinNorm()), {(10, 20): ("ridgeless",), (40, 20): ("ols",)}),
    (Fused((1, 2)), {(10, 60): ("ridgeless", "ols"), (40, 20): ("ridgeless", "ridgeless")}),
    (Tuned(), {(60, 20): ("ols", "ridgeless")}), (TwoStage(Ridge(1.0)), {(60, 20): ("ridge", "ridgeless"), (10, 60): ("ridge", "ols")}),
], ids=str)
def test_a_fit_knows_its_regimes(fit, regimes):
    "In fifty dimensions: one for each solve that it is made of."
    assert {sizes: fit.regimes(sizes, 50) for sizes in regimes} == regimes


@pytest.mark.parametrize(("call", "says"), [
    (lambda X: LeastSquares().on(X), "^least squares takes as many rows as dimensions at least; not 12 in 20"),
    (lambda X: LeastSquares().regimes((5, 4), 20), "^least squares takes .*; not 9 in 20"),
    (lambda X: Ridge(0.0).on(X), "^mu is positive; not mu=0"), (lambda X: Ridge(np.nan).on(X), "^mu is finite"),
    (lambda X: Weighted((1.0, 2.0), MinNorm()).on(X), r"^weights has shape \(3,\); not \(2,\)"),
    (lambda X: Weighted((1.0, 2.0, 0.0), MinNorm()).on(X), r"^weights is positive; not weights\[2\] = 0"),
    (lambda X: Fused((1.0,)).on(X), r"^weights has shape \(3,\)"), (lambda X: Tuned().on(X[:1]), "^fine-tuning takes two samples"),
    (lambda X: Tuned(scale=np.inf).on(X), "^scale is finite"), (lambda X: MinNorm().on([]), "^a fit takes one sample at least"),
    (lambda X: MinNorm().on([X[0], X[1][:, 1:]]), "^samples have rows of one length p"),
    (lambda X: MinNorm().on([X[0], X[0]]), "^X is not of full rank"), (lambda X: PseudoInverse(X[0], -1.0), "^mu is not negative"),
    (lambda X: MinNorm().coefficients(X, np.ones(11)), "^y has length 12"), (lambda X: Fused((1, 1, 1)).on(X).coefficients(np.ones(3)), "^y has length 12"),
    (lambda X: Ridge(1.0).on(X).noise_variance(-1.0), "^sigma_sq is one variance >= 0"),
    (lambda X: parts(Draw(X, (1.0, -1.0, 1.0), even=1.0), MinNorm().on(X)), r"^noises is not negative; not noises\[1\] = -1"),
])
def test_what_is_refused(call, says):
    "The rule and the first offender."
    with pytest.raises(DomainError, match=says):
        call(designs((5, 4, 3), 20))


@EVERY_FIT
def test_a_fit_is_a_value(fit):
    "Equal to its copy, hashable, with its parameters to be read off, as scikit-learn's are."
    copy = pickle.loads(pickle.dumps(fit))
    assert copy == fit and hash(copy) == hash(fit) and repr(fit).startswith(type(fit).__name__)


class Crowded(World):
    """A world in which no fit without a penalty has a finite expectation."""

    def draw(self, rng, rows=None):
        return Draw([np.eye(2, 4)], (1.0,), np.zeros(2), np.zeros(4))

    @property
    def letters(self):
        return ()

    def require_room(self):
        raise DomainError("no room")


def test_a_world_is_asked_for_room_where_nothing_penalises():
    "One solve without a penalty is refused; ridge is not."
    assert Risk(Crowded(), Ridge(1.0))(np.random.default_rng(0)) > 0
    for fit in (MinNorm(), Weighted((2.0,), MinNorm())):
        with pytest.raises(DomainError, match="no room"):
            Risk(Crowded(), fit)(np.random.default_rng(0))
