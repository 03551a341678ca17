"""Methods that take the inputs of their quantity by name, and say so to who asks for them."""

from collections.abc import Callable
from inspect import Signature
from typing import Any, TypeVar

Method = TypeVar("Method", bound=Callable)


class Bound:
    """A method of one quantity: as Python's own, with a signature of its own.

    Python takes the signature of a bound method from its function, which is the same for all
    quantities; Tab would not complete the inputs after ``risk.digits(30, ``.

    >>> import inspect
    >>> from symrisk.theorems.transfer.concept_shift import target_risk
    >>> print(inspect.signature(target_risk.ball))
    (digits=30, /, *, n2, p, snr, sigma_sq=1, total=False, **given)
    """

    def __init__(self, method: "ByName", of: object):
        self.__func__, self.__self__, self._method = method.function, of, method
        self.__name__, self.__doc__ = method.function.__name__, method.function.__doc__

    def __call__(self, /, *args: Any, **values: Any) -> Any:
        return self.__func__(self.__self__, *args, **values)

    @property
    def __signature__(self) -> Signature:
        return self._method.signature(self.__self__)

    def __repr__(self):
        return f"<{self.__name__} of {self.__self__!r}>"

    def __eq__(self, other):
        return isinstance(other, Bound) and self._parts == other._parts

    def __hash__(self):
        return hash(self._parts)

    def __reduce__(self):
        return getattr, (self.__self__, self.__name__)

    @property
    def _parts(self):
        return self.__func__, self.__self__


class ByName:
    """A function of a class that becomes a `Bound` of each of its objects."""

    def __init__(self, function: Callable, signature: Callable):
        self.function, self.signature = function, signature

    def __get__(self, each, owner=None):
        return self.function if each is None else Bound(self, each)


def by_name(signature: Callable[[Any], Signature]) -> Callable[[Method], Method]:
    """Decorates a method: `signature` gives that of an object's own.  Its type stays as it is."""

    def decorated(function):
        return ByName(function, signature)

    return decorated
