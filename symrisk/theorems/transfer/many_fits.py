r"""Late fusion of K fits: a weighted sum of K independent fits, for a target that need not be among
their samples.

The fit on sample k has mean r_k theta_k and second moment M_kk = r_k |theta_k|^2 + sigma_k^2 zeta_k
(see `late_fusion`), on either side of its peak n_k = p; two of them have E<theta_hat_k,
theta_hat_m> = M_km = r_k r_m <theta_k, theta_m>.  With u_k = r_k <theta_k, theta_0>,

    R(w) = w'Mw - 2 w'u + |theta_0|^2,

which is least where M w = u, by |theta_0|^2 - u'M^{-1}u.
"""

from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.paper.theorem import Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.fused import Fused
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.isotropic import Isotropic
from symrisk.symbols import inner12, n1, n2, noise, p, size, theta_sq
from symrisk.theorems.shared.words import INDEPENDENT_NOISE, INVERSE_WISHART, SHIFT_AT_FINITE_SIZE
from symrisk.theorems.transfer import late_fusion
from symrisk.theorems.transfer.fits.many_fused import (
    best_of,
    fused_risk_of,
    mean_and_scatter,
    of_fits,
)
from symrisk.theorems.transfer.fits.of_samples import inner, weight_of
from symrisk.theorems.transfer.two_fits import w2

FITS = {1: "one fit", 2: "two fits", 3: "three fits"}
fused_risk_of_1, fused_risk_of_2, fused_risk_of_3 = fused_risks = tuple(map(fused_risk_of, FITS))

n3 = size(3)
exchanged = {
    n2: n3, n3: n2,
    noise(2): noise(3), noise(3): noise(2),
    weight_of(2): weight_of(3), weight_of(3): weight_of(2),
    inner(2, 2): inner(3, 3), inner(3, 3): inner(2, 2),
    inner(1, 2): inner(1, 3), inner(1, 3): inner(1, 2),
    inner(0, 2): inner(0, 3), inner(0, 3): inner(0, 2)}
filled = {"below the threshold": Region(n1 > 0, n1 < p - 1, n2 > 0, n2 < p - 1),
          "beyond the threshold": Region(n1 > p + 1, n2 > p + 1)}
third = {"below the threshold": Region(n3 > 0, n3 < p - 1),
         "beyond the threshold": Region(n3 > p + 1)}
own = {inner(0, 0): theta_sq, inner(2, 2): theta_sq, inner(0, 2): theta_sq, inner(0, 1): inner12}
claims = (
    *(Claim(f"where M v = u the risk of {word} exceeds |theta_0|^2 - u'v by (w - v)'M(w - v)",
            best_of(K)[0], "==", best_of(K)[1])
      for K, word in FITS.items()),
    *(Claim(f"the risk of {word} is what their mean misses, and how far each scatters",
            fused_risk_of(K).given(*of_fits(K)), "==", mean_and_scatter(K))
      for K, word in FITS.items()),
    *(Claim(f"{where} the risk of two fits, the second to the target's rows, is the fused risk",
            fused_risk_of_2.at(own), "==", late_fusion.fused_risk, on=regime)
      for where, regime in filled.items()),
    *(Claim(f"{where} a second fit without weight changes nothing",
            fused_risk_of_2.at({w2: 0}), "==", fused_risk_of_1, on=regime)
      for where, regime in filled.items()),
    *(Claim(f"{where} a third fit without weight changes nothing",
            fused_risk_of_3.at({weight_of(3): 0, n3: 0}), "==", fused_risk_of_2,
            on=regime & Region(p > 1))
      for where, regime in filled.items()),
    *(Claim(f"{where} fits may be told in any order",
            fused_risk_of_3.at(exchanged), "==", fused_risk_of_3, on=regime & third[where])
      for where, regime in filled.items()),
)


three = (1, 2, 3)
gram = tuple(tuple(inner(k, m) for m in (0, *three)) for k in (0, *three))
world = Isotropic(tuple(map(size, three)), p, tuple(map(noise, three)), gram)
replicate = Risk(world, Fused(tuple(map(weight_of, three))))


many_fits = Theorem(
    "Late fusion of K fits",
    (SHIFT_AT_FINITE_SIZE, INVERSE_WISHART),
    states="The risk of a weighted sum of K independent fits is a quadratic form in the weights, "
           "exact at every finite size and on either side of each fit's peak. It is least where M "
           "w = u. Proved for K = 1, 2, 3.",
    assumes=("Gaussian rows", "isotropic", "the K samples are independent", INDEPENDENT_NOISE),
    formulas=fused_risks,
    claims=claims,
    simulations=(Simulation(fused_risk_of_3, replicate,
                            says="three fits, one of them least squares", rows=("gaussian",),
                            point={"p": 60, "n1": 25, "n2": 12, "n3": 90, "w1": 0.25, "w2": 0.25,
                                   "w3": 0.5, "theta0_sq": 2, "theta1_sq": 2.5, "theta2_sq": 2,
                                   "theta3_sq": 3, "inner01": 2, "inner02": 2, "inner03": 1.5,
                                   "inner12": 2, "inner13": 1.5, "inner23": 1.5, "sigma1_sq": 1,
                                   "sigma2_sq": 0.5, "sigma3_sq": 2}),),
    uses=(late_fusion.late_fusion,),
)
