r"""Min-norm pooling of K samples with any coefficients, for Gaussian isotropic rows: exact at every
finite size.

Sample k has coefficients theta_0 + Delta_k.  Of the pooled rows W = X X' is Wishart; a group of m
rows leaks in the mean the share m (p - m - 1)/(p (p - n - 1)) of its own shift, so that together
the shifts cost

    sum_k n_k |Delta_k|^2 / p  +  sum_{k<l} n_k n_l |Delta_k - Delta_l|^2 / (p (p - n - 1)),

what each source leaks alone, and what the sources disagree by, amplified at the peak: at p = n and p = n + 1 the noise's
expectation is infinite, and errors say so.  Of the Gram data <Delta_k, Delta_l> the formulas require no more than they need,
|Delta_k - Delta_l|^2 >= 0: estimates of them may come as they are.
"""

from itertools import combinations

from symrisk.language.claim import Claim
from symrisk.language.formula import Formula
from symrisk.language.region import Region
from symrisk.paper.theorem import Citation, Theorem
from symrisk.simulate import samples
from symrisk.simulate.experiment import Simulation
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


def pooled_risk_of(K):
    """The expected risk of min-norm pooling K samples with any coefficients, on a target theta_0
    that need not be among them.

    A Formula over n1, sigma1_sq, ..., gram11, gram12, ..., theta_sq = |theta_0|^2 and p, for p > n
    + 1.

    >>> two = pooled_risk_of(2)
    >>> two.digits(6, n1=3, n2=2, p=10, theta_sq=1, sigma1_sq=1, sigma2_sq=1, gram11=1, gram12=0, gram22=0)
    Decimal('2.20000')
    """
    samples = numbered(K)
    total = sum(size(k) for k in samples)
    alone = sum(size(k) * gram(k, k) for k in samples)
    apart = sum(size(k) * size(m) * disagreement(k, m) for k, m in combinations(samples, 2))
    return Formula(
        symbol(f"pooled_risk_of_{K}", r"\mathbb{E} R", f"expected risk of the min-norm interpolator of {K} samples",
               nonnegative=True),
        bias + shift + variance, on=Region(total < p - 1, *(disagreement(k, m) >= 0 for k, m in combinations(samples, 2))),
        beyond={total < p - 1: INFINITE}, where={
            bias: (p - n) / p * theta_sq,
            shift: alone / p + apart / (p * (p - n - 1)),
            variance: sum(size(k) * noise(k) for k in samples) / (p - n - 1),
            n: total})


pooled_risk_of_1, pooled_risk_of_2, pooled_risk_of_3 = one, two, three = tuple(pooled_risk_of(K) for K in (1, 2, 3))
n3 = size(3)
unshifted = {gram(1, 2): 0, gram(2, 2): 0}


def rows_of(K):
    """n, the rows of K samples together."""
    return sum(size(k) for k in numbered(K))


def noise_of(K):
    """The noise variances of K samples, summed over their rows."""
    return sum(size(k) * noise(k) for k in numbered(K))


def alone(K):
    """What K samples leak alone."""
    return sum(size(k) * gram(k, k) for k in numbered(K)) / p


def disagreed(K):
    """What K samples disagree by, pair by pair."""
    return sum(size(k) * size(m) * disagreement(k, m) for k, m in combinations(numbered(K), 2)) / p


def risk_in(room, K):
    """Signal, what the samples leak alone, and noise and disagreement over the room: p - n - 1,
    or p - n in the limit.
    """
    return (p - rows_of(K)) / p * theta_sq + alone(K) + (noise_of(K) + disagreed(K)) / room


def leaked(K):
    """What the shifts of K samples cost, by their rows: what each row brings in, less the square
    of what all do together.
    """
    samples = numbered(K)
    mean_sq = sum(size(k) * size(m) * gram(k, m) for k in samples for m in samples)
    return ((p - 1) * p * alone(K) - mean_sq) / (p * (p - rows_of(K) - 1))


room = p - n1 - n2
claims = (
    *(Claim(f"the shifts of {word} cost what each row brings in, less the square of what all rows do together",
            risk.at({theta_sq: 0, **{noise(k): 0 for k in numbered(K)}}), "==", leaked(K))
      for K, word, risk in ((1, "one sample", one), (2, "two samples", two), (3, "three samples", three))),
    Claim("one sample costs the signal it misses, its noise, and what it leaks alone", one, "==", risk_in(p - n1 - 1, 1)),
    *(Claim(f"{word} samples cost missed signal and noise, what each leaks alone and what each pair disagrees by",
            risk, "==", risk_in(p - rows_of(K) - 1, K)) for K, word, risk in ((2, "two", two), (3, "three", three))),
    Claim("the exact risk of two samples exceeds its limit by a 1/(p - n - 1) share of noise and disagreement",
          two - risk_in(room, 2), "==", (noise_of(2) + disagreed(2)) / (room * (room - 1))),
    Claim("the exact risk of two samples, the second the target's, exceeds that of concept shift by such a share",
          (two - concept_shift.unequal_noise_pooled_risk).at({**unshifted, gram(1, 1): delta_sq}), "==",
          (noise_of(2) + n1 * n2 * delta_sq / p) / (room * (room - 1))),
    Claim("one sample of other coefficients is the exact source-only risk", one, "==",
          finite_sample.source_risk.given(theta_sq, delta_sq).at({sigma_sq: sigma1_sq, delta_sq: gram(1, 1)})),
    Claim("two samples, the second the target's, are the exact pooled risk",
          two.at({**unshifted, gram(1, 1): delta_sq, **one_noise}), "==", finite_sample.pooled_risk.given(theta_sq, delta_sq)),
    Claim("two samples keep their own noises", two.at({**unshifted, gram(1, 1): delta_sq}), "==",
          finite_sample.unequal_noise_pooled_risk),
    Claim("splitting a sample in two changes nothing",
          two.at({gram(2, 2): gram(1, 1), gram(1, 2): gram(1, 1), sigma2_sq: sigma1_sq}), "==", one.at({n1: n1 + n2})),
    Claim("splitting the second of two samples changes nothing",
          three.at({gram(3, 3): gram(2, 2), gram(2, 3): gram(2, 2), gram(1, 3): gram(1, 2), noise(3): sigma2_sq}), "==",
          two.at({n2: n2 + n3})),
    Claim("a third sample without rows changes nothing", three.at({n3: 0}), "==", two),
    Claim("the shift of three samples never helps",
          three.at({theta_sq: 0, noise(1): 0, noise(2): 0, noise(3): 0}), ">=", 0),
)


def replicate(rng, *, n1: int, n2: int, n3: int, p: int, sigma1_sq, sigma2_sq, sigma3_sq, theta_sq,
              gram11, gram12, gram13, gram22, gram23, gram33, rows):
    """One replicate of the risk of three samples; shifts at right angles to the target's
    coefficients.
    """
    grams = ((theta_sq, 0, 0, 0), (0, gram11, gram12, gram13), (0, gram12, gram22, gram23), (0, gram13, gram23, gram33))
    return samples.pooled_risk(rng, sizes=(n1, n2, n3), p=p, noises=(sigma1_sq, sigma2_sq, sigma3_sq), gram=grams, rows=rows)


simulations = (
    Simulation(three, replicate, says="three samples, two of them shifted, each with its own noise", rows=("gaussian",), point={
        "n1": 10, "n2": 15, "n3": 8, "p": 50, "sigma1_sq": 1.0, "sigma2_sq": 0.5, "sigma3_sq": 2.0, "theta_sq": 1.0,
        "gram11": 1.0, "gram12": -0.3, "gram13": 0.0, "gram22": 0.5, "gram23": 0.0, "gram33": 0.0}),
)

many_sources = Theorem(
    "Pooling many sources at finite size",
    (Citation("muirhead1982", "E W^{-1} for a Wishart matrix, and the Schur complement of a block"),
     Citation("song2024", "isotropic concept shift, Gaussian rows: two sources")),
    states="The expected risk of the min-norm interpolator of K samples with any coefficients is the missed signal, the noise of "
           "all samples, and what each shift leaks alone and each pair of samples disagrees by. Proved for K = 1, 2, 3.",
    assumes=("Gaussian rows", "isotropic", "independent samples, each with its own noise variance"),
    formulas=(pooled_risk_of_1, pooled_risk_of_2, pooled_risk_of_3),
    claims=claims,
    simulations=simulations,
    uses=(finite_sample.finite_sample, concept_shift.concept_shift),
)
