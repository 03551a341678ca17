r"""From the risk as a function of the share to the best penalty: why a quartic has at most one
root that counts.
"""

from symrisk.language.claim import Claim
from symrisk.language.region import Region
from symrisk.paper.derivation import Derivation, Step
from symrisk.paper.theorem import Citation
from symrisk.symbols import mu, n, n1, n2, p
from symrisk.theorems.transfer import best_ridge as best
from symrisk.theorems.transfer.best_ridge import ahead, aside, free_quartic, noise
from symrisk.theorems.transfer.best_ridge import left as y
from symrisk.theorems.transfer.isotropic_ridge import beta, fitted_share, share_risk
from symrisk.theorems.transfer.ridge.letters import excess
from symrisk.theorems.transfer.ridge.stationary_share import balance, inside, pull
from symrisk.theorems.transfer.ridge.turns import at_turn

CONTINUITY = Citation("rudin1976",
                      "Theorem 4.23: between two zeros at which a function rises it falls through "
                      "a third")

best_share = Derivation(
    "the best share of pooled ridge",
    "R(beta), the risk at the share beta, 0 <= beta <= min(1, n/p)", of=best.best_share,
    steps=(
        Step("the slope of R is a positive multiple of a quartic f",
             Claim("the slope",
                   share_risk.diff(beta), "==",
                   2 * best.stationarity / (n1 + n2 - p * beta**2)**2)),
        Step("f has no cubic term",
             Claim("the third derivative at zero",
                   free_quartic.diff(beta).diff(beta).diff(beta).at({beta: 0}), "==", 0,
                   on=inside)),
        Step("solve f = 0 for the noise",
             Claim("the noise that balances",
                   free_quartic.at({noise: balance}), "==", 0, on=inside)),
        Step("there the slope of f is a sum of signed terms: below the peak it rises",
             Claim("rising below the peak",
                   free_quartic.diff(beta).at({noise: balance}), ">", 0,
                   on=inside & Region(ahead > 0, n < p))),
        Step("and from the peak on it rises too",
             Claim("rising from the peak on",
                   free_quartic.diff(beta).at({noise: balance}), ">", 0,
                   on=inside & Region(ahead > 0, n >= p))),
        Step("a function that rises wherever it vanishes has one zero at most", cites=CONTINUITY),
        Step("f starts at -n^2 <theta_2, theta_bar>",
             Claim("at share zero", free_quartic.at({beta: 0}), "==", -n**2 * ahead)),
        Step("below the peak it ends with the sign that decides between a penalty and none",
             Claim("at the interpolator",
                   free_quartic.at({beta: n / p}), "==",
                   n**2 / p**2 * (aside * (n - p)**2 + p**2 * noise), on=Region(n < p))),
        Step("from the peak on likewise",
             Claim("at least squares",
                   free_quartic.at({beta: 1}), "==", aside * (n - p)**2 + n * p * noise,
                   on=Region(n >= p))),
        Step("the penalty of a share is (1 - beta)(n - p beta)/beta",
             Claim("the penalty fits the share",
                   fitted_share.at({mu: (1 - beta) * (n1 + n2 - p * beta) / beta}), "==", beta,
                   on=Region(beta > 0, beta < 1, p * beta < n1 + n2))),
        Step("n/beta - p and n/beta - n are what the quartic is solved for: 0 at its ends",
             Claim("the quartic in y = n/beta - p",
                   free_quartic.at({beta: n / (p + y)}) * (p + y)**4, "==",
                   n**2 * at_turn(p, n - p, y).subs(excess, n - p),
                   on=Region(n > 0, over=(ahead, aside, noise)))),
        Step("and from the peak on",
             Claim("the quartic in z = n/beta - n",
                   free_quartic.at({beta: n / (n + y)}) * (n + y)**4, "==",
                   n**2 * at_turn(n, p - n, y).subs(excess, n - p),
                   on=Region(n >= p, over=(ahead, aside, noise)))),
    ))

no_shift = Derivation(
    "the best penalty without shift", "delta = 0: theta_bar = theta_2", of=best.best_penalty,
    steps=(
        Step("f is what noise and missed signal leave",
             Claim("a balance of noise and signal",
                   free_quartic.at({aside: 0}), "==",
                   n * (p * noise * beta - ahead * (1 - beta) * (n - p * beta)),
                   on=inside & Region(aside >= 0))),
        Step("where it vanishes the penalty (1 - beta)(n - p beta)/beta is p sigma^2 / |theta|^2",
             Claim("the penalty",
                   (1 - beta) * (n - p * beta) / beta * ahead - p * noise, "==",
                   -free_quartic.at({aside: 0}) / (n * beta), on=inside & Region(aside >= 0))),
        Step("pull is what the mean shift multiplies",
             Claim("with shift",
                   free_quartic - free_quartic.at({aside: 0}), "==", aside * beta * pull,
                   on=inside)),
    ))
