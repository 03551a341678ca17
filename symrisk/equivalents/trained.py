"""What a fit is worth: its risk on a target, and a fit before any target is known."""

from dataclasses import dataclass, field

import numpy as np

from symrisk.equivalents.solved import Solved, settled


@dataclass(frozen=True, eq=False)
class Risk:
    """The excess prediction risk on a target: E|theta_hat - theta_0|^2 in Sigma_0; the target's own
    noise comes on top.

    value: bias + variance.  bias: b_0 + \\sum g_k b_k.  variance: \\sum g_k sigma_k^2.  g: (K,),
    what a unit of noise variance in source k adds, 0 for a source without rows.  mean_coefficients:
    theta_bar, (p,), about which theta_hat varies.
    """

    value: float
    bias: float
    variance: float
    g: np.ndarray
    mean_coefficients: np.ndarray = field(repr=False)


@dataclass(frozen=True, eq=False)
class Trained:
    """A fit to K sources, before any target: one solve for the risks on many.

    s: (K,), (D - J)^{-1} (sigma^2 + b): source k acts on the estimator as Gaussian noise of
    variance s_k along Sigma_k^{1/2} [in units of Q; ridgeless: of P].  mean_coefficients:
    theta_bar, (p,).  source_biases: b_k, (K,).  source_risks: (K,), the excess risk on a new row of
    source k, b_k + (J s)_k.  training_residuals: (K,), the mean squared residual of source k's own
    rows, (c_k/(w_k n_k))^2 (sigma_k^2 + risk_k); 0 where the fit interpolates.
    leave_one_out_residuals: (K,), sigma_k^2 + risk_k.  For a source without rows s is 0 and the
    rest is what a first row of it would see.
    """

    s: np.ndarray
    mean_coefficients: np.ndarray = field(repr=False)
    source_biases: np.ndarray
    source_risks: np.ndarray
    training_residuals: np.ndarray
    leave_one_out_residuals: np.ndarray
    _solved: Solved = field(repr=False)
    _coefficients: np.ndarray = field(repr=False)
    _parts: np.ndarray = field(repr=False)

    def risk(self, target_covariance, target_coefficients):
        """The `Risk` on a target, b_0 + v's; as `Equivalent.risk`, without that system's solve.

        target_covariance: Sigma_0, (p, p), positive semidefinite.  target_coefficients: theta_0,
        (p,).

        >>> from symrisk.equivalents.dense import equivalent
        >>> fit = equivalent(np.stack([np.eye(6)] * 2), [1, 2]).trained(np.zeros((2, 6)), [1.0, 1.0])
        >>> round(fit.risk(np.eye(6), np.ones(6)).value, 12)
        7.0
        """  # noqa: E501
        state = self._solved
        target, point = state.target(target_covariance, target_coefficients)
        with np.errstate(all="ignore"):
            loads = state.loads(target)
            spread = np.ldexp(loads @ self._parts, target.exponent)
            bias = state.biases(self._coefficients, point[None], [target])[0] + spread[1]
            return risk_from(
                bias, spread[0], state.response(loads, target.exponent), self.mean_coefficients
            )


def risk_from(bias, variance, g, mean):
    settled("the risk", bias + variance, g, mean)
    g.flags.writeable = mean.flags.writeable = False
    return Risk(float(bias + variance), float(bias), float(variance), g, mean)
