"""Letters of the transfer theorems beyond the glossary: what a source with its own norm and angle brings."""

from symrisk.symbols import symbol

theta1_sq = symbol("theta1_sq", r"\|\theta_1\|^2", "squared norm of the source's coefficients", nonnegative=True)
inner12 = symbol("inner12", r"\langle\theta_1,\theta_2\rangle", "inner product of the source's and the target's coefficients")
mu = symbol("mu", r"\mu", "absolute ridge penalty: mu |theta|^2 beside the sum of squared residuals", positive=True)
