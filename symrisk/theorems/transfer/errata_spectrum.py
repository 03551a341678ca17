r"""Errata of the example of covariate shift: two conditions on n_1, and coefficients that are not
spread evenly.

R(M) is the risk with Sigma_1 = M, of eigenvalues kappa and 1/kappa in halves, and Sigma_2 = I.  The
slides compare R(M) with R(I), and R(M) at several kappa, without a word on the coefficients: all of
it needs them spread evenly over the eigenspaces. The bias of the paper's code needs it too, in
words of the code alone.
"""

from sympy import Rational

from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.language.relation import Relation
from symrisk.paper.errata import Erratum
from symrisk.paper.theorem import Citation
from symrisk.symbols import n1, n2, p, sigma_sq, snr
from symrisk.theorems.transfer.reciprocal_least_squares import (
    anisotropy,
    no_shift,
    shifted_ols_risk,
)

THEOREM = "`Does covariate shift help?`, theorem, item "
ITEMS = "`Does covariate shift help?`, two eigenvalues, item "
SETTING = {n2: 100, p: 600, snr: 50, sigma_sq: 1, anisotropy: 2}
shifted_or_not = Region(anisotropy >= 1)
few, half, many = (Region(Relation(2 * n1, rel, p)) & shifted_or_not for rel in ("<", "==", ">"))


def of_reciprocal_spectrum(upper_share, pooled_bias, pooled_risk, even_risk, peak_strength,
                           isotropic_risk):
    """The errata, from the risks for any share of |theta|^2 in the eigenspace of kappa, and for
    coefficients spread evenly.
    """
    risks = (pooled_risk, even_risk)
    slopes = (pooled_risk.diff(anisotropy), even_risk.diff(anisotropy))
    low, middle, high = ({**SETTING, n1: size, upper_share: share}
                         for size, share in ((100, 0), (300, 1), (400, 1)))
    return (
        _open_range(even_risk, isotropic_risk),
        _second_branch(even_risk, peak_strength, isotropic_risk),
        _uneven("R(M) is at most R(I) for n1 < p/2", THEOREM + "1", few, risks, "<=",
                isotropic_risk, low),
        _uneven("R(M) is at least R(I) for n1 > p/2", THEOREM + "2", many, risks, ">=",
                isotropic_risk, high),
        _uneven("R(M) does not rise with kappa for n1 < p/2", ITEMS + "(i)", few, slopes, "<=", 0,
                low),
        _uneven("R(M) does not fall with kappa for n1 > p/2", ITEMS + "(ii)", many, slopes, ">=", 0,
                high),
        _uneven("R(M) is the same for all kappa at n1 = p/2", ITEMS + "(iii)", half, risks, "==",
                isotropic_risk, middle),
        _coded_bias(pooled_bias, upper_share, low))


def _uneven(says, place, on, sides, rel, other, witness):
    """A statement that holds for evenly spread coefficients, and fails for some that lie in one
    eigenspace.
    """
    anyhow, evenly = sides
    return Erratum(
        f"that {says} takes coefficients spread evenly over the eigenspaces, of which the slide "
        "does not speak",
        Citation("sur2025", place),
        published=Claim(f"{says}, whatever the coefficients", anyhow, rel, other, on=on),
        witness=witness,
        right=Claim(f"{says}, coefficients spread evenly", evenly, rel, other, on=on))


def _open_range(even_risk, isotropic_risk):
    """Item 2 as its condition reads, `p/2 <= n1` and no more, takes in n > p, where the fit is
    least squares.
    """
    return Erratum(
        "the condition of item 2 is p/2 <= n1 < p - n2, of which the text keeps the first half: "
        "for n > p a shift helps while the source is the smaller sample",
        Citation("sur2025", THEOREM + "2"),
        published=Claim("from n1 = p/2 on R(M) is at least R(I), also for n > p",
                        shifted_ols_risk, ">=", no_shift, on=shifted_or_not & Region(2 * n1 >= p)),
        witness={n1: 1, n2: 2, p: 2, sigma_sq: 1, anisotropy: 2},
        right=Claim("R(M) is at least R(I) for p/2 <= n1 < p - n2", even_risk, ">=", isotropic_risk,
                    on=shifted_or_not & Region(2 * n1 >= p)))


def _second_branch(even_risk, peak_strength, isotropic_risk):
    """Item (iii) says min{p/2, p - n2}; at n1 = p - n2 < p/2 the risk is infinite, and its
    strength depends on kappa.
    """
    return Erratum(
        "item (iii) holds at n1 = p/2 < p - n2, not at min{p/2, p - n2}: n1 = p - n2 is the "
        "interpolation peak, whose strength depends on kappa",
        Citation("sur2025", ITEMS + "(iii)"),
        published=Claim("at n1 = p - n2 < p/2 what (p - n) R tends to is the same for all kappa",
                        peak_strength, "==", (n1 + n2) * sigma_sq,
                        on=shifted_or_not & Region(n1 < n2)),
        witness={n1: 1, n2: 2, sigma_sq: 1, anisotropy: 2},
        right=Claim("at n1 = p/2 < p - n2 the risk is the same for all kappa",
                    even_risk, "==", isotropic_risk, on=half))


def _coded_bias(pooled_bias, upper_share, witness):
    """The code weighs every eigenspace by its dimension; so the bias it returns is free of
    kappa.
    """
    coded = (p - n1 - n2) / p * snr * sigma_sq
    return Erratum(
        "the code takes no coefficients, only their variance: its bias is that of coefficients "
        "spread evenly",
        Citation("song2024", "main.R of the paper's repository, limit_design_shift"),
        published=Claim("the bias is what the code computes", pooled_bias, "==", coded),
        witness=witness,
        right=Claim("the bias is what the code computes, coefficients spread evenly",
                    pooled_bias.at({upper_share: Rational(1, 2)}), "==", coded))
