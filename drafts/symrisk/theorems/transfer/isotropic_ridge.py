r"""Pooled ridge under concept shift, isotropic features: every sample size, every penalty.

    theta_hat = argmin |y_1 - X_1 theta|^2 + |y_2 - X_2 theta|^2 + mu |theta|^2          (mu is absolute)

To first order the resolvent (X'X + mu I)^{-1} acts as q I, and theta_hat is in the mean the share beta of the pooled
coefficients theta_bar = theta_2 + pi delta, pi = n_1/n.  Everything is in beta, which falls from min(1, n/p) at mu = 0 to 0
at mu = infinity; with nu = p beta^2/n

    (1 - nu) R  =  |(1-beta) theta_2 - pi (beta-nu) delta|^2 + pi nu (1 - pi nu) |delta|^2 + nu (pi sigma_1^2 + (1-pi) sigma_2^2).

The first square brings a <theta_2, delta> term, which min-norm interpolation and least squares do not have.  The formulas
are affine in |theta_2|^2, <theta_2, delta> and |delta|^2 and take estimates of them as they come: that the three obey
Cauchy-Schwarz is a hypothesis of those claims only that need it.
"""


from sympy import Le, Piecewise, Poly, oo

from symrisk.claim import Claim
from symrisk.formula import Formula
from symrisk.implicit import Implicit
from symrisk.region import Region
from symrisk.simulate.experiment import Simulation
from symrisk.simulate.ridge import ridge_risk as ridge_replicate
from symrisk.symbols import delta_sq, n, n1, n2, p, sigma1_sq, sigma2_sq, sigma_sq, symbol, theta_sq
from symrisk.theorem import Citation, Theorem
from symrisk.theorems.transfer import concept_shift

ASYMPTOTIC = "asymptotic, O(1/p)"
COMMON = {"theta_sq": 1, "delta_sq": 0.61, "cross": -0.5, "sigma1_sq": 1, "sigma2_sq": 1}

mu = symbol("mu", r"\mu", "absolute ridge penalty: mu |theta|^2 beside the sum of squared residuals", positive=True)
cross = symbol("cross", r"\langle\theta_2,\delta\rangle", "inner product of the target's coefficients and the shift")
q = symbol("q", "q", "scale of the resolvent: tr (X'X + mu I)^{-1} / p", positive=True)
excess = symbol("excess", "e", "samples beyond the dimension, n - p")
pi = symbol("pi", r"\pi", "the source's share of the samples, n_1/n", nonnegative=True)
beta = symbol("beta", r"\beta", "share of the pooled coefficients that the fit shows in the mean", nonnegative=True)
missed = symbol("missed", r"\bar\beta", "1 - beta", nonnegative=True)
omega = symbol("omega", r"\omega", "beta - nu", nonnegative=True)
nu = symbol("nu", r"\nu", "second-order degrees of freedom per sample, p beta^2/n", nonnegative=True)
free = symbol("free", r"\eta", "1 - nu", positive=True)
ahead = symbol("ahead", r"\langle\theta_2,\bar\theta\rangle", "inner product of the target's and the pooled coefficients")
aside = symbol("aside", r"\langle\pi\delta,\bar\theta\rangle", "inner product of the pooled coefficients and pi delta")
noise = symbol("noise", r"\bar\sigma^2", "noise variance plus the variance of the shift over the pooled rows", nonnegative=True)
below = symbol("below", r"\beta_<", "best share below the peak", positive=True)
above = symbol("above", r"\beta_\ge", "best share from the peak on", positive=True)
inner_below = symbol("inner_below", r"\beta_\circ", "share in (0, n/p) at which the risk is stationary", positive=True)
inner_above = symbol("inner_above", r"\beta_\bullet", "share in (0, 1) at which the risk is stationary", positive=True)
inverse_below = symbol("inverse_below", r"b_\circ", "inverse of the stationary share in (0, n/p)", positive=True)
inverse_above = symbol("inverse_above", r"b_\bullet", "inverse of the stationary share in (0, 1)", positive=True)

sampled = Region(n1 + n2 > 0)
under = Region(n1 + n2 > p)
over = Region(n1 + n2 < p)
shares = sampled & Region(beta <= 1, p * beta <= n1 + n2, beta + p * beta < 1 + n1 + n2)

pooled = {n: n1 + n2, pi: n1 / n, sigma_sq: (n1 * sigma1_sq + n2 * sigma2_sq) / n}
resolvent = {n: n1 + n2, excess: n - p, **Implicit.root(q, mu * p * q**2 + (mu + excess) * q - 1)}
at_share = {missed: 1 - beta, omega: beta * (n - p * beta) / n, nu: p * beta**2 / n, free: missed + omega, **pooled}
parts = (missed**2 * theta_sq - 2 * pi * missed * omega * cross + pi * (pi * omega**2 + nu * (free + n2 / n * nu)) * delta_sq
         + nu * sigma_sq) / free

fitted_share = Formula(
    symbol("fitted_share", r"\beta", "share of the pooled coefficients that ridge fits in the mean", nonnegative=True),
    n * q / (1 + p * q), where=resolvent, on=sampled, accuracy=ASYMPTOTIC)
ridge_risk = Formula(
    symbol("ridge_risk", r"R_{\mu}", "excess risk of pooled ridge", nonnegative=True),
    parts, on=sampled, accuracy=ASYMPTOTIC, where={
        beta: n * q / (1 + p * q),
        missed: mu * q,
        omega: beta / (1 + p * q),
        nu: p * q * omega,
        free: missed + omega,
        **pooled, **resolvent})
share_risk = Formula(
    symbol("share_risk", r"R(\beta)", "excess risk of a pooled fit that shows the share beta in the mean", nonnegative=True),
    parts, where=at_share, on=shares, accuracy=ASYMPTOTIC)
target_ridge_risk = Formula(
    symbol("target_ridge_risk", r"R_{\mu,\mathrm{target}}", "excess risk of ridge on the target sample alone", nonnegative=True),
    (missed**2 * theta_sq + nu * sigma2_sq) / free, on=Region(n2 > 0), accuracy=ASYMPTOTIC, where={
        beta: n * q / (1 + p * q),
        missed: mu * q,
        omega: beta / (1 + p * q),
        nu: p * q * omega,
        free: missed + omega,
        **resolvent, n: n2})
ols_risk = Formula(
    symbol("ols_risk", r"R_{\mathrm{OLS}}", "excess risk of pooled least squares", nonnegative=True),
    p / (n - p) * sigma_sq + n1 * (n1 * (n - p) + p * n2) / (n**2 * (n - p)) * delta_sq, on=under, accuracy=ASYMPTOTIC, where={
        n: n1 + n2,
        sigma_sq: (n1 * sigma1_sq + n2 * sigma2_sq) / n})
target_ols_risk = Formula(
    symbol("target_ols_risk", r"R_{\mathrm{OLS,target}}", "excess risk of least squares on the target alone", nonnegative=True),
    p / (n2 - p) * sigma2_sq, on=Region(n2 > p), accuracy=ASYMPTOTIC)

aims = {
    ahead: theta_sq + pi * cross,
    aside: pi * (cross + pi * delta_sq),
    noise: sigma_sq + pi * n2 / n * delta_sq,
    **pooled}
QUARTIC = (p**2 * aside * beta**4 - n * p * (ahead + 3 * aside) * beta**2
           + n * ((n + p) * (ahead + aside) + p * noise) * beta - n**2 * ahead)


def reversed_quartic(inverse):
    """The quartic in 1/beta, whose leading coefficient does not vanish: without shift the one in beta is a quadratic."""
    return sum(inverse**(4 - power[0]) * coefficient for power, coefficient in Poly(QUARTIC, beta).terms())


stationarity = Formula(
    symbol("stationarity", "f", "a positive multiple of dR/dbeta: a quartic without cubic term"),
    QUARTIC, where=aims, on=Region(n > 0, beta <= 1, p * beta <= n), accuracy=ASYMPTOTIC)

turns_below = aside * (n - p)**2 + p**2 * noise > 0
turns_above = aside * (n - p)**2 + n * p * noise > 0
best_share = Formula(
    symbol("best_share", r"\beta^*", "share of the pooled coefficients that the best penalty leaves", nonnegative=True),
    Piecewise((0, Le(ahead, 0)), (below, n < p), (above, True)), on=sampled, accuracy=ASYMPTOTIC, where={
        below: Piecewise((inner_below, turns_below), (n / p, True)),
        above: Piecewise((inner_above, turns_above), (1, True)),
        inner_below: 1 / inverse_below,
        inner_above: 1 / inverse_above,
        **Implicit.root(inverse_below, reversed_quartic(inverse_below), (p / n, oo)),
        **Implicit.root(inverse_above, reversed_quartic(inverse_above), (1, oo)),
        **aims})
best_penalty = Formula(
    symbol("best_penalty", r"\mu^*", "penalty of least risk; 0 where none is best", nonnegative=True),
    (1 - best_share.symbol) * (n - p * best_share.symbol) / best_share.symbol,
    where={best_share.symbol: best_share}, on=sampled & Region(ahead > 0), accuracy=ASYMPTOTIC)
best_ridge_risk = Formula(
    symbol("best_ridge_risk", r"\min_\mu R_\mu", "least risk of pooled ridge over the penalty", nonnegative=True),
    parts, on=sampled, accuracy=ASYMPTOTIC, where={**at_share, beta: best_share})

n3 = symbol("n3", "n_3", "third sample size", kind="count", nonnegative=True)
sigma3_sq = symbol("sigma3_sq", r"\sigma_3^2", "noise variance of the third sample", nonnegative=True)
sizes, noises = (n1, n2, n3), (sigma1_sq, sigma2_sq, sigma3_sq)


def beta_form(K):
    """The risk of pooling K <= 3 isotropic samples with shares beta_k, for a target theta_0 of squared norm theta_sq.

    Sample k has size n_k, noise sigma_k^2 and coefficients theta_0 + Delta_k; the shifts enter by their Gram data
    delta_kl = <Delta_k, Delta_l> and cross_k = <theta_0, Delta_k>.  Weights and penalty enter through the shares alone:
    w_k q = beta_k / (n_k - p beta_k) and mu q = 1 - sum_k beta_k.

    >>> ridge = beta_form(1)
    >>> ridge(n1=50, p=100, beta1=0.25, theta_sq=1, delta11=0, cross1=0, sigma1_sq=1)
    0.7857142857142857
    """
    each = range(1, K + 1)
    share, size, noise_sq = ({k: of(k) for k in each} for of in (share_of, lambda k: sizes[k - 1], lambda k: noises[k - 1]))
    rest = 1 - sum(share.values())
    spread = {k: p * share[k]**2 / size[k] for k in each}
    towards = {k: rest * cross_of(k) - sum(share[m] * gram(k, m) for m in each) for k in each}
    signal = rest**2 * theta_sq - sum(share[k] * (rest * cross_of(k) + towards[k]) for k in each)
    added = sum(spread[k] * (noise_sq[k] + gram(k, k) + 2 * towards[k]) for k in each)
    return Formula(
        symbol("beta_form", rf"R(\beta_1, \dots, \beta_{K})", f"excess risk of {K} pooled samples", nonnegative=True),
        (signal + added) / (1 - sum(spread.values())), accuracy=ASYMPTOTIC,
        on=Region(rest >= 0, sum(spread.values()) < 1, *(p * share[k] <= size[k] for k in each), *(size[k] > 0 for k in each)))


def share_of(k):
    """The symbol of beta_k."""
    return symbol(f"beta{k}", rf"\beta_{k}", f"share of sample {k}", nonnegative=True)


def cross_of(k):
    """The symbol of <theta_0, Delta_k>."""
    return symbol(f"cross{k}", rf"\langle\theta_0,\Delta_{k}\rangle", f"inner product of the target and shift {k}")


def gram(k, m):
    """The symbol of <Delta_k, Delta_m>."""
    k, m = sorted((k, m))
    latex = rf"\|\Delta_{k}\|^2" if k == m else rf"\langle\Delta_{k},\Delta_{m}\rangle"
    return symbol(f"delta{k}{m}", latex, f"inner product of shifts {k} and {m}", **({"nonnegative": True} if k == m else {}))


def limits_of_form(K):
    """No fit, the interpolator and least squares, as claims about the form of K samples."""
    each, total = range(1, K + 1), sum(sizes[:K])
    noise_sum = sum(sizes[k - 1] * noises[k - 1] for k in each)
    own = sum(sizes[k - 1] * gram(k, k) for k in each)
    mean_sq = sum(sizes[k - 1] * sizes[m - 1] * gram(k, m) for k in each for m in each)

    def at(share):
        return beta_form(K).at({share_of(k): share(sizes[k - 1]) for k in each})
    return (
        Claim(f"without any fit the risk is the signal (K = {K})", at(lambda size: 0), "==", theta_sq),
        Claim(f"at beta_k = n_k/p the form is the risk of the min-norm interpolator (K = {K})", at(lambda size: size / p), "==",
              (p - total) / p * theta_sq + noise_sum / (p - total) + (p * own - mean_sq) / (p * (p - total)),
              on=Region(total < p)),
        Claim(f"at beta_k = n_k/n the form is the risk of least squares (K = {K})", at(lambda size: size / total), "==",
              mean_sq / total**2 + p / (total * (total - p)) * (noise_sum + own - mean_sq / total), on=Region(total > p)),
    )


free_quartic = stationarity.given(n, ahead, aside, noise)
inside = Region(beta > 0, beta < 1, p * beta < n, over=(ahead, aside, noise))
pull = p**2 * beta**3 - 3 * n * p * beta + n * (n + p)
balance = (n * ahead * (1 - beta) * (n - p * beta) / beta - aside * pull) / (n * p)
no_shift = {delta_sq: 0, cross: 0}
free_risk = share_risk.given(sigma_sq)
one_noise = ridge_risk.given(sigma_sq)
unshifted = one_noise.at(no_shift)
best_unshifted = p * sigma_sq / theta_sq
lively = Region(theta_sq > 0, sigma_sq > 0)

identities = (
    Claim("what ridge misses of the mean is mu q", 1 - fitted_share, "==", mu * q),
    Claim("q is the inverse of the penalty plus what the samples add", q * (mu + (n1 + n2) / (1 + p * q)), "==", 1,
          on=ridge_risk.region, roots=ridge_risk.roots),
    Claim("ridge risk depends on the penalty through beta alone", share_risk.at({beta: fitted_share}), "==", ridge_risk),
    Claim("without source samples pooled ridge is target ridge", ridge_risk.at({n1: 0}), "==", target_ridge_risk),
    Claim("at beta = 0, an infinite penalty, the risk is the signal", share_risk.at({beta: 0}), "==", theta_sq),
    Claim("at beta = n/p, no penalty below the peak, it is the risk of min-norm pooling",
          share_risk.at({beta: (n1 + n2) / p}), "==", concept_shift.unequal_noise_pooled_risk, on=over),
    Claim("at beta = 1, no penalty above the peak, it is the risk of least squares", share_risk.at({beta: 1}), "==", ols_risk,
          on=under),
    Claim("without source samples least squares is that of the target", ols_risk.at({n1: 0}), "==", target_ols_risk),
)

limits = (
    Claim("beta falls with the penalty", fitted_share.diff(mu), "<", 0),
    Claim("beta grows with the source sample", fitted_share.diff(n1), ">", 0),
    Claim("beta grows with the target sample", fitted_share.diff(n2), ">", 0),
    Claim("beta falls with the dimension", fitted_share.diff(p), "<", 0),
    Claim("beta stays below n/p", fitted_share, "<", (n1 + n2) / p),
    Claim("beta stays below one", fitted_share, "<", 1),
    Claim("below the peak beta tends to n/p as mu falls to 0", (n1 + n2) / p - fitted_share, "<",
          (n1 + n2) / (p * (p - n1 - n2)) * mu, on=over),
    Claim("above the peak beta tends to one as mu falls to 0", 1 - fitted_share, "<", mu / (n1 + n2 - p), on=under),
    Claim("beta tends to 0 as mu grows", fitted_share, "<", (n1 + n2) / mu),
    Claim("at the peak itself 1 - beta is below the square root of mu/p", (1 - fitted_share.at({n2: p - n1}))**2, "<", mu / p),
)

peak = (
    Claim("below the peak (p - n) R tends to p sigma^2 + n1 n2 delta^2 / p",
          (p - n1 - n2) * concept_shift.unequal_noise_pooled_risk.at({sigma1_sq: sigma_sq, sigma2_sq: sigma_sq})
          - (p * sigma_sq + n1 * n2 * delta_sq / p), "==",
          (p - n1 - n2) * ((p - n1 - n2) * theta_sq / p - sigma_sq + n1 * delta_sq / p)),
    Claim("above the peak (n - p) R tends to the same", (n1 + n2 - p) * ols_risk.given(sigma_sq)
          - (p * sigma_sq + n1 * n2 * delta_sq / p), "==",
          (n1 + n2 - p) * n1 / (n1 + n2)**2 * (n1 - n2 * (n1 + n2 + p) / p) * delta_sq),
    Claim("at the peak a penalty makes the risk finite: (1 + 2pq) R is the missed signal and p^2 q^2 times noise and shift",
          (1 + 2 * p * q) * one_noise.at({n2: p - n1}), "==",
          theta_sq - 2 * n1 * q / (1 + p * q) * cross + p**2 * q**2 * sigma_sq
          + n1 * q**2 * (p + n1 * (1 - p * q) / (1 + p * q)) * delta_sq),
)

shape = (
    Claim("the inner product of signal and shift never adds to the risk's coefficients", share_risk.diff(cross), "<=", 0),
    Claim("its coefficient vanishes only without source samples, without fit, for the interpolator and for least squares",
          share_risk.diff(cross), "<", 0, iff=(n1 > 0, beta > 0, beta < 1, p * beta < n1 + n2)),
    Claim("ridge risk grows with the noise", one_noise.diff(sigma_sq), ">", 0),
    Claim("ridge risk grows with the signal at a fixed shift", one_noise.diff(theta_sq), ">", 0),
    Claim("ridge risk grows with the shift at a fixed inner product", one_noise.diff(delta_sq), ">", 0, on=Region(n1 > 0)),
    Claim("the risk is a square and what Cauchy-Schwarz makes non-negative", theta_sq * free_risk, "==",
          ((missed * theta_sq - pi * omega * cross)**2 + (pi * omega)**2 * (theta_sq * delta_sq - cross**2)
           + theta_sq * nu * (pi * (1 - pi * nu) * delta_sq + sigma_sq)) / (1 - nu), on=shares & Region(over=(cross,))),
    Claim("pooled least squares beats that of the target exactly while the shift stays below its price",
          ols_risk.at({sigma1_sq: sigma2_sq}), "<", target_ols_risk, on=Region(n1 > 0),
          iff=(n1 * (n1 * (n1 + n2 - p) + p * n2) * (n2 - p) * delta_sq < sigma2_sq * p * n1 * (n1 + n2)**2,)),
)

penalty = (
    Claim("the slope of the risk in beta is a positive multiple of the quartic", share_risk.diff(beta), "==",
          2 * stationarity / (n1 + n2 - p * beta**2)**2),
    Claim("without shift the risk is stationary at mu = p sigma^2 / theta^2", unshifted.diff(mu).at({mu: best_unshifted}), "==",
          0, on=lively),
    Claim("without shift the risk grows with the penalty exactly beyond p sigma^2 / theta^2", unshifted.diff(mu), ">", 0,
          on=lively, iff=(mu * theta_sq > p * sigma_sq,)),
    Claim("without shift the least risk is the missed share of the signal", unshifted.at({mu: best_unshifted}), "==",
          theta_sq * (1 - fitted_share.at({mu: best_unshifted})), on=lively),
    Claim("the penalty that fits a share is (1 - beta)(n - p beta)/beta",
          fitted_share.at({mu: best_penalty.given(best_share.symbol)}), "==", best_share.symbol,
          on=Region(best_share.symbol > 0, best_share.symbol < 1, p * best_share.symbol < n1 + n2)),
    Claim("without shift the quartic is a quadratic: noise against missed signal", stationarity.given(sigma_sq).at(no_shift),
          "==", (n1 + n2) * (p * sigma_sq * beta - theta_sq * (1 - beta) * (n1 + n2 - p * beta))),
    Claim("with shift the quartic is that of the pooled noise, and a multiple of the mean shift", free_quartic, "==",
          n * p * noise * beta - n * ahead * (1 - beta) * (n - p * beta) + aside * beta * pull, on=inside),
)

one_turn = (
    Claim("at share zero the quartic has the sign of -<theta_2, theta_bar>", free_quartic.at({beta: 0}), "==", -n**2 * ahead),
    Claim("at the interpolator the quartic has the sign that the best share asks for", free_quartic.at({beta: n / p}), "==",
          n**2 / p**2 * turns_below.lhs, on=Region(n < p)),
    Claim("at least squares the quartic has the sign that the best share asks for", free_quartic.at({beta: 1}), "==",
          turns_above.lhs, on=Region(n >= p)),
    Claim("where theta_2 and theta_bar point apart every share is too large", free_quartic, ">=", 0,
          on=inside & Region(ahead <= 0, ahead + aside >= 0)),
    Claim("the quartic vanishes where noise balances signal and shift", free_quartic.at({noise: balance}), "==", 0, on=inside),
    Claim("below the peak the quartic rises wherever it vanishes: one best share at most",
          free_quartic.diff(beta).at({noise: balance}), ">", 0, on=inside & Region(ahead > 0, n < p)),
    Claim("from the peak on the quartic rises wherever it vanishes: one best share at most",
          free_quartic.diff(beta).at({noise: balance}), ">", 0, on=inside & Region(ahead > 0, n >= p)),
)

chosen = best_share.given(inner_below, inner_above, n, ahead, aside, noise)
candidates = Region(n > 0, p * inner_below < n, inner_above < 1, over=(ahead, aside, noise))
choice = (
    Claim("no fit is best where theta_2 and theta_bar point apart", chosen, "==", 0, on=candidates & Region(ahead <= 0)),
    Claim("below the peak the best share is the stationary one while the risk rises at the interpolator",
          chosen, "==", inner_below, on=candidates & Region(ahead > 0, n < p, turns_below)),
    Claim("below the peak the interpolator is best while the risk does not rise there",
          chosen, "==", n / p, on=candidates & Region(ahead > 0, n < p, turns_below.lhs <= 0)),
    Claim("from the peak on the best share is the stationary one while the risk rises at least squares", chosen, "==",
          inner_above, on=candidates & Region(ahead > 0, n >= p, turns_above)),
    Claim("from the peak on least squares is best while the risk does not rise there", chosen, "==", 1,
          on=candidates & Region(ahead > 0, n >= p, turns_above.lhs <= 0)),
    Claim("the least risk is the risk at the best share", best_ridge_risk.given(beta), "==", share_risk),
)

one_shift = {gram(1, 1): delta_sq, gram(1, 2): 0, gram(2, 2): 0, cross_of(1): cross, cross_of(2): 0}
several = (
    *limits_of_form(1), *limits_of_form(2), *limits_of_form(3),
    Claim("with shares in proportion to the sizes the form of two samples is the pooled risk",
          beta_form(2).at({**one_shift, share_of(1): n1 / (n1 + n2) * beta, share_of(2): n2 / (n1 + n2) * beta}), "==",
          share_risk),
    Claim("splitting the target sample in two changes nothing", beta_form(3).at(
        {**one_shift, gram(1, 3): 0, gram(2, 3): 0, gram(3, 3): 0, cross_of(3): 0, sigma3_sq: sigma2_sq,
         share_of(2): n2 / (n2 + n3) * share_of(2), share_of(3): n3 / (n2 + n3) * share_of(2)}), "==",
        beta_form(2).at(one_shift).at({n2: n2 + n3}), on=Region(n2 > 0, n3 > 0, share_of(1) + share_of(2) < 1)),
    Claim("of one sample, at n_k/p, the form is the risk of min-norm interpolation of the target",
          beta_form(1).at({share_of(1): n1 / p, gram(1, 1): 0, cross_of(1): 0}), "==",
          concept_shift.unequal_noise_target_risk.at({n2: n1, sigma2_sq: sigma1_sq}), on=Region(n1 < p)),
    Claim("of two samples, at n_k/p, the form is the risk of min-norm pooling",
          beta_form(2).at(one_shift).at({share_of(1): n1 / p, share_of(2): n2 / p}), "==",
          concept_shift.unequal_noise_pooled_risk),
    Claim("of two samples, at n_k/n, the form is the risk of pooled least squares",
          beta_form(2).at(one_shift).at({share_of(1): n1 / (n1 + n2), share_of(2): n2 / (n1 + n2)}), "==", ols_risk),
)
claims = identities + limits + peak + shape + penalty + one_turn + choice + several

isotropic_ridge = Theorem(
    "Pooled ridge under concept shift",
    (Citation("song2024", "isotropic concept shift, of which this is the ridge extension"),
     Citation("hastie2022", "isotropic ridge: the fixed point of one sample")),
    states="Source and target samples with isotropic features are pooled into one ridge fit with absolute penalty mu. To first "
           "order its risk is a rational function of one number, the share beta of the pooled coefficients that the fit shows "
           "in the mean. Min-norm interpolation and least squares are its ends, between which the inner product of signal and "
           "shift lowers or raises the risk. The risk has at most one stationary share, and without shift the best penalty is "
           "p sigma^2 / |theta_2|^2.",
    assumes=("isotropic rows with independent entries of mean 0 and variance 1", "noise independent of the features",
             "equal weights, unless a formula takes shares", "n/p bounded away from 1 where the penalty is small"),
    formulas=(fitted_share, ridge_risk, share_risk, target_ridge_risk, ols_risk, target_ols_risk, stationarity),
    claims=claims,
    simulations=(
        Simulation(ridge_risk, ridge_replicate, says="pooled ridge with <theta_2, delta> < 0",
                   point={**COMMON, "n1": 40, "n2": 30, "p": 100, "mu": 10}),
        Simulation(ridge_risk, ridge_replicate, says="a pooled ridge with more samples than features",
                   point={**COMMON, "n1": 100, "n2": 60, "p": 100, "mu": 25}),
        Simulation(ridge_risk, ridge_replicate, says="at the peak p = n, which the penalty makes finite",
                   point={**COMMON, "n1": 240, "n2": 160, "p": 400, "mu": 20})),
    uses=(concept_shift.concept_shift,),
)
