r"""The glossary: one letter, one LaTeX form, one meaning, one sign, everywhere the same.

Squares end in ``_sq`` and are names of their own, so that a formula never takes a root it does not
need. A symbol's *sign* is the loosest one its meaning allows; what a theorem needs beyond it stands
in its region.

>>> from symrisk.symbols import ssr
>>> ssr.meaning
'shift-to-signal ratio |theta_1 - theta_2|^2 / |theta_2|^2'
"""

import re
from functools import lru_cache

import sympy

from symrisk.errors import ArgumentError

KINDS = (
    "scalar",
    "count",
    "integer",
    "law",
    "eigenvalue",
    "coordinate",
    "varying",
    "vector",
    "matrix",
    "complex",
)
COMPLEX = "complex"
"""The kind of a letter that stands for a complex number."""
BOUND = ("eigenvalue", "coordinate")
"""Kinds of symbols that a mean over a law binds."""
HELD = ("held", "held varying")
"""Kinds of the letters that recursions and sums bind: `held` makes them, nobody writes them."""
VARIABLE = re.compile(r"(tau|b)(\d{1,3})", re.ASCII)
"""The names of numbered ones."""


class Symbol(sympy.Symbol):
    """A SymPy symbol that also carries its LaTeX form, its meaning, its kind and perhaps a default
    value.

    ``kind`` is ``"scalar"``, ``"count"`` (a sample size or dimension: any real number in asymptotic
    formulas, a whole number in simulations), ``"integer"`` (whole everywhere), ``"law"``,
    ``"eigenvalue"`` or ``"coordinate"`` (what a mean over a law binds: an eigenvalue of a
    covariance, a coordinate of a vector along its eigenvector), ``"varying"`` (what is defined
    through these), ``"vector"``, ``"matrix"`` or ``"complex"`` (any complex number; the others are
    real).
    """

    __slots__ = ("latex", "meaning", "kind", "default", "content")

    def __new__(cls, name, latex=None, meaning="", kind="scalar", default=None, **assumptions):
        if kind not in (*KINDS, *HELD):
            raise ArgumentError(f"{name}: kind is one of {', '.join(KINDS)}; not {kind!r}")
        self = sympy.Symbol.__xnew__(cls, name, **assumptions)
        self.latex, self.meaning, self.kind = (
            latex or sympy.latex(sympy.Symbol(name)),
            meaning,
            kind,
        )
        self.default = None if default is None else sympy.Rational(default)
        self.content = (
            self.latex,
            self.meaning,
            self.kind,
            str(self.default),
            *sympy.Symbol._hashable_content(self),
        )
        return self

    def _hashable_content(self):
        # Asked whenever two letters are compared.
        return self.content

    def __getnewargs_ex__(self):
        return (
            self.name,
            self.latex,
            self.meaning,
            self.kind,
            self.default,
        ), self._assumptions_orig

    def _latex(self, printer):
        return self.latex

    @property
    def sign(self):
        """The sign the meaning gives: ``"> 0"``, ``">= 0"`` or ``""`` for any real number."""
        return "> 0" if self.is_positive else ">= 0" if self.is_nonnegative else ""


def symbol(name, latex, meaning, *, kind="scalar", default=None, **sign):
    """A symbol of your own paper: ``symbol("alpha", r"\\alpha", "source exponent",
    positive=True)``.

    ``sign`` is ``positive=True``, ``nonnegative=True`` or, for any real number, nothing.  A letter
    of ``kind="complex"`` stands for any complex number and has no sign: what is known of it is
    said of its parts, ``sympy.im(z) > 0``.

    >>> alpha = symbol("alpha", r"\\alpha", "source exponent", positive=True)
    >>> alpha.sign, alpha + alpha
    ('> 0', 2*alpha)
    """
    if kind in HELD:
        raise ArgumentError(f"{name}: kind is one of {', '.join(KINDS)}; not {kind!r}")
    if kind != COMPLEX:
        return Symbol(name, latex, meaning, kind, default, **(sign or {"real": True}))
    if sign:
        known = ", ".join(f"{word}={value}" for word, value in sign.items())
        raise ArgumentError(f"{name}: a complex number has no sign; not {known}")
    return Symbol(name, latex, meaning, kind, default, complex=True)


def held(letter, varies=False, **sign):
    """The letter that a recursion or a sum binds in place of one that its author wrote.

    It is printed as that one, and is another: nothing outside speaks of it, so that nothing put in
    outside is caught by it.  varies: whether it has a value at each atom of a law.

    >>> step = held(symbol("x", "x", "a state"))
    >>> step, step == symbol("x", "x", "a state"), is_held(step)
    (x, False, True)
    """
    kind = HELD[1] if varies else HELD[0]
    latex = getattr(letter, "latex", None)
    return Symbol(letter.name, latex, "", kind, **(sign or {"real": True}))


def is_held(letter):
    """Whether a letter is one that a recursion or a sum binds."""
    return isinstance(letter, Symbol) and letter.kind in HELD


HANDLED = frozenset({"real", "nonnegative", "positive", "integer"})
"""The assumptions that proofs, draws and checks know of."""


def refuse_unhandled(subject, symbols) -> None:
    """ArgumentError for a symbol that is not real, non-negative, positive or whole, nor complex by
    its kind, or assumes more than that.

    Nothing here would keep to another assumption: a claim over a negative letter would be refuted
    at a positive number.
    """
    for letter in symbols:
        if not _is_handled(letter):
            raise ArgumentError(
                f"{subject}: {letter} is {_described(letter)}; a letter is real, non-negative, "
                f"positive or whole: "
                f"symbol('{letter}', r'...', 'its meaning'), with nonnegative=True, positive=True "
                f"or integer=True"
            )


UNFINISHED = (
    sympy.Derivative,
    sympy.Integral,
    sympy.Sum,
    sympy.Product,
    sympy.Subs,
    sympy.Lambda,
    sympy.Limit,
)
"""Nodes of SymPy that bind a letter and wait to be worked out."""


def refuse_unfinished(subject, expression) -> None:
    """ArgumentError for what is still to be worked out, and for what is no number."""
    for node in sorted(expression.atoms(*UNFINISHED), key=str):
        raise ArgumentError(
            f"{subject}: {node} is not worked out; write what .doit() gives, or Mean for a mean "
            f"over a law"
        )
    for number in (sympy.zoo, sympy.nan):
        if expression.has(number):
            raise ArgumentError(f"{subject}: {number} in {expression} is no real number")


@lru_cache(maxsize=4096)
def _is_handled(letter) -> bool:
    if getattr(letter, "kind", None) == COMPLEX:
        return _assumed(letter) == {COMPLEX: True}
    return bool(letter.is_real) and _assumed(letter).items() <= dict.fromkeys(HANDLED, True).items()


def _assumed(letter) -> dict:
    return {
        name: value for name, value in letter._assumptions_orig.items() if name != "commutative"
    }


def _described(letter) -> str:
    words = [name if value else f"not {name}" for name, value in _assumed(letter).items()]
    return ", ".join(words) or "any complex number"


n1 = symbol("n1", "n_1", "source sample size", kind="count", nonnegative=True)
n2 = symbol("n2", "n_2", "target sample size", kind="count", nonnegative=True)
n = symbol("n", "n", "total sample size n_1 + n_2", kind="count", nonnegative=True)
p = symbol("p", "p", "dimension: features per sample", kind="count", positive=True)
gamma = symbol("gamma", r"\gamma", "aspect ratio p/n", positive=True)

sigma_sq = symbol("sigma_sq", r"\sigma^2", "noise variance", default=1, nonnegative=True)
sigma1_sq = symbol("sigma1_sq", r"\sigma_1^2", "noise variance of the source", nonnegative=True)
sigma2_sq = symbol("sigma2_sq", r"\sigma_2^2", "noise variance of the target", nonnegative=True)
theta_sq = symbol(
    "theta_sq", r"\|\theta_2\|^2", "squared norm of the target's coefficients", nonnegative=True
)
delta_sq = symbol(
    "delta_sq", r"\|\delta\|^2", "squared norm of the shift theta_1 - theta_2", nonnegative=True
)
theta1_sq = symbol(
    "theta1_sq", r"\|\theta_1\|^2", "squared norm of the source's coefficients", nonnegative=True
)
inner12 = symbol(
    "inner12",
    r"\langle\theta_1,\theta_2\rangle",
    "inner product of the source's and the target's coefficients",
)
cross = symbol(
    "cross",
    r"\langle\theta_2,\delta\rangle",
    "inner product of the target's coefficients and the shift",
)
snr = symbol(
    "snr", r"\mathrm{SNR}", "signal-to-noise ratio |theta_2|^2 / sigma^2", nonnegative=True
)
ssr = symbol(
    "ssr",
    r"\mathrm{SSR}",
    "shift-to-signal ratio |theta_1 - theta_2|^2 / |theta_2|^2",
    nonnegative=True,
)

mu = symbol(
    "mu",
    r"\mu",
    "absolute ridge penalty: mu |theta|^2 beside the sum of squared residuals",
    positive=True,
)
lam = symbol(
    "lam",
    r"\lambda",
    "ridge penalty on X'X/n: lam |theta|^2 beside the mean of squared residuals",
    positive=True,
)
kappa = symbol(
    "kappa",
    r"\kappa",
    "effective ridge: what the penalty is, seen by the features' covariance",
    positive=True,
)
v = symbol(
    "v",
    "v",
    "companion Stieltjes transform of X'X/n at -lambda, one over the effective ridge",
    positive=True,
)

bias = symbol("bias", "B", "squared bias: signal that the estimator misses", nonnegative=True)
shift = symbol(
    "shift", "S", "what the source's other coefficients add to the risk", nonnegative=True
)
variance = symbol("variance", "V", "what the label noise adds to the risk", nonnegative=True)
risk = symbol(
    "risk", "R", "excess risk E|theta_hat - theta|^2 in the target's norm", nonnegative=True
)

tau = symbol(
    "tau",
    r"\tau",
    "eigenvalue of the features' covariance; the variable that a mean over a law binds",
    kind="eigenvalue",
    nonnegative=True,
)
tau0 = symbol(
    "tau0",
    r"\tau_0",
    "eigenvalue of the target's covariance Sigma_0 along an eigenvector",
    kind="eigenvalue",
    nonnegative=True,
)
tau_omega = symbol(
    "tau_omega",
    r"\tau_\Omega",
    "eigenvalue of the penalty matrix Omega along an eigenvector",
    kind="eigenvalue",
    default=1,
    positive=True,
)
H = symbol("H", "H", "spectral law of the features' covariance", kind="law")
G = symbol("G", "G", "spectral law weighted by the signal", kind="law")


def eigenvalue(k):
    """tau_k, the eigenvalue of sample k's covariance Sigma_k along an eigenvector; tau_0 is the
    target's.
    """
    return (
        tau0
        if k == 0
        else symbol(
            f"tau{k}",
            rf"\tau_{k}",
            f"eigenvalue of the covariance of sample {k} along an eigenvector",
            kind="eigenvalue",
            nonnegative=True,
        )
    )


def coordinate(k):
    """b_k, the coordinate of sample k's coefficients theta_k along an eigenvector; b_0 is that
    of the target's.
    """
    whose = f"sample {k}'s" if k else "the target's"
    return symbol(
        f"b{k}",
        f"b_{k}",
        f"coordinate of {whose} coefficients along an eigenvector",
        kind="coordinate",
    )


def variable_of_law(name: str) -> Symbol:
    """The variable of a law that a name is of: tau, tau0, tau1, ..., tau_omega, b0, b1, ...

    >>> variable_of_law("tau2") == eigenvalue(2), variable_of_law("b0") == coordinate(0)
    (True, True)

    ArgumentError for any other name.
    """
    if name in ("tau", "tau_omega"):
        return tau if name == "tau" else tau_omega
    found = VARIABLE.fullmatch(name)
    if found is None:
        raise ArgumentError(
            f"{name[:40]!r} is no variable of a law; write tau, tau0, tau1, ..., tau_omega, b0, "
            f"b1, ..."
        )
    return (eigenvalue if found[1] == "tau" else coordinate)(int(found[2]))


def numbered(K):
    """1, ..., K, the numbers of K samples; ArgumentError where K is no whole number >= 1."""
    if isinstance(K, bool) or not isinstance(K, int) or K < 1:
        raise ArgumentError(f"the number of samples is a whole number >= 1; not {K!r}")
    return range(1, K + 1)


def size(k):
    """n_k, the size of sample k; of two samples the first is the source and the second the
    target's.
    """
    return {1: n1, 2: n2}.get(k) or symbol(
        f"n{k}", f"n_{k}", f"size of sample {k}", kind="count", nonnegative=True
    )


def noise(k):
    """sigma_k^2, the noise variance of sample k."""
    return {1: sigma1_sq, 2: sigma2_sq}.get(k) or symbol(
        f"sigma{k}_sq", rf"\sigma_{k}^2", f"noise variance of sample {k}", nonnegative=True
    )


def weight(k):
    """w_k, the weight of sample k's squared residuals; 1 where nothing is said."""
    return symbol(
        f"weight{k}",
        f"w_{k}",
        f"weight of the squared residuals of sample {k}",
        default=1,
        positive=True,
    )


w = symbol("w", "w", "weight of the real labels", nonnegative=True)
t = symbol("t", "t", "generation", kind="integer", integer=True, nonnegative=True)
