r"""What is true of the effective ridge kappa in every law: its equation, its rate, its scale."""

from symrisk.language.claim import Claim
from symrisk.language.monotone import rises
from symrisk.laws.law import Atoms
from symrisk.symbols import H, gamma, kappa, lam, symbol, tau, v
from symrisk.theorems.shared.effective_ridge import companion_potential, kappa_of_lam
from symrisk.theorems.shared.freedom import df1, df2, df12, other_kappa

isotropic = {H: Atoms({1: 1})}
single = kappa_of_lam.at(isotropic)
above = lam + gamma - 1
lam1 = symbol("lam1", r"\lambda_1", "a ridge penalty", positive=True)
lam2 = symbol("lam2", r"\lambda_2", "another ridge penalty", positive=True)
kappa1, kappa2 = kappa_of_lam.at({lam: lam1}), kappa_of_lam.at({lam: lam2})
factor = symbol("factor", "s", "a common factor of eigenvalues and penalty", positive=True)
bend = companion_potential.curvature(v)
slope = v * companion_potential.diff(v)


def seen(quantity):
    """Degrees of freedom at the effective ridge of lam."""
    return quantity.at({kappa: kappa_of_lam})


claims_of_level = (
    Claim("kappa is the penalty and what the degrees of freedom add",
          lam + gamma * seen(df1) * kappa_of_lam, "==", kappa_of_lam),
    Claim("the effective ridge is no less than the penalty", kappa_of_lam, ">=", lam),
    *rises(kappa_of_lam, lam),
    Claim("it grows at least as fast", kappa_of_lam.diff(lam), ">=", 1),
    Claim("it grows at the rate 1/(1 - gamma df2)",
          kappa_of_lam.diff(lam) * (1 - gamma * seen(df2)), "==", 1),
    *rises(kappa_of_lam, gamma, strictly=False),
    Claim("fewer degrees of freedom are used than there are samples", gamma * seen(df1), "<", 1),
    Claim("squared degrees of freedom are fewer than samples", gamma * seen(df2), "<", 1),
    Claim("two penalties differ by the two ridges times one less the degrees of freedom between "
          "them",
          (kappa1 - kappa2) * (1 - gamma * df12.at({kappa: kappa1, other_kappa: kappa2})), "==",
          lam1 - lam2),
    Claim("what v makes least is strictly convex in log v", bend, ">", 0, on=bend.moving),
    Claim("its slope is the equation of kappa",
          slope.at({v: 1 / kappa}), "==", gamma * df1 + lam / kappa - 1),
    Claim("a common factor of eigenvalues and penalty leaves the equation, kappa being multiplied "
          "by it",
          slope.at({tau: factor * tau, lam: factor * lam, v: v / factor}), "==", slope),
    Claim("isotropic: kappa solves a quadratic", single**2, "==", above * single + lam),
    Claim("isotropic: twice kappa less b, b = lam + gamma - 1, is a square root of b^2 + 4 lam",
          (2 * single - above)**2, "==", above**2 + 4 * lam),
    Claim("isotropic: it is the positive one", 2 * single - above, ">", 0),
)
