"""What derived answers have in common: a condition, and how a notebook shows them."""

from symrisk.engine.expressions import tex


class Answer:
    """Of what has a `condition`, a `verdict` and `latex()`.

    >>> from symrisk import threshold
    >>> from symrisk.theorems.transfer import concept_shift as shift
    >>> isinstance(threshold(shift.gain, "ssr"), Answer)
    True
    """

    def _condition(self):
        """The condition in words."""
        left, right = map(tex.text, self.condition.expanded)
        return f"{left} {self.condition.rel} {right}"

    def _if_latex(self):
        """The condition behind a formula; nothing where there is none."""
        if self.condition is None:
            return ""
        return f" \\quad\\text{{if }} {self.condition.latex()}"

    def _repr_latex_(self):
        return tex.display(self.latex())

    def _repr_markdown_(self):
        latex = self._repr_latex_()
        status = f", {self.verdict.status}" if self.verdict is not None else ""
        return None if latex is None else f"{latex}{status}"
