r"""From K independent fits to a parabola in their weights, and to its least point."""

from symrisk.derivations.transfer import late_fusion as two
from symrisk.language.claim import Claim
from symrisk.paper.derivation import Derivation, Step
from symrisk.theorems.transfer import many_fits as many

WORDS = {1: "one fit", 2: "two fits", 3: "three fits"}


fused_risk_of_3 = Derivation(
    "the risk of a weighted sum of K fits",
    "theta_hat = sum_k w_k theta_hat_k, samples independent", of=many.fused_risk_of_3,
    steps=(
        Step("a fit's squared norm is theta'Pi theta, a term linear in the noise, and the noise's "
             "own",
             instances=two.fits),
        Step("in the mean Pi_k is r_k I: E theta_hat_k = r_k theta_k", cites=two.INVARIANCE),
        Step("and the noise's own term is sigma_k^2 zeta_k", cites=two.WISHART),
        *(Step(f"independent fits scatter about their means apart from one another: of {word}",
               Claim(f"mean and scatter of {word}",
                     many.fused_risk_of(K).given(*many.of_fits(K)), "==",
                     many.mean_and_scatter(K)))
          for K, word in WORDS.items()),
        *(Step(f"the square is completed where M v = u: of {word}",
               Claim(f"the excess of {word}", many.best_of(K)[0], "==", many.best_of(K)[1]))
          for K, word in WORDS.items()),
    ))
