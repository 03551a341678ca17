r"""From y_k = X_k (theta_0 + Delta_k) + epsilon_k to the expected risk of min-norm pooling, for any
number of samples.

Linear algebra is checked on exact rational designs of three samples; what is cited are the rotation
invariance of Gaussian rows, the mean of an inverse chi-square variable, and that two orthogonal
projections of Gaussian rows are independent.
"""

from symrisk.derivations.transfer import designs
from symrisk.derivations.transfer.designs import CHI_SQUARE, COCHRAN, INVARIANCE, THREE, instances
from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.symbols import n1, n2, noise, p, size, theta_sq
from symrisk.theorems.transfer.letters import gram
from symrisk.theorems.transfer.many_sources import rows_of, three

n = rows_of(3)


def group(m):
    """p beta of a group of m of the n rows: E tr (W^{-1})_GG X_G X_G'."""
    return m + m * (n - m) / (p - n - 1)


def cross(m, other):
    """p beta of the cross block of two groups."""
    return (group(m + other) - group(m) - group(other)) / 2


leak = (sum(group(size(k)) * gram(k, k) for k in (1, 2, 3))
        + 2 * sum(cross(size(k), size(m)) * gram(k, m) for k, m in ((1, 2), (1, 3), (2, 3)))) / p

silent = {noise(k): 0 for k in (1, 2, 3)}
others_unshifted = dict.fromkeys((gram(1, 2), gram(1, 3), gram(2, 2), gram(2, 3), gram(3, 3)), 0)

pooled_risk = Derivation(
    "the expected risk of min-norm pooling of K samples, block by block",
    "theta_hat = X' W^{-1} y with W = X X', y_k = X_k (theta_0 + Delta_k) + epsilon_k", of=three,
    steps=(
        Step("the error is the shifts that leak in, the noise, and the missed signal",
             instances=instances(designs.error_splits, THREE)),
        Step("the missed signal is orthogonal to both, whatever the design",
             instances=instances(designs.missed_is_orthogonal, THREE)),
        Step("of the signal I - Pi misses p - n dimensions of p",
             instances=instances(designs.free_dimensions, THREE)),
        Step("so that in the mean it misses the share (p - n)/p", cites=INVARIANCE),
        Step("independent noise adds sum_i sigma_i^2 (W^{-1})_ii in the mean, for |X^+ epsilon|^2 "
             "= epsilon' W^{-1} epsilon",
             instances=instances(designs.noise_square, THREE)),
        Step("(W^{-1})_ii is one over the squared length of row i off the others",
             instances=instances(designs.row_off_the_others, THREE)),
        Step("whose mean is 1/(p - n - 1), and infinite for p = n and p = n + 1", cites=CHI_SQUARE),
        Step("the leaked shifts have the square sum_kl Delta_k' X_k' (W^{-1})_kl X_l Delta_l",
             instances=instances(designs.leak_by_blocks, THREE)),
        Step("in the mean beta_kl <Delta_k, Delta_l>, with p beta_kl = E tr (W^{-1})_kl X_l X_k'",
             cites=INVARIANCE),
        Step("the block of a group G is the inverse of X_G P X_G', P projecting off the other rows",
             instances=instances(designs.group_block, THREE)),
        Step("so that its trace with X_G X_G' is m, and tr (X_G P X_G')^{-1} X_G (I - P) X_G'",
             instances=instances(designs.group_trace, THREE)),
        Step("the two factors are independent: in the mean p beta_G = m + m (n - m)/(p - n - 1)",
             cites=COCHRAN),
        Step("in lowest terms m (p - m - 1)/(p - n - 1)",
             Claim("the block of one sample",
                   three.at({theta_sq: 0, gram(1, 1): 1, **silent, **others_unshifted}), "==",
                   group(n1) / p)),
        Step("a pair's trace is that of its samples and twice that of its cross block",
             instances=instances(designs.pair_trace, THREE)),
        Step("so that the cross block is negative",
             Claim("the cross block",
                   cross(n1, n2), "==", -n1 * n2 / (p - n - 1), on=Region(n < p - 1))),
        Step("signal, noise and the blocks of the shift add up to the expected risk",
             Claim("the risk of three samples",
                   three, "==",
                   (p - n) / p * theta_sq
                   + sum(size(k) * noise(k) for k in (1, 2, 3)) / (p - n - 1) + leak)),
    ))
