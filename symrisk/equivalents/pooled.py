r"""The deterministic equivalent of K pooled samples whose covariances commute: first and second
order, as definitions.

The fit is argmin sum_k w_k |y_k - X_k theta|^2 + mu theta' Omega theta.  Along a common
eigenvector, with eigenvalue tau_k of Sigma_k and tau_omega of Omega, its resolvent acts as 1/D, D =
mu tau_omega + sum_k c_k tau_k, with scales c_k that minimise a convex potential; sample k then
brings the share s_k = c_k tau_k/D of its coefficients into the fit, and the penalty keeps rho = mu
tau_omega/D at zero.

Second order is a grounded Laplacian on the samples: W_km = p mean(s_k s_m) ties two samples, p
mean(s_k rho) + c_k/w_k grounds one, and g = c H^{-1} lever is how much of the noise of each sample,
label noise and what its coefficients differ from the fit, reaches the target.  It is eliminated
without subtraction, so that no digits are lost close to the interpolation peak.
"""

from dataclasses import dataclass

import sympy

from symrisk.engine.expressions.mean import Mean
from symrisk.engine.noun import cached_property
from symrisk.engine.potential.elimination_names import eliminated
from symrisk.errors import ArgumentError
from symrisk.language.formula import Formula
from symrisk.language.implicit import Implicit
from symrisk.language.region import Region
from symrisk.symbols import (
    H,
    coordinate,
    eigenvalue,
    mu,
    noise,
    numbered,
    p,
    size,
    symbol,
    tau_omega,
    weight,
)

REGIMES = ("ridge", "ridgeless", "ols")


@dataclass(frozen=True)
class Pooled:
    """K pooled samples in one regime: "ridge" (mu > 0), "ridgeless" (mu -> 0, n < p) or "ols" (mu =
    0, n > p).

    eigenvalues, weights: of the samples, tau_1, ... and w_1, ... where nothing is said; `penalty`:
    tau_omega, or 1.  In the ridgeless regime the scales are alpha_k = lim c_k/mu, and the weights
    drop out.

    >>> Pooled(2, "ridgeless").scales
    (alpha1, alpha2)
    """

    K: int
    regime: str
    eigenvalues: tuple = ()
    weights: tuple = ()
    penalty: sympy.Expr = tau_omega
    law: object = H

    def __post_init__(self):
        if self.regime not in REGIMES:
            raise ArgumentError(f"a regime is one of {', '.join(REGIMES)}; not {self.regime!r}")
        for name, letter in (("eigenvalues", eigenvalue), ("weights", weight)):
            given = getattr(self, name) or tuple(letter(k) for k in self.samples)
            if len(given) != self.K:
                raise ArgumentError(f"{self.K} samples have as many {name}; not {len(given)}")
            object.__setattr__(self, name, tuple(given))

    @property
    def samples(self):
        return numbered(self.K)

    @cached_property
    def scales(self):
        letter, latex, says = (
            ("alpha", r"\alpha", "limit of c/mu for")
            if self.regime == "ridgeless"
            else ("c", "c", "scale of")
        )
        return tuple(
            symbol(
                f"{letter}{k}",
                f"{latex}_{k}",
                f"{says} sample {k} in the pooled resolvent",
                positive=True,
            )
            for k in self.samples
        )

    @cached_property
    def shares(self):
        says = "share of its coefficients that the sample brings in along an eigenvector"
        return tuple(
            symbol(f"share{k}", rf"\beta_{k}(\tau)", says, kind="varying", nonnegative=True)
            for k in self.samples
        )

    @cached_property
    def gains(self):
        """g_k: how much of sample k's noise reaches the target."""
        return tuple(
            symbol(
                f"g{k}",
                f"g_{k}",
                f"share of sample {k}'s noise that reaches the target",
                nonnegative=True,
            )
            for k in self.samples
        )

    inside = symbol(
        "inside",
        r"D(\tau)",
        "the pooled resolvent's inverse along an eigenvector",
        kind="varying",
        positive=True,
    )
    kept = symbol(
        "rest",
        r"\rho(\tau)",
        "share that the penalty keeps at zero along an eigenvector",
        kind="varying",
        nonnegative=True,
    )

    @property
    def rest(self):
        """rho, nothing where there is no penalty."""
        return self.kept if self.regime != "ols" else sympy.Integer(0)

    @property
    def floor(self):
        return {"ridge": mu * self.penalty, "ridgeless": self.penalty, "ols": sympy.Integer(0)}[
            self.regime
        ]

    @property
    def costs(self):
        """c_k/w_k, what a scale costs; nothing where the fit interpolates."""
        if self.regime == "ridgeless":
            return (sympy.Integer(0),) * self.K
        return tuple(c / w for c, w in zip(self.scales, self.weights, strict=True))

    @property
    def n(self):
        return sympy.Add(*map(size, self.samples))

    @property
    def on(self):
        """Every sample has rows; below the peak, or above it, where there is no penalty."""
        sides = {"ridge": (), "ridgeless": (self.n < p,), "ols": (self.n > p,)}
        return Region(*(size(k) > 0 for k in self.samples), *sides[self.regime])

    @cached_property
    def potential(self):
        """What the scales minimise, convex in their logarithms: a Formula."""
        inside = self.floor + sum(c * t for c, t in zip(self.scales, self.eigenvalues, strict=True))
        pulls = sum(size(k) * sympy.log(c) for k, c in zip(self.samples, self.scales, strict=True))
        name = symbol(
            f"{self.regime}_potential_of_{self.K}",
            rf"\Phi_{{\mathrm{{{self.regime}}}}}",
            "potential whose least point the scales are",
        )
        return Formula(
            name, p * Mean(sympy.log(inside), self.law) + sum(self.costs) - pulls, on=self.on
        )

    @cached_property
    def implicit(self):
        """The scales, as what minimises the potential."""
        return Implicit.potential(self.scales, self.potential.expression)

    def mean(self, integrand):
        """A trace: p times a mean over the law."""
        return p * Mean(integrand, self.law)

    @property
    def first(self):
        """Definitions of first order: what a fit is along an eigenvector."""
        inside = self.floor + sum(c * t for c, t in zip(self.scales, self.eigenvalues, strict=True))
        shares = {
            s: c * t / self.inside
            for s, c, t in zip(self.shares, self.scales, self.eigenvalues, strict=True)
        }
        rest = {self.kept: self.floor / self.inside} if self.rest else {}
        return {**shares, **rest, self.inside: inside, **self.implicit}

    def second(self, target, prefix=""):
        """Definitions of the gains g_k(B), for B with eigenvalue `target`: (Q-hat B Q-hat) ~ Q
        (B + sum g_k Sigma_k) Q.
        """
        size_ = range(self.K)
        W = {(k, m): self.mean(self.shares[k] * self.shares[m]) for k in size_ for m in range(k)}
        ground = [self.costs[k] + self.mean(self.shares[k] * self.rest) for k in size_]
        lever = [self.mean(self.shares[k] * target / self.inside) for k in size_]
        names, solution = eliminated(prefix, W, ground, lever)
        gains = {g: c * x for g, c, x in zip(self.gains, self.scales, solution, strict=True)}
        return {**gains, **dict(reversed(names.items()))}

    def missed(self, coordinates, own):
        """What the fit in the mean misses of coefficients `own`, along an eigenvector: theta_bar
        - own.
        """
        brought = sum(s * (b - own) for s, b in zip(self.shares, coordinates, strict=True))
        return brought - self.rest * own

    def noises(self):
        return tuple(noise(k) for k in self.samples)


def coordinates(K):
    """b_1, ..., b_K, the coordinates of the samples' coefficients."""
    return tuple(coordinate(k) for k in numbered(K))
