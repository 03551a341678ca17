"""Complex numbers whose two parts are rational, exactly."""

from dataclasses import dataclass
from typing import Any

from flint import acb, fmpq


@dataclass(frozen=True, slots=True)
class Gaussian:
    """real + imag i, both rational, imag never 0: what is real is a plain `fmpq`.

    >>> square = joined(fmpq(1), fmpq(2)) * joined(fmpq(1), fmpq(2))
    >>> square, joined(fmpq(0), fmpq(1)) ** 2
    (Gaussian(real=-3, imag=4), -1)
    """

    real: fmpq
    imag: fmpq

    def __add__(self, other: Any) -> "Gaussian | fmpq":
        return joined(self.real + real(other), self.imag + imag(other))

    __radd__ = __add__

    def __neg__(self) -> "Gaussian":
        return Gaussian(-self.real, -self.imag)

    def __sub__(self, other: Any) -> "Gaussian | fmpq":
        return joined(self.real - real(other), self.imag - imag(other))

    def __rsub__(self, other: Any) -> "Gaussian | fmpq":
        return -self + other

    def __mul__(self, other: Any) -> "Gaussian | fmpq":
        a, b, c, d = self.real, self.imag, real(other), imag(other)
        return joined(a * c - b * d, a * d + b * c)

    __rmul__ = __mul__

    def inverse(self) -> "Gaussian":
        """1 over it."""
        size = self.real * self.real + self.imag * self.imag
        return Gaussian(self.real / size, -self.imag / size)

    def __truediv__(self, other: Any) -> "Gaussian | fmpq":
        if isinstance(other, Gaussian):
            return self * other.inverse()
        return Gaussian(self.real / other, self.imag / other)

    def __rtruediv__(self, other: Any) -> "Gaussian | fmpq":
        return self.inverse() * other

    def __pow__(self, exponent: int) -> "Gaussian | fmpq":
        result, base = fmpq(1), self
        while exponent:
            if exponent & 1:
                result = base * result
            exponent >>= 1
            base = base * base if exponent else base
        return result

    def bit_length(self) -> int:
        """How many bits its largest part has."""
        return max(bits(self.real), bits(self.imag))

    def as_ball(self) -> acb:
        """The number as a ball, at the precision in force."""
        return acb(self.real, self.imag)


def joined(first: fmpq, second: fmpq) -> Gaussian | fmpq:
    """first + second i: a plain rational where the second is 0."""
    return Gaussian(first, second) if second != 0 else first


def real(number: Any) -> Any:
    """The real part of a rational or Gaussian number."""
    return number.real if isinstance(number, Gaussian) else number


def imag(number: Any) -> Any:
    """The imaginary part of a rational or Gaussian number."""
    return number.imag if isinstance(number, Gaussian) else fmpq(0)


def bits(number: fmpq) -> int:
    """How many bits a rational number is written with."""
    return int(number.p.bit_length() + number.q.bit_length())
