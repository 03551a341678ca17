"""What K pooled samples of any coefficients cost: their noise, their shifts alone and in pairs."""

from itertools import combinations

from sympy import Expr

from symrisk.symbols import noise, numbered, p, size, theta_sq
from symrisk.theorems.transfer.letters import disagreement, gram, squared_sum


def rows_of(K: int) -> Expr:
    """n, the rows of K samples together."""
    return sum(map(size, numbered(K)))


def noise_of(K: int) -> Expr:
    """The noise variances of K samples, summed over their rows."""
    return sum(size(k) * noise(k) for k in numbered(K))


def alone(K: int) -> Expr:
    """What K samples leak alone, p times."""
    return sum(size(k) * gram(k, k) for k in numbered(K))


def disagreed(K: int) -> Expr:
    """What K samples disagree by, pair by pair, p times."""
    total = 0
    for k, m in combinations(numbered(K), 2):
        total += size(k) * size(m) * disagreement(k, m)
    return total


def risk_in(room: Expr, K: int) -> Expr:
    """Missed signal, and what the samples cost over a room: p - n - 1, or p - n in the limit."""
    missed = (p - rows_of(K)) / p * theta_sq
    amplified = noise_of(K) + disagreed(K) / p
    return missed + alone(K) / p + amplified / room


def leaked(K: int) -> Expr:
    """What the shifts cost: what each row brings in, less the square of what all do together."""
    together = squared_sum({k: size(k) for k in numbered(K)}, gram)
    room = p - rows_of(K) - 1
    return ((p - 1) * alone(K) - together) / (p * room)
