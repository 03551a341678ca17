"""Quantities made from others.

By arithmetic, as derivatives, curvatures and limits, with names replaced or given.
"""

from symrisk.language.made.arithmetic import Arithmetic
from symrisk.language.made.at import At
from symrisk.language.made.constant import Constant, operand
from symrisk.language.made.curvature import Curvature
from symrisk.language.made.derivative import Derivative
from symrisk.language.made.given import Given
from symrisk.language.made.limit import Limit
from symrisk.language.made.node import Node
from symrisk.language.made.series import Series

__all__ = [
    "Arithmetic",
    "At",
    "Constant",
    "Curvature",
    "Derivative",
    "Given",
    "Limit",
    "Node",
    "Series",
    "operand",
]
