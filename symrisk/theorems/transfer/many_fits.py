r"""Late fusion of K fits: a weighted sum of K independent fits, for a target that need not be among
their samples.

The fit on sample k has mean r_k theta_k and second moment M_kk = r_k |theta_k|^2 + sigma_k^2 zeta_k
(see `late_fusion`), on either side of its peak n_k = p; two of them have E<theta_hat_k,
theta_hat_m> = M_km = r_k r_m <theta_k, theta_m>.  With u_k = r_k <theta_k, theta_0>,

    R(w) = w'Mw - 2 w'u + |theta_0|^2,

which is least where M w = u, by |theta_0|^2 - u'M^{-1}u.
"""

from itertools import combinations

from sympy import Ge

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.two_fits import many_fused_risk
from symrisk.symbols import inner12, n1, n2, noise, numbered, p, size, symbol, theta1_sq, theta_sq
from symrisk.theorems.transfer import late_fusion
from symrisk.theorems.transfer.two_fits import (
    infinite,
    r1,
    r2,
    scattered_of,
    shown_of,
    w1,
    w2,
    zeta1,
    zeta2,
)


def shown(k):
    """r_k, the share of its coefficients that the fit on sample k shows in the mean."""
    return {1: r1, 2: r2}.get(k) or symbol(f"r{k}", f"r_{k}", f"share of its coefficients that fit {k} shows in the mean",
                                           nonnegative=True)


def scattered(k):
    """zeta_k, the squared norm of the fit on sample k to pure noise of variance one."""
    return {1: zeta1, 2: zeta2}.get(k) or symbol(f"zeta{k}", rf"\zeta_{k}", f"squared norm of fit {k} to noise of variance one",
                                                 nonnegative=True)


def weight_of(k):
    """w_k, the weight of the fit on sample k."""
    return {1: w1, 2: w2}.get(k) or symbol(f"w{k}", f"w_{k}", f"weight of fit {k}")


def inner(k, m):
    """<theta_k, theta_m>; theta_0 are the target's coefficients."""
    k, m = sorted((k, m))
    if (k, m) in ((1, 1), (1, 2)):
        return theta1_sq if m == 1 else inner12
    latex = rf"\|\theta_{k}\|^2" if k == m else rf"\langle\theta_{k},\theta_{m}\rangle"
    return symbol(f"inner{k}{m}" if k < m else f"theta{k}_sq", latex, f"inner product of the coefficients {k} and {m}",
                  **({"nonnegative": True} if k == m else {}))


def moment(k, m):
    """M_km, the expected inner product of the fits on samples k and m."""
    k, m = sorted((k, m))
    return symbol(f"M{k}{m}", f"M_{{{k}{m}}}", f"expected inner product of fits {k} and {m}")


def aimed(k):
    """u_k, the expected inner product of the fit on sample k with the target's coefficients."""
    return symbol(f"aimed{k}", f"u_{k}", f"expected inner product of fit {k} with the target's coefficients")


def fused_risk_of(K):
    """The expected risk of sum_k w_k theta_hat_k, the fits being to K independent samples, the
    target's not always among them.

    >>> both = fused_risk_of(2)
    >>> both(p=60, n1=25, n2=12, w1=0.4, w2=0.6, theta0_sq=2, theta1_sq=3, theta2_sq=2, inner01=2, inner02=2, inner12=2,
    ...      sigma1_sq=1, sigma2_sq=1)
    1.4868952857738844
    """
    each = numbered(K)
    square = sum(weight_of(k) * weight_of(m) * moment(k, m) for k in each for m in each)
    return Formula(
        symbol(f"fused_risk_of_{K}", rf"R_{{{K}}}(w)", f"excess risk of the weighted sum of {K} fits"),
        square - 2 * sum(weight_of(k) * aimed(k) for k in each) + inner(0, 0),
        on=Region(*(shown(k) <= 1 for k in each), *(Ge(scattered(k), 0, evaluate=False) for k in each)),
        beyond={Ge(scattered(k), 0, evaluate=False): infinite for k in each}, where={
            **{moment(k, m): shown(k) * shown(m) * inner(k, m) for k, m in combinations(each, 2)},
            **{moment(k, k): shown(k) * inner(k, k) + scattered(k) * noise(k) for k in each},
            **{aimed(k): shown(k) * inner(0, k) for k in each},
            **{shown(k): shown_of(size(k)) for k in each},
            **{scattered(k): scattered_of(size(k)) for k in each}})


fused_risks = fused_risk_of_1, fused_risk_of_2, fused_risk_of_3 = tuple(fused_risk_of(K) for K in (1, 2, 3))


def of_fits(K):
    """r_k and zeta_k of K fits."""
    return tuple(letter(k) for k in numbered(K) for letter in (shown, scattered))


def best_of(K):
    """(the risk of K fits less what it would be at weights v with M v = u, what that difference
    is: (w - v)'M(w - v)).
    """
    each = numbered(K)
    best = {k: symbol(f"v{k}", f"w_{k}^*", f"best weight of fit {k}") for k in each}
    known = {aimed(k): sum(moment(k, m) * best[m] for m in each) for k in each}
    risk = fused_risk_of(K).given(*of_fits(K), *(moment(k, m) for k in each for m in each), *(aimed(k) for k in each))
    apart = {k: weight_of(k) - best[k] for k in each}
    return (risk.at(known) - (inner(0, 0) - sum(known[aimed(k)] * best[k] for k in each)),
            sum(apart[k] * apart[m] * moment(k, m) for k in each for m in each))


def mean_and_scatter(K):
    """|theta_0 - sum_k w_k r_k theta_k|^2, and what the fits scatter about their means."""
    each = numbered(K)
    lean = {k: weight_of(k) * shown(k) for k in each}
    distance = inner(0, 0) - 2 * sum(lean[k] * inner(0, k) for k in each) + sum(
        lean[k] * lean[m] * inner(k, m) for k in each for m in each)
    return distance + sum(weight_of(k)**2 * (shown(k) * (1 - shown(k)) * inner(k, k) + scattered(k) * noise(k)) for k in each)


n3 = size(3)
exchanged = {n2: n3, n3: n2, noise(2): noise(3), noise(3): noise(2), weight_of(2): weight_of(3), weight_of(3): weight_of(2),
             inner(2, 2): inner(3, 3), inner(3, 3): inner(2, 2), inner(1, 2): inner(1, 3), inner(1, 3): inner(1, 2),
             inner(0, 2): inner(0, 3), inner(0, 3): inner(0, 2)}
filled = {"below the threshold": Region(n1 > 0, n1 < p - 1, n2 > 0, n2 < p - 1),
          "beyond the threshold": Region(n1 > p + 1, n2 > p + 1)}
third = {"below the threshold": Region(n3 > 0, n3 < p - 1), "beyond the threshold": Region(n3 > p + 1)}
own = {inner(0, 0): theta_sq, inner(2, 2): theta_sq, inner(0, 2): theta_sq, inner(0, 1): inner12}
claims = (
    *(Claim(f"where M v = u the risk of {word} exceeds |theta_0|^2 - u'v by (w - v)'M(w - v)", best_of(K)[0], "==",
            best_of(K)[1]) for K, word in ((1, "one fit"), (2, "two fits"), (3, "three fits"))),
    *(Claim(f"the risk of {word} is what their mean misses, and how far each scatters", fused_risk_of(K).given(*of_fits(K)), "==",
            mean_and_scatter(K)) for K, word in ((1, "one fit"), (2, "two fits"), (3, "three fits"))),
    *(Claim(f"{where} the risk of two fits, the second to the target's rows, is the fused risk", fused_risk_of_2.at(own), "==",
            late_fusion.fused_risk, on=regime) for where, regime in filled.items()),
    *(Claim(f"{where} a second fit without weight changes nothing", fused_risk_of_2.at({w2: 0}), "==", fused_risk_of_1, on=regime)
      for where, regime in filled.items()),
    *(Claim(f"{where} a third fit without weight changes nothing", fused_risk_of_3.at({weight_of(3): 0, n3: 0}), "==",
            fused_risk_of_2, on=regime & Region(p > 1)) for where, regime in filled.items()),
    *(Claim(f"{where} fits may be told in any order", fused_risk_of_3.at(exchanged), "==", fused_risk_of_3,
            on=regime & third[where]) for where, regime in filled.items()),
)


def replicate(rng, *, n1: int, n2: int, n3: int, p: int, w1, w2, w3, theta0_sq, theta1_sq, theta2_sq, theta3_sq, inner01, inner02,
              inner03, inner12, inner13, inner23, sigma1_sq, sigma2_sq, sigma3_sq, rows):
    """One replicate of the risk of a weighted sum of three fits."""
    norms = [[theta0_sq, inner01, inner02, inner03], [inner01, theta1_sq, inner12, inner13],
             [inner02, inner12, theta2_sq, inner23], [inner03, inner13, inner23, theta3_sq]]
    return many_fused_risk(rng, sizes=(n1, n2, n3), p=p, norms=norms, noises=(sigma1_sq, sigma2_sq, sigma3_sq),
                           weights=(w1, w2, w3), rows=rows)


many_fits = Theorem(
    "Late fusion of K fits",
    (Citation("song2024", "isotropic concept shift, Gaussian rows"), Citation("muirhead1982", "E W^{-1} for a Wishart matrix")),
    states="The risk of a weighted sum of K independent fits is a quadratic form in the weights, exact at every finite size and "
           "on either side of each fit's peak. It is least where M w = u. Proved for K = 1, 2, 3.",
    assumes=("Gaussian rows", "isotropic", "the K samples are independent", "noise independent of the features"),
    formulas=fused_risks, claims=claims,
    simulations=(Simulation(fused_risk_of_3, replicate, says="three fits, one of them least squares", rows=("gaussian",), point={
        "p": 60, "n1": 25, "n2": 12, "n3": 90, "w1": 0.25, "w2": 0.25, "w3": 0.5,
        "theta0_sq": 2, "theta1_sq": 2.5, "theta2_sq": 2, "theta3_sq": 3,
        "inner01": 2, "inner02": 2, "inner03": 1.5, "inner12": 2, "inner13": 1.5, "inner23": 1.5, "sigma1_sq": 1,
        "sigma2_sq": 0.5, "sigma3_sq": 2}),),
    uses=(late_fusion.late_fusion,),
)
