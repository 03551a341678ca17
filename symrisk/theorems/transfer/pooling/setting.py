"""What sets two theorems on one text apart: how many degrees of freedom are lost, none or one.

`concept_shift` is to first order in 1/p; `finite_sample` is exact in the mean over Gaussian rows,
where one degree is lost: W = X X' is Wishart, and E W^{-1} = I/(p - 1 - n).  All else they share.
"""

from dataclasses import dataclass

from sympy import Expr, Gt
from sympy.core.relational import Relational

from symrisk.language.region import Region
from symrisk.symbols import Symbol, n1, n2, p, snr, ssr, symbol
from symrisk.theorems.shared.accuracy import ASYMPTOTIC

INFINITE = ("within one row of the peak p = n the noise's expectation is infinite; "
            "past it, least_squares.ols_risk")
PAST_THE_PEAK = ("from p rows on the fit is least squares, isotropic_ridge.ols_risk; "
                 "with a penalty, isotropic_ridge.ridge_risk holds at every size")


@dataclass(frozen=True)
class Setting:
    """How many degrees of freedom are lost, and how names and sentences tell so.

    >>> IN_THE_MEAN.q, IN_THE_MEAN.room2
    (p - 1, -n2 + p - 1)
    """

    lost: int
    accuracy: str
    expected: str = ""
    exact: str = ""
    in_mean: str = ""
    E: str = ""
    index: str = ""

    @property
    def q(self) -> Expr:
        """The degrees of freedom that there are for rows to take up."""
        return p - self.lost

    @property
    def room1(self) -> Expr:
        """The room that the source's rows leave."""
        return self.q - n1

    @property
    def room2(self) -> Expr:
        """The room that the target's rows leave."""
        return self.q - n2

    @property
    def room(self) -> Expr:
        """The room that all rows leave."""
        return self.q - n1 - n2

    @property
    def helpful(self) -> Relational:
        """Where some source samples help."""
        return Gt(snr * self.room2 * (self.room2 - self.q * ssr), p * self.q, evaluate=False)

    @property
    def more_targets(self) -> Relational:
        """Where some target samples help."""
        return Gt(self.room1**2, p * self.q / snr + ssr * n1 * self.room1, evaluate=False)

    def risk(self, name: str, fit: str, meaning: str) -> Symbol:
        """The symbol of a fit's risk."""
        latex = rf"{self.E}R_{{\mathrm{{{fit}}}}}"
        return symbol(name, latex, self.expected + meaning, nonnegative=True)

    def holds(self, rows: Expr) -> dict:
        """That a formula holds where these rows leave room, and how accurate it is there."""
        fits = rows < self.q
        remark = {fits: INFINITE if self.lost else PAST_THE_PEAK}
        return {"on": Region(fits), "accuracy": self.accuracy, "beyond": remark}


FIRST_ORDER = Setting(0, ASYMPTOTIC)
IN_THE_MEAN = Setting(1, "exact", "expected ", "exact ", " in the mean",
                      r"\mathbb{E} ", r"_{\mathrm{ex}}")
