"""Quantities made from others: by arithmetic, as derivatives and limits, with names replaced or given."""

from symrisk.nodes.arithmetic import Arithmetic
from symrisk.nodes.at import At
from symrisk.nodes.constant import Constant, operand
from symrisk.nodes.curvature import Curvature
from symrisk.nodes.derivative import Derivative
from symrisk.nodes.given import Given
from symrisk.nodes.limit import Limit
from symrisk.nodes.node import Node

__all__ = ["Arithmetic", "At", "Constant", "Curvature", "Derivative", "Given", "Limit", "Node", "operand"]
