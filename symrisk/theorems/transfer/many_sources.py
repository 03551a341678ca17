r"""Min-norm pooling of K samples with any coefficients, for Gaussian isotropic rows: exact at every
finite size.

Sample k has coefficients theta_0 + Delta_k.  Of the pooled rows W = X X' is Wishart; a group of m
rows leaks in the mean the share m (p - m - 1)/(p (p - n - 1)) of its own shift, so that together
the shifts cost

    sum_k n_k |Delta_k|^2 / p  +  sum_{k<l} n_k n_l |Delta_k - Delta_l|^2 / (p (p - n - 1)),

what each source leaks alone, and what the sources disagree by, amplified at the peak: at p = n and
p = n + 1 the noise's expectation is infinite, and errors say so.  Of the Gram data <Delta_k,
Delta_l> the formulas require no more than they need, |Delta_k - Delta_l|^2 >= 0: estimates of them
may come as they are.
"""

from itertools import combinations

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.fits.min_norm import MinNorm
from symrisk.simulate.risk import Risk
from symrisk.simulate.worlds.isotropic import Isotropic, shifted
from symrisk.symbols import (
    bias,
    delta_sq,
    n,
    n1,
    n2,
    noise,
    numbered,
    p,
    shift,
    sigma1_sq,
    sigma2_sq,
    sigma_sq,
    size,
    symbol,
    theta_sq,
    variance,
)
from symrisk.theorems.transfer import concept_shift, finite_sample
from symrisk.theorems.transfer.letters import disagreement, gram, one_noise
from symrisk.theorems.transfer.pooling.setting import INFINITE
from symrisk.theorems.transfer.samples.costs import (
    alone,
    disagreed,
    leaked,
    noise_of,
    risk_in,
    rows_of,
)


def pooled_risk_of(K: int) -> Formula:
    """The expected risk of min-norm pooling K samples with any coefficients, on a target theta_0
    that need not be among them.

    A Formula over n1, sigma1_sq, ..., gram11, gram12, ..., theta_sq = |theta_0|^2 and p, for p > n
    + 1.

    >>> two = pooled_risk_of(2)
    >>> two.digits(6, n1=3, n2=2, p=10, theta_sq=1, sigma1_sq=1, sigma2_sq=1,
    ...            gram11=1, gram12=0, gram22=0)
    Decimal('2.20000')
    """
    apart = [disagreement(k, m) >= 0 for k, m in combinations(numbered(K), 2)]
    roomy = rows_of(K) < p - 1
    return Formula(
        symbol(f"pooled_risk_of_{K}", r"\mathbb{E} R",
               f"expected risk of the min-norm interpolator of {K} samples", nonnegative=True),
        bias + shift + variance, on=Region(roomy, *apart), beyond={roomy: INFINITE}, where={
            bias: (p - n) / p * theta_sq,
            shift: alone(K) / p + disagreed(K) / (p * (p - n - 1)),
            variance: noise_of(K) / (p - n - 1),
            n: rows_of(K)})


pooled_risk_of_1, pooled_risk_of_2, pooled_risk_of_3 = map(pooled_risk_of, (1, 2, 3))
one, two, three = pooled_risk_of_1, pooled_risk_of_2, pooled_risk_of_3
n3, room = size(3), p - n1 - n2
exact_source_risk = finite_sample.source_risk.given(theta_sq, delta_sq)
exact_pooled_risk = finite_sample.pooled_risk.given(theta_sq, delta_sq)
targets_own = {gram(1, 2): 0, gram(2, 2): 0, gram(1, 1): delta_sq}
"""Where the second of two samples is the target's."""


def claim_of_leaks(K, word, risk):
    """What the shifts of K samples cost."""
    silent = {theta_sq: 0, **{noise(k): 0 for k in numbered(K)}}
    return Claim(f"the shifts of {word} cost what each row brings in, less the square of what all "
                 "rows do together",
                 risk.at(silent), "==", leaked(K))


def claim_of_costs(K, word, risk):
    """What K samples cost, all told."""
    return Claim(f"{word} samples cost missed signal and noise, what each leaks alone and what "
                 "each pair disagrees by",
                 risk, "==", risk_in(p - rows_of(K) - 1, K))


claims = (
    claim_of_leaks(1, "one sample", one),
    claim_of_leaks(2, "two samples", two),
    claim_of_leaks(3, "three samples", three),
    Claim("one sample costs the signal it misses, its noise, and what it leaks alone",
          one, "==", risk_in(p - n1 - 1, 1)),
    claim_of_costs(2, "two", two),
    claim_of_costs(3, "three", three),
    Claim("the exact risk of two samples exceeds its limit by a 1/(p - n - 1) share of noise and "
          "disagreement",
          two - risk_in(room, 2), "==", (noise_of(2) + disagreed(2) / p) / (room * (room - 1))),
    Claim("the exact risk of two samples, the second the target's, exceeds that of concept shift "
          "by such a share",
          (two - concept_shift.unequal_noise_pooled_risk).at(targets_own), "==",
          (noise_of(2) + n1 * n2 * delta_sq / p) / (room * (room - 1))),
    Claim("one sample of other coefficients is the exact source-only risk",
          one, "==", exact_source_risk.at({sigma_sq: sigma1_sq, delta_sq: gram(1, 1)})),
    Claim("two samples, the second the target's, are the exact pooled risk",
          two.at({**targets_own, **one_noise}), "==", exact_pooled_risk),
    Claim("two samples keep their own noises",
          two.at(targets_own), "==", finite_sample.unequal_noise_pooled_risk),
    Claim("splitting a sample in two changes nothing",
          two.at({gram(2, 2): gram(1, 1), gram(1, 2): gram(1, 1), sigma2_sq: sigma1_sq}), "==",
          one.at({n1: n1 + n2})),
    Claim("splitting the second of two samples changes nothing",
          three.at({gram(3, 3): gram(2, 2), gram(2, 3): gram(2, 2), gram(1, 3): gram(1, 2),
                    noise(3): sigma2_sq}), "==",
          two.at({n2: n2 + n3})),
    Claim("a third sample without rows changes nothing", three.at({n3: 0}), "==", two),
    Claim("the shift of three samples never helps",
          three.at({theta_sq: 0, noise(1): 0, noise(2): 0, noise(3): 0}), ">=", 0),
)


samples = (1, 2, 3)
between_shifts = tuple((0, *(gram(*sorted((k, m))) for m in samples)) for k in samples)
world = Isotropic(
    tuple(map(size, samples)), p, tuple(map(noise, samples)),
    gram=((theta_sq, 0, 0, 0), *between_shifts), made=shifted(3))
"""Shifts at right angles to the target's coefficients."""
replicate = Risk(world, MinNorm())
simulations = (
    Simulation(three, replicate, says="three samples, two of them shifted, each with its own noise",
               rows=("gaussian",),
               point={"n1": 10, "n2": 15, "n3": 8, "p": 50, "sigma1_sq": 1.0, "sigma2_sq": 0.5,
                      "sigma3_sq": 2.0, "theta_sq": 1.0, "gram11": 1.0, "gram12": -0.3,
                      "gram13": 0.0, "gram22": 0.5, "gram23": 0.0, "gram33": 0.0}),
)

many_sources = Theorem(
    "Pooling many sources at finite size",
    (Citation("muirhead1982", "E W^{-1} for a Wishart matrix, and the Schur complement of a block"),
     Citation("song2024", "isotropic concept shift, Gaussian rows: two sources")),
    states="The expected risk of the min-norm interpolator of K samples with any coefficients is "
           "the missed signal, the noise of all samples, and what each shift leaks alone and each "
           "pair of samples disagrees by. Proved for K = 1, 2, 3.",
    assumes=("Gaussian rows", "isotropic", "independent samples, each with its own noise variance"),
    formulas=(pooled_risk_of_1, pooled_risk_of_2, pooled_risk_of_3),
    claims=claims,
    simulations=simulations,
    uses=(finite_sample.finite_sample, concept_shift.concept_shift),
)
