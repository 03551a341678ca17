"""What a quantity says of itself where someone asks: its signature, and its text of help.

`help(risk)`, `risk?` in IPython and the completion of inputs by Tab read `__doc__` and
`__signature__` of an object.  A quantity's are those of this quantity, not of its class.
"""

from collections.abc import Callable, Iterator
from inspect import Parameter, Signature
from keyword import iskeyword

from symrisk.engine.expressions import tex
from symrisk.engine.unknowns.unknown import Unknown
from symrisk.language.call.conventions import said
from symrisk.language.names.inputs import default_of

LONGEST = 300
"""Letters of a definition that is still read in a text of help."""
GIVEN = Parameter("given", Parameter.VAR_KEYWORD)
HOW_MANY = Parameter("digits", Parameter.POSITIONAL_ONLY, default=30)
BESIDE = "Beside a call: .digits(30, ...), .ball(30, ...), .diff(n1), .at({p: 600}), .latex()"


class OfEach:
    """An attribute that each object works out for itself; the class has one of its own, or none.

    >>> class Letter:
    ...     name = OfEach(lambda letter: f"the letter {letter.sign}", "a letter")
    >>> a = Letter()
    >>> a.sign = "a"
    >>> a.name, Letter.name
    ('the letter a', 'a letter')
    """

    def __init__(self, work: Callable, of_class: object = None):
        self.work, self.of_class = work, of_class

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, each, owner=None):
        if each is not None:
            return self.work(each)
        if self.of_class is None:
            raise AttributeError(f"{owner.__name__} has no {self.name} of its own")
        return self.of_class


def called(quantity) -> Signature:
    """How a quantity is called: its inputs by name, with defaults, then what every call takes.

    A name that is no identifier of Python is given by `**` alone.

    >>> from symrisk.theorems.transfer.concept_shift import target_risk
    >>> print(called(target_risk))
    (*, n2, p, snr, sigma_sq=1, outside='raise', backend=None, total=False, **given)
    """
    options = [("outside", "raise"), ("backend", None), *_total(quantity)]
    return Signature([*_by_name(quantity, options), GIVEN])


def called_at(quantity) -> Signature:
    """How it is asked at a point: its inputs by name."""
    return Signature([*_by_name(quantity, _total(quantity)), GIVEN])


def called_for_digits(quantity) -> Signature:
    """How its digits are asked for: how many, then its inputs by name."""
    return Signature([HOW_MANY, *_by_name(quantity, _total(quantity)), GIVEN])


def _total(quantity):
    """The option that adds the noise, of what is an excess risk."""
    return [] if quantity.excess_over is None else [("total", False)]


def _by_name(quantity, options):
    """The inputs as keywords, those without a default first; then the options."""
    defaults = {name: default_of(symbol) for name, symbol in quantity.inputs.items()}
    for name, default in [*defaults.items(), *options]:
        if name.isidentifier() and not iskeyword(name):
            is_required = name in defaults and default is None
            value = Parameter.empty if is_required else default
            yield Parameter(name, Parameter.KEYWORD_ONLY, default=value)


def call(quantity) -> str:
    """A call as one would type it, the values left open.

    >>> from symrisk.theorems.transfer.concept_shift import target_risk
    >>> call(target_risk)
    'target_risk(n2=…, p=…, snr=…)'
    """
    needed = [name for name, symbol in quantity.inputs.items() if default_of(symbol) is None]
    return f"{quantity.title}({', '.join(f'{name}=…' for name in needed)})"


def description(quantity) -> str:
    """The text of help on a quantity: what it is, its inputs, where it holds, where it is from.

    >>> from symrisk.theorems.transfer.concept_shift import target_risk
    >>> print(description(target_risk))                                      # doctest: +ELLIPSIS
    excess risk of the target-only min-norm interpolator
    <BLANKLINE>
        target_risk = ...
    <BLANKLINE>
    Inputs, by name: numbers, arrays, or exact strings such as "0.2"
        n2        target sample size (count, >= 0)
        p         dimension: features per sample (count, > 0)
        snr       signal-to-noise ratio |theta_2|^2 / sigma^2 (scalar, >= 0)
        sigma_sq  noise variance (scalar, >= 0, default 1)
    May be given in place of what defines it: bias, theta_sq, variance
    Holds for: n2 < p
    Accuracy: asymptotic, O(1/p)
    Conventions:
        excess risk: the noise of a fresh label is left out; total=True adds sigma_sq
        snr is by the whole norm, |theta_2|^2 / sigma^2; not by |theta_2|^2 / p
    From: Pooling under concept shift
        ...
    Beside a call: .digits(30, ...), .ball(30, ...), .diff(n1), .at({p: 600}), .latex()
    """
    parts = [quantity.meaning or quantity.title, _indented(_definitions(quantity))]
    parts.append("\n".join(_facts(quantity)))
    return "\n\n".join(part for part in parts if part)


def _definitions(quantity) -> Iterator[str]:
    """The definition and those of the names in it, a line each, as far as they are short."""
    yield _shortened(f"{quantity.title} = {tex.text(quantity.written.head)}")
    for name, body in quantity.where_used:
        written = body.sentence(tex.text) if isinstance(body, Unknown) else tex.text(body)
        yield _shortened(f"    {name} = {written}")


def _shortened(line):
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()} ... (.latex() has it all)"


def _facts(quantity) -> Iterator[str]:
    yield 'Inputs, by name: numbers, arrays, or exact strings such as "0.2"'
    yield _indented(repr(quantity.inputs).splitlines())
    also = sorted(str(name) for name in quantity.graph.reached()[1])
    if also:
        yield f"May be given in place of what defines it: {', '.join(also)}"
    holds = ", ".join(map(str, quantity.on.hypotheses))
    yield f"Holds for: {holds or 'every value of the signs above'}"
    yield f"Accuracy: {quantity.accuracy}"
    conventions = said(quantity)
    if conventions:
        yield "Conventions:"
        yield _indented(conventions)
    if quantity.source is not None:
        first, *others = quantity.source.cited
        yield f"From: {first}"
        yield _indented(others)
    yield BESIDE


def _indented(lines):
    return "\n".join(f"    {line}" for line in lines)
