"""Any formula along one of its inputs: a curve for each combination of the others' values."""

from itertools import product

import numpy as np
import sympy

from symrisk.catalogue.simulation import simulation_of
from symrisk.errors import ArgumentError, DomainError, SymriskError
from symrisk.language.names.inputs import default_of
from symrisk.language.quantity import Quantity
from symrisk.laws.law import Law
from symrisk.plot import canvas
from symrisk.plot.canvas import tex
from symrisk.plot.curve import Curve
from symrisk.plot.side import read_side, single
from symrisk.plot.words import drawn, letter, lined, meaning, valued
from symrisk.simulate.given import generator

MOST, FLAT, STEEP, ROOM = 10, 0.8, 6.0, 2.0
"""Curves at most; a peak STEEP times as high as a share FLAT of a curve is cut off, at ROOM times
that height.
"""
LOGS = ("", "x", "y", "xy")


def curves(formula, /, *, x, ax=None, log="", simulate=0, rng=None, executor=None, **values):
    r"""Draw a formula, or several, against one of its inputs; returns the Axes.

    formula: a formula, what is made of formulas, or a list of them.  x: the input that runs, as
    ``("n1", 0, 480)``; its name alone where the formula's hypotheses bound it at both ends once the
    others are given.  values: every other input, a number or a law; of a list of them each gives a
    curve.  log: the axes with a logarithmic scale, "x", "y" or "xy".  ``simulate=200`` adds the
    means of 200 replicates at a few places, with standard errors, of the theorem's own simulation.

    Where the formula does not hold the curve has a gap.  Whole inputs are drawn as dots.  A peak
    that would flatten all the rest is cut off, and the picture says so.

    >>> from symrisk.theorems.transfer import concept_shift as shift
    >>> ax = curves(shift.pooled_risk, x=("n1", 0, 480), n2=100, p=600, snr=5, ssr=[0.1, 0.2, 0.5])
    >>> ax.get_xlabel(), [line.get_label() for line in ax.lines]
    ('source sample size $n_1$', ['$\\mathrm{SSR} = 0.1$', '$\\mathrm{SSR} = 0.2$', '$\\mathrm{SSR} = 0.5$'])

    Raises `ArgumentError` for names that are unknown, missing or given twice, and for more than ten
    curves; `DomainError` for a range that is none, and where a curve has no point at all;
    `NoMethod` where there is nothing to simulate.
    """  # noqa: E501
    drawn_curves = _curves(formula, x, log, values)
    ax, is_alone = canvas.axes(ax), ax is None
    colors = canvas.shades(len(drawn_curves))
    top = _frame(ax, drawn_curves, log)
    looks = zip(drawn_curves, colors, canvas.styles(len(drawn_curves)), strict=True)
    lines = [_draw(ax, *each) for each in looks]
    if simulate:
        _simulate(ax, drawn_curves, colors, top, simulate, rng, executor)
    if is_alone:
        _key(ax, drawn_curves, top, simulate)
        ax.figure.draw_without_rendering()
    if len(drawn_curves) > 1:
        canvas.beside(ax, lines, [curve.name for curve in drawn_curves], colors)
    return ax


def _curves(formula, x, log, values):
    """A Curve for each formula and each combination of values."""
    quantities = _quantities(formula)
    if log not in LOGS:
        raise ArgumentError(f"log is x, y or xy, the axes that are logarithmic; not {log!r}")
    names = {}
    for quantity in reversed(quantities):
        names |= {s.name: s for s in (*quantity.graph.names, *quantity.inputs.values())}
    given = {name: _each(name, value) for name, value in values.items()}
    side = _side(quantities, x, log, names, given)
    if side.name in given:
        raise ArgumentError(f"{side.name} is given twice: it runs along x")
    varied = [name for name, several in given.items() if len(several) > 1]
    combined = [dict(zip(given, each, strict=True)) for each in product(*given.values())]
    if len(combined) * len(quantities) > MOST:
        raise ArgumentError(
            f"{len(combined) * len(quantities)} curves in one picture can't be told apart; draw "
            f"{MOST} at most"
        )
    are_several = len(quantities) > 1
    if are_several:
        _refuse_idle(quantities, names, {side.name, *given})
    found = []
    for quantity in quantities:
        takes = _takes(quantity, {side.name, *given}) if are_several else {side.name, *given}
        for point in combined:
            own = {name: value for name, value in point.items() if name in takes}
            apart = {name: own[name] for name in varied if name in own}
            is_level = side.name not in takes
            curve = Curve(quantity, side, own, apart, names, are_several, is_level)
            if all(c.quantity is not quantity or c.values != own for c in found):
                found.append(curve)
    return found


def _quantities(formula):
    several = list(formula) if isinstance(formula, (list, tuple)) else [formula]
    for each in several:
        if not isinstance(each, Quantity):
            raise ArgumentError(
                f"a curve is of a formula, or of what is made of them; not {each!r}"
            )
    if not several:
        raise ArgumentError("a picture is of one formula at least; there is none")
    return several


def _each(name, value):
    """The values of one input, a list also where it is one."""
    if isinstance(value, Law):
        return [value]
    if isinstance(value, (list, tuple, np.ndarray)):
        if not len(value):
            raise ArgumentError(f"{name} is one value at least; there is none")
        return [each if isinstance(each, Law) else single(name, each) for each in value]
    return [single(name, value)]


def _takes(quantity, given):
    """The names among those given that one of several quantities takes: its inputs; where these do
    not suffice, also what it defines itself.
    """
    inputs = quantity.inputs
    if all(name in given or default_of(symbol) is not None for name, symbol in inputs.items()):
        return given & set(inputs)
    return given & {symbol.name for symbol in quantity.graph.names}


def _refuse_idle(quantities, names, given):
    """ArgumentError for a name that none of several quantities takes."""
    taken = set().union(*(_takes(quantity, given) for quantity in quantities))
    for name in sorted(given - taken):
        _symbol_of(quantities, names)(name)
        titles = " and ".join(quantity.title for quantity in quantities)
        raise ArgumentError(f"{titles} need no {name} once the others are given")


def _side(quantities, x, log, names, given):
    """The Side of x; for a name alone, from end to end of where the first formula holds."""
    if isinstance(x, str):
        _symbol_of(quantities, names)(x)
        x = (x, *_ends(quantities[0], names[x], given))
    if "x" in log and isinstance(x, (list, tuple)) and len(x) == 3:
        x = (*x, "log")
    return read_side("x", x, _symbol_of(quantities, names))


def _symbol_of(quantities, names):
    def symbol_of(name):
        if name not in names:
            takes = sorted(set().union(*(quantity.inputs for quantity in quantities)))
            titles = " and ".join(quantity.title for quantity in quantities)
            raise ArgumentError(f"{titles} has no name {name!r}; it takes {', '.join(takes)}")
        return names[name]

    return symbol_of


def _ends(quantity, symbol, given):
    """Between which numbers an input runs by the hypotheses, the others being given."""
    say = f"x=({symbol.name!r}, first, last) says from where to where {symbol.name} runs"
    values = {name: several[0] for name, several in given.items()}
    known = {
        s: sympy.Rational(str(float(values[s.name])))
        for s in quantity.region.symbols
        if s.name in values and not isinstance(values[s.name], Law)
    }
    try:
        bounds = quantity.region.interval(symbol)
    except SymriskError as error:
        raise ArgumentError(f"{say}: {error}") from error
    lows, highs = ([_number(getattr(b, end), known) for b in bounds] for end in ("lower", "upper"))
    if None in lows or None in highs or not bounds:
        raise ArgumentError(f"{say}: nothing bounds it at both ends")
    return min(lows), max(highs)


def _number(bound, known):
    """The value of a bound; None where it has none."""
    value = None if bound is None else bound.xreplace(known)
    return float(value) if value is not None and value.is_number and value.is_finite else None


def _frame(ax, drawn_curves, log):
    """Scales, limits and words; returns the upper limit."""
    first = drawn_curves[0]
    side, quantities = first.side, list(dict.fromkeys(curve.quantity for curve in drawn_curves))
    ax.set_xscale("log" if side.log else "linear")
    ax.set_yscale("log" if "y" in log else "linear")
    ax.set_xlim(side.low, side.high)
    if side.symbol.is_integer and not side.log:
        ax.xaxis.get_major_locator().set_params(integer=True)
    top = _top(drawn_curves, "y" in log)
    if "y" in log and any((curve.y <= 0).any() for curve in drawn_curves):
        raise DomainError(
            f"a logarithmic scale is for values above zero; {first.quantity.title} "
            f"has others on {side}"
        )
    varied = {name for curve in drawn_curves for name in curve.varied}
    fixed = {}
    for curve in drawn_curves:
        fixed |= {name: value for name, value in curve.values.items() if name not in varied}
    order = [*first.quantity.inputs, *fixed]
    ordered = sorted(fixed, key=order.index)
    shown = lined([valued(first.names[name], fixed[name]) for name in ordered])
    heads = [letter(quantity) for quantity in quantities]
    title = f"{', '.join(heads)} against {tex(side.symbol)}"
    canvas.describe(ax, title, shown, meaning(side.symbol), _named(quantities, heads))
    return top


def _named(quantities, heads):
    """What the upright axis says: the meaning and letter of one formula, the letters of several."""
    symbol = getattr(quantities[0], "symbol", None)
    if len(quantities) > 1 or symbol is None:
        return ", ".join(heads)
    return meaning(symbol)


def _top(drawn_curves, is_log):
    """The height at which a steep peak is cut off; infinity where there is none."""
    values = np.concatenate([curve.y[np.isfinite(curve.y)] for curve in drawn_curves])
    low, most, high = (
        values.min(),
        max(np.nanquantile(c.y, FLAT) for c in drawn_curves),
        values.max(),
    )
    if is_log or high - low <= STEEP * (most - low) or most == low:
        return np.inf
    return low + ROOM * (most - low)


def _draw(ax, curve, color, style):
    """The curve; whole values as dots on a thin line."""
    looks = (
        {"marker": "o", "markersize": 5, "linewidth": 1} if curve.is_dotted else {"linewidth": 2.2}
    )
    label = curve.name or curve.quantity.title
    return ax.plot(curve.x, curve.y, color=color, linestyle=style, label=label, zorder=3, **looks)[
        0
    ]


def _simulate(ax, drawn_curves, colors, top, reps, rng, executor):
    """Means with standard errors at a few places of each curve."""
    simulations = [simulation_of(curve.quantity) for curve in drawn_curves]
    children = generator(rng).spawn(len(drawn_curves))
    for curve, simulation, color, child in zip(
        drawn_curves, simulations, colors, children, strict=True
    ):
        places = curve.places(top)
        runs = [
            curve.simulated(simulation, reps, one, executor, place)
            for place, one in zip(places, child.spawn(len(places)), strict=True)
        ]
        canvas.simulated(ax, places, runs, 1.0, color)


def _key(ax, drawn_curves, top, simulate):
    """How accurate the values are, and what the picture leaves out; then the limits hold."""
    accuracies = dict.fromkeys(curve.quantity.accuracy for curve in drawn_curves)
    said = []
    if simulate:
        said.append((f"simulated, {simulate} replicates ± standard error", canvas.POINTS))
    for curve in drawn_curves:
        if np.isnan(curve.y).any():
            only = drawn(curve.quantity.region.latex(), "its region")
            said.append((f"{letter(curve.quantity)} only for {only}", {"linewidth": 0}))
            break
    if np.isfinite(top):
        said.append(("higher values are cut off", {"linewidth": 0}))
        low = min(np.nanmin(curve.y) for curve in drawn_curves)
        ax.set_ylim(low - 0.05 * (top - low), top)
    canvas.alone(ax, " and ".join(accuracies), *said)
