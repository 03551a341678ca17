"""Minimisers in balls: small boxes that are shown to hold them, at every precision, next to the edge too."""

import flint
import mpmath as mp
import pytest
from flint import arb, fmpq
from oracle import Problem

from symrisk.engine.potential.balls import Atomic, minimiser

SIGMA, MULT, SIZES = [["1", "2", "1/2", "4"], ["3", "1/4", "1", "1"], ["1", "1", "2", "1/2"]], [30, 20, 30, 20], ["20", "30", "15"]


def atomic(sizes, mu=None, sigma=SIGMA, weights=("1/2", "1", "3")):
    """The potential of pooled samples; mu = None: without a penalty, below the peak."""
    def ball(text):
        return arb(fmpq(*map(int, (text.split("/") + ["1"])[:2])))
    floor = [ball(mu or "1")] * 4
    return Atomic(floor, [[ball(x) for x in row] for row in sigma], [arb(fmpq(m, 100)) for m in MULT], arb(100),
                  [arb(0) if mu is None else 1 / ball(w) for w in weights][:len(sizes)], [ball(n) for n in sizes])


def holds(box, value):
    """Whether a ball holds a number that is known to as many digits."""
    return abs(mp.mpf(box.mid().str(mp.mp.dps, radius=False)) - value) <= mp.mpf(box.rad().str(30, radius=False)) * (1 + mp.mpf(10)**-20) + abs(value) * mp.mpf(10)**(5 - mp.mp.dps)


@pytest.mark.parametrize("bits", [64, 200, 1000, 4000])
@pytest.mark.parametrize("mu", [None, "12", "1/1000000000000"])
def test_the_box_holds_the_minimiser(bits, mu):
    "To nearly the whole working precision."
    with flint.ctx.workprec(bits), mp.workdps(int(bits * 0.30103) + 30):
        boxes = minimiser(atomic(SIZES, mu))
        scales = Problem(SIGMA, MULT, SIZES, mu or 0, ["1/2", "1", "3"]).scales()
        for box, scale in zip(boxes, scales, strict=True):
            assert box.is_finite() and holds(box, scale)
            assert box.rel_accuracy_bits() > bits - 40


@pytest.mark.parametrize("power", [3, 12, 30])
def test_next_to_the_edge(power):
    "Sizes that fall short of p by 10^-power, too little for a double."
    sizes = ["20", f"{80 * 10**power - 1}/{10**power}"]
    with flint.ctx.workprec(256), mp.workdps(120):
        boxes = minimiser(atomic(sizes, sigma=SIGMA[:2]))
        scales = Problem(SIGMA[:2], MULT, sizes).scales()
        assert all(box.is_finite() and holds(box, scale) for box, scale in zip(boxes, scales, strict=True))
        assert min(box.rel_accuracy_bits() for box in boxes) > 140


@pytest.mark.parametrize("sizes", [["60", "30", "15"], ["50", "30", "20"], ["101", "1", "1"]])
def test_nothing_where_there_is_none(sizes):
    "More rows than features, without a penalty."
    assert all(box.is_nan() for box in minimiser(atomic(sizes)))


def test_bounds_in_balls():
    "A rate that vanishes on an atom; atoms that none reaches."
    low = atomic(["31", "2"], sigma=[["1", "0", "0", "0"], SIGMA[1]])
    below, pulled, above, holds_ = low.bounds([0])
    assert below == 0 and pulled == 31 and abs(float(above.mid()) - 30) < 1e-9 and not holds_
    assert low.bounds([1])[3] and low.bounds([0, 1])[3] and low.unreached() == 0
    blind = Atomic([arb(0), arb(0)], [[arb(1), arb(0)]], [arb("0.25"), arb("0.75")], arb(8), [arb(1)], [arb(9)])
    assert blind.unreached() == 6


def test_uncertain_numbers_give_uncertain_boxes():
    "A size known to a tenth: the box, where one is shown, holds the minimisers of both ends."
    sizes = [arb("20", "0.0001"), arb(30), arb(15)]
    with flint.ctx.workprec(100), mp.workdps(40):
        plain = atomic(SIZES)
        boxes = minimiser(Atomic(plain.floor, plain.rates, plain.weights, plain.mass, plain.costs, sizes))
        if all(box.is_finite() for box in boxes):
            for end in ("19.9999", "20.0001"):
                for box, scale in zip(boxes, Problem(SIGMA, MULT, [end, "30", "15"]).scales(), strict=True):
                    assert abs(mp.mpf(box.mid().str(30, radius=False)) - scale) <= mp.mpf(box.rad().str(30, radius=False)) * 2
