"""The form of K samples beside what is known: its limits, the risks of one sample and of two."""

from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.symbols import cross, delta_sq, n1, n2, noise, p, sigma1_sq, sigma2_sq, size
from symrisk.theorems.transfer import concept_shift
from symrisk.theorems.transfer.isotropic_ridge import ols_risk, share_risk
from symrisk.theorems.transfer.letters import cross_of, gram, share_of
from symrisk.theorems.transfer.ridge.letters import beta
from symrisk.theorems.transfer.shares.of_samples import (
    limits_of_form,
    risk_of_1,
    risk_of_2,
    risk_of_3,
)

beta1, beta2, beta3 = share_of(1), share_of(2), share_of(3)
n3, total = size(3), n1 + n2
one_shift = {gram(1, 1): delta_sq, gram(1, 2): 0, gram(2, 2): 0, cross_of(1): cross, cross_of(2): 0}
"""Where the second sample is the target's, and only the source is shifted."""
shifted = risk_of_2.at(one_shift)
third_unshifted = {gram(1, 3): 0, gram(2, 3): 0, gram(3, 3): 0, cross_of(3): 0, noise(3): sigma2_sq}
by_rows = {beta2: n2 / (n2 + n3) * beta2, beta3: n3 / (n2 + n3) * beta2}

claims_of_form = (
    *limits_of_form(1),
    *limits_of_form(2),
    *limits_of_form(3),
    Claim("with shares in proportion to the sizes the form of two samples is the pooled risk",
          risk_of_2.at({**one_shift, beta1: n1 / total * beta, beta2: n2 / total * beta}), "==",
          share_risk),
    Claim("splitting the target sample in two changes nothing",
          risk_of_3.at({**one_shift, **third_unshifted, **by_rows}), "==",
          shifted.at({n2: n2 + n3}), on=Region(n2 > 0, n3 > 0, beta1 + beta2 < 1)),
    Claim("of one sample, at n_k/p, the form is the risk of min-norm interpolation of the target",
          risk_of_1.at({beta1: n1 / p, gram(1, 1): 0, cross_of(1): 0}), "==",
          concept_shift.unequal_noise_target_risk.at({n2: n1, sigma2_sq: sigma1_sq}),
          on=Region(n1 < p)),
    Claim("of two samples, at n_k/p, the form is the risk of min-norm pooling",
          shifted.at({beta1: n1 / p, beta2: n2 / p}), "==",
          concept_shift.unequal_noise_pooled_risk),
    Claim("of two samples, at n_k/n, the form is the risk of pooled least squares",
          shifted.at({beta1: n1 / total, beta2: n2 / total}), "==", ols_risk),
)
