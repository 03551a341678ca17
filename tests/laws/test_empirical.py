"""Laws of measured eigenvalues: means over them are traces, and floats have no digits."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symrisk import Atoms, Formula, Mean
from symrisk.equivalents.commuting import risks
from symrisk.errors import ArgumentError, DomainError, NoMethod
from symrisk.laws.empirical import Empirical
from symrisk.simulate.diagonal import covariance
from symrisk.symbols import H, coordinate, eigenvalue, p, symbol, tau, tau0, tau_omega, w

t1, t2 = eigenvalue(1), eigenvalue(2)
share = Formula(symbol("share", "s", "a share"), Mean(tau / (tau + w), H))
SEEDS = given(seed=st.integers(0, 2**32 - 1))


def mean_of(expression, law):
    return Formula(symbol("mean", "m", "a mean"), Mean(expression, H))(H=law)


def commuting(rng, count, size):
    """Covariances with common eigenvectors."""
    basis = np.linalg.qr(rng.standard_normal((size, size)))[0]
    return [(basis * rng.uniform(0, 3, size)) @ basis.T for _ in range(count)]


@SEEDS
def test_means_are_traces(seed):
    "tr(S(S + w)^{-1})/p, for the eigenvalues, the matrix and rows of data."
    rng = np.random.default_rng(seed)
    rows = rng.standard_normal((int(rng.integers(1, 9)), 5))
    S = rows.T @ rows / len(rows)
    wanted = np.trace(S @ np.linalg.inv(S + 0.7 * np.eye(5))) / 5
    for law in (Empirical(np.maximum(np.linalg.eigvalsh(S), 0)), Empirical.of_covariance(S), Empirical.of_rows(rows)):
        assert share(H=law, w=0.7) == pytest.approx(wanted, rel=1e-12)


@SEEDS
def test_joint_means_are_traces_of_products(seed):
    "tr(S_1 S_2)/p, b'S_0 b/p; in whatever basis the matrices are written."
    rng = np.random.default_rng(seed)
    first, second, target = commuting(rng, 3, 6)
    b, own = rng.standard_normal((2, 6))
    law = Empirical.of_covariances([first, second], coefficients=[b, own], target=target, target_coefficients=own)
    assert set(law.variables) == {t1, t2, tau0, *map(coordinate, range(3))}
    for expression, wanted in ((t1 * t2, np.trace(first @ second)), (tau0 * (coordinate(1) - coordinate(0))**2, (b - own) @ target @ (b - own)),
                               (coordinate(1) * coordinate(0) * t2, b @ second @ own)):
        assert mean_of(expression, law) == pytest.approx(wanted / 6, rel=1e-10, abs=1e-12)


def test_coefficients_along_one_covariance():
    "The target's, beside tau."
    law = Empirical.of_covariance(np.diag([1.0, 2.0]), coefficients=[3.0, 5.0])
    assert mean_of(tau * coordinate(0)**2, law) == pytest.approx((9 + 50) / 2)


def test_weights_are_multiplicities():
    "Up to a factor, and however large."
    wanted = share(H=Empirical([1, 1, 1, 4.0]), w=2)
    for weights in ([3, 1], [0.75, 0.25], [1.5e308, 0.5e308]):
        assert share(H=Empirical([1.0, 4.0], weights=weights), w=2) == pytest.approx(wanted, rel=1e-15)


@SEEDS
def test_the_order_of_eigenvalues_does_not_matter(seed):
    "To the last digits."
    rng = np.random.default_rng(seed)
    values = rng.uniform(0, 9, 20)
    assert share(H=Empirical(values), w=1) == pytest.approx(share(H=Empirical(rng.permutation(values)), w=1), rel=1e-14)


def test_exactly_takes_floats_for_what_they_are():
    "Equal eigenvalues together; its digits begin as the float does."
    law = Empirical([0.1, 0.1, 0.7], weights=[1, 2, 1])
    assert law.exactly().size == 2
    assert float(share.digits(25, H=law.exactly(), w="1/3")) == pytest.approx(share(H=law, w=1 / 3), rel=1e-15)
    assert Empirical([1.0, 4.0]).exactly() == Atoms({1: "1/2", 4: "1/2"})


def test_laws_of_the_same_numbers_are_equal():
    "And only those; a pickled one is the same."
    law = Empirical([1.0, 2.0])
    assert law == Empirical([1.0, 2.0]) and hash(law) == hash(Empirical([1.0, 2.0])) and pickle.loads(pickle.dumps(law)) == law
    assert law != Empirical([2.0, 1.0]) and law != Empirical([1.0, 2.0], weights=[1, 2]) and law != Empirical({t1: [1.0, 2.0]})


@SEEDS
def test_a_pickled_law_is_the_same_to_the_bit(seed):
    "Weights are not divided by their sum again."
    rng = np.random.default_rng(seed)
    law = Empirical(rng.uniform(0, 3, 7), weights=rng.uniform(1, 2, 7))
    assert pickle.loads(pickle.dumps(law)) == law


@SEEDS
def test_what_the_covariance_does_not_see_has_eigenvalue_zero(seed):
    "Rounding does not raise the rank: of one covariance, of two, of centred rows."
    rng = np.random.default_rng(seed)
    p, rank = 40, int(rng.integers(2, 39))
    half = rng.standard_normal((p, rank))
    basis = np.linalg.qr(half)[0]
    first, second = ((basis * rng.uniform(1, 3, rank)) @ basis.T for _ in range(2))
    joint = Empirical.of_covariances([first, second]).columns
    rows = rng.standard_normal((rank + 1, p))
    for column in (Empirical.of_covariance(half @ half.T).columns[tau], joint[t1], joint[t2],
                   Empirical.of_rows(rows - rows.mean(axis=0)).columns[tau]):
        assert np.count_nonzero(column) == rank


def test_diagonal_covariances_are_exact():
    "An eigenvalue that is written down is none of rounding."
    assert Empirical.of_covariance(np.diag([1.0, 1e-30])).columns[tau].tolist() == [1e-30, 1.0]
    assert sorted(Empirical.of_covariances([np.diag([1.0, 1e-30]), np.diag([1.0, 2.0])]).columns[t1]) == [1e-30, 1.0]


@SEEDS
def test_what_rounding_leaves_below_zero_is_zero(seed):
    "The eigenvalues that eigvalsh gives of a covariance are its law, rank and all; exact small ones stay what they are."
    rng = np.random.default_rng(seed)
    half = rng.standard_normal((20, int(rng.integers(2, 19))))
    values = np.append(np.linalg.eigvalsh(half @ half.T), -1e-15)
    column = Empirical(values).columns[tau]
    assert np.count_nonzero(column) == half.shape[1] and column.min() == 0
    assert np.count_nonzero(risks([values], np.ones(21), [3.0], mu=1.0).variance) == 1
    assert covariance("target", values, 21).tolist() == column.tolist()
    assert Empirical([1.0, 1e-30, 0.0]).columns[tau].tolist() == [1.0, 1e-30, 0.0]
    with pytest.raises(DomainError, match=r"not negative; not tau\[1\] = -2e-10"):
        Empirical([1.0, -2e-10])


def test_the_arguments_are_left_alone():
    "A law is a copy."
    values = np.array([1.0, 2.0])
    law = Empirical(values)
    values[0] = 100
    assert law.columns[tau].tolist() == [1, 2]


@pytest.mark.parametrize("ask", [share.digits, share.ball])
def test_floats_have_no_digits(ask):
    "And the error says what to do."
    with pytest.raises(NoMethod, match=r"binary floats, which have no exact digits; .exactly\(\)"):
        ask(10, H=Empirical([1.0, 2.0]), w=1)


I2 = np.eye(2)
BAD = {
    "nan": (lambda: Empirical([np.nan]), DomainError, r"tau is finite; not tau\[0\] = nan"),
    "infinity": (lambda: Empirical([1.0], weights=[np.inf]), DomainError, r"weights is finite; not weights\[0\] = inf"),
    "negative": (lambda: Empirical([1.0, -1.0]), DomainError, r"tau is not negative; not tau\[1\] = -1.0"),
    "a zero penalty": (lambda: Empirical({tau_omega: [0.0]}), DomainError, r"tau_omega is positive; not tau_omega\[0\] = 0.0"),
    "a zero weight": (lambda: Empirical([1.0, 2.0], weights=[1, 0]), DomainError, r"weights is positive; not weights\[1\] = 0.0"),
    "nothing": (lambda: Empirical([]), DomainError, "empty array"),
    "no columns": (lambda: Empirical({}), ArgumentError, "or one a variable, .*; none is given"),
    "a table": (lambda: Empirical([[1.0, 2.0]]), DomainError, r"shape \(p,\); not \(1, 2\)"),
    "lengths": (lambda: Empirical({t1: [1.0, 2.0], t2: [1.0]}), DomainError, "tau2 has 1 entries, and tau1 2"),
    "weights' length": (lambda: Empirical([1.0, 2.0], weights=[1.0]), DomainError, "weights has 1 entries"),
    "no variable": (lambda: Empirical({p: [1.0]}), ArgumentError, "p is no variable of a law"),
    "a name": (lambda: Empirical({"tau": [1.0]}), ArgumentError, "tau is no variable"),
    "complex": (lambda: Empirical([1j]), ArgumentError, "not made of real numbers"),
    "text": (lambda: Empirical("x"), ArgumentError, "tau='x'"),
    "not symmetric": (lambda: Empirical.of_covariance([[1.0, 2.0], [3.0, 4.0]]), DomainError, r"symmetric; not with entries 2.0 at \[0, 1\] and 3"),
    "not positive": (lambda: Empirical.of_covariance([[1.0, 2.0], [2.0, 1.0]]), DomainError, "semidefinite; not with an eigenvalue -1"),
    "not square": (lambda: Empirical.of_covariance(np.ones((2, 3))), DomainError, r"has shape \(p, p\); not \(2, 3\)"),
    "no matrix": (lambda: Empirical.of_covariance([1.0, 2.0]), DomainError, r"has shape \(p, p\); not \(2,\)"),
    "nan in a matrix": (lambda: Empirical.of_covariance([[np.nan]]), DomainError, r"covariance is finite; not covariance\[0, 0\] = nan"),
    "rows": (lambda: Empirical.of_rows([1.0, 2.0]), DomainError, r"rows have shape \(n, p\); not \(2,\)"),
    "no covariances": (lambda: Empirical.of_covariances([]), DomainError, "one array at least"),
    "a number": (lambda: Empirical.of_covariances(5), ArgumentError, "list of arrays; not 5"),
    "sizes": (lambda: Empirical.of_covariances([I2, np.eye(3)]), DomainError, r"number 2 has \(3, 3\), not \(2, 2\)"),
    "coefficients": (lambda: Empirical.of_covariances([I2], coefficients=[np.ones(3)]), DomainError, r"coefficients 1 has shape \(2,\); not \(3,\)"),
    "one vector too many": (lambda: Empirical.of_covariances([I2], coefficients=[np.ones(2)] * 2), DomainError, "not 2 for 1"),
    "target coefficients": (lambda: Empirical.of_covariances([I2], target_coefficients=np.ones(5)), DomainError, "target_coefficients has shape"),
    "not commuting": (lambda: Empirical.of_covariances([np.diag([1.0, 2.0]), np.ones((2, 2))]), DomainError, "do not commute: number 1"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_law_is_refused(case):
    "By a named error that says the rule and the offender."
    call, error, says = BAD[case]
    with pytest.raises(error, match=says):
        call()
