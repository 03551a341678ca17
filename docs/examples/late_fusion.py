"""The least risk of a weighted sum of two fits, by the source's size."""

import numpy as np

from symrisk import symbols
from symrisk.plot import canvas
from symrisk.plot.canvas import tex
from symrisk.theorems.transfer import late_fusion

SIZES = np.arange(1, 50)


def figure(simulate=0, rng=None, executor=None):
    """One panel; the formula alone."""
    picture, ax = canvas.page(1)
    point = {
        "n2": 12,
        "p": 60,
        "theta1_sq": 2.5,
        "theta_sq": 2.25,
        "inner12": 2.0,
        "sigma1_sq": 1.0,
        "sigma2_sq": 0.5,
    }
    ax.plot(SIZES, late_fusion.best_fused_risk(n1=SIZES, **point), color=canvas.INK)
    ax.set_xlabel(f"{symbols.n1.meaning} {tex(symbols.n1)}")
    return picture
