r"""LaTeX documents that compile as they are, with the article class."""

from symrisk.paper import document as paper
from symrisk.paper.prose import prose


def document(found, decided):
    """The document of a theorem (statement, definitions, claims with proofs, errata, notation), of
    a formula or of a derivation; what it says of proofs is what the Decided has.
    """
    if found.formula is not None:
        parts = [_section(found.entry.theorem.title), paper.definition(found.formula)]
    elif found.derivation is not None:
        parts = [_section(found.derivation.title), *_derivation(found.derivation)]
    else:
        return paper.document(found.entry.theorem, decided.verdict)
    return paper.HEAD + "\n\n".join(filter(None, parts)) + paper.TAIL


def _derivation(chain):
    steps = "\n".join(f"\\item {_step(step)}" for step in chain.steps)
    return [prose(chain.start), f"\\begin{{enumerate}}\n{steps}\n\\end{{enumerate}}"]


def _step(step):
    formula = f"\n\\[\n{step.formula}\n\\]" if step.formula else ""
    return f"{prose(step.says)} ({step.label}){formula}"


def _section(title):
    return f"\\section*{{{prose(title)}}}"
