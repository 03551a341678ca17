r"""Ridge fine-tuning of any independent start, of risk R_0: the best penalty is p sigma_2^2/R_0.

What the start lacks is fitted to n_2 target rows with penalty mu; in the mean the share beta_2 of
it is added, and 1 - beta_2 = mu q_2 of it stays missing.  At its best penalty it improves on any
start.
"""

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.symbols import mu, n2, p, sigma2_sq, symbol
from symrisk.theorems.shared.accuracy import ASYMPTOTIC
from symrisk.theorems.transfer.letters import targets

start = symbol("start", "R_0",
               "risk of the fit that fine-tuning starts from, independent of the target sample",
               nonnegative=True)
q = symbol("q2", "q_2",
           "isotropic resolvent: mean of 1/(x + mu) over the spectrum of X_2'X_2", positive=True)
beta = symbol("tuned_share", r"\beta_2",
              "share of what the start lacks that ridge fine-tuning adds in the mean",
              nonnegative=True)
spread = symbol("spread", "S_2", "ridge fit's sensitivity to noise and to what stays missing",
                nonnegative=True)
missed = symbol("tuned_missed", r"\bar\beta_2",
                "share of what the start lacks that stays missing, 1 - beta_2", nonnegative=True)
unseen = symbol("tuned_unseen", r"\omega_2", "beta_2 - S_2", nonnegative=True)

noisy = Region(sigma2_sq > 0)
resolvent = Implicit.root(q, mu * p * q**2 + (mu + n2 - p) * q - 1)
min_norm_risk = (p - n2) / p * start + n2 / (p - n2) * sigma2_sq

ridge_corrected_risk = Formula(
    symbol("ridge_corrected_risk", r"R_{\mathrm{ridge}}",
           "risk of any independent start after ridge fine-tuning", nonnegative=True),
    (missed**2 * start + spread * sigma2_sq) / (missed + unseen),
    on=targets, accuracy=ASYMPTOTIC, where={
        spread: p * q * unseen,
        unseen: beta / (1 + p * q),
        missed: mu * q,
        beta: n2 * q / (1 + p * q),
        **resolvent})
best_penalty = Formula(
    symbol("best_penalty", r"\mu^*", "penalty of least risk for a start", positive=True),
    p * sigma2_sq / start, on=noisy & Region(start > 0), accuracy=ASYMPTOTIC)
best_ridge_risk = Formula(
    symbol("best_ridge_risk", r"\min_\mu R_{\mathrm{ridge}}", "least risk of ridge fine-tuning",
           nonnegative=True),
    start * missed, on=best_penalty.on & targets, accuracy=ASYMPTOTIC, where={
        missed: mu * q,
        mu: p * sigma2_sq / start,
        **resolvent})

of_share = {missed: 1 - beta, spread: p * beta**2 / n2, unseen: beta - p * beta**2 / n2}
by_share = ridge_corrected_risk.given(missed, spread, unseen).at(of_share)
claims_of_ridge = (
    Claim("ridge fine-tuning depends on the penalty through the share that it adds alone",
          by_share.at({beta: 1 - mu * q}), "==", ridge_corrected_risk),
    Claim("with no weight on the target data ridge fine-tuning is the start",
          by_share.at({beta: 0}), "==", start),
    Claim("without a penalty it is the min-norm correction, but for one degree of freedom",
          by_share.at({beta: n2 / p}), "==", min_norm_risk, on=n2 < p),
    Claim("the risk grows with the penalty exactly beyond p sigma^2 over the start's risk",
          ridge_corrected_risk.diff(mu), ">", 0, on=best_penalty.on,
          iff=mu * start > p * sigma2_sq),
    Claim("the least risk is the risk at the best penalty",
          ridge_corrected_risk.at({mu: best_penalty}), "==", best_ridge_risk),
    Claim("the least risk is the noise times p q", best_ridge_risk, "==", sigma2_sq * p * q),
    Claim("the best ridge fine-tuning always improves on its start", best_ridge_risk, "<", start),
    Claim("the best ridge fine-tuning beats the min-norm correction",
          best_ridge_risk, "<", min_norm_risk, on=n2 < p),
)
