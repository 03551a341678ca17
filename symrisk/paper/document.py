r"""A theorem as a LaTeX document: what it states, on which assumptions, and proofs to cite.

It compiles with the article class, amsmath, amssymb, amsthm, graphicx and longtable.
"""

from collections.abc import Callable

from symrisk.decide import prove
from symrisk.decide.displays import displayed
from symrisk.decide.found import proofs
from symrisk.decide.letters import Letters, width
from symrisk.decide.prose import in_words
from symrisk.decide.verdict import Verdict
from symrisk.errors import SymriskError
from symrisk.language.claim import Claim
from symrisk.paper.notation import letters_of, table
from symrisk.paper.prose import escaped, prose
from symrisk.paper.references import references

HEAD = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{amsmath,amssymb,amsthm,graphicx,longtable}
\newtheorem*{statement}{Theorem}
\newtheorem{proposition}{Proposition}
\allowdisplaybreaks
\emergencystretch=3em
\begin{document}
"""
TAIL = "\n\\end{document}\n"
WIDEST = 50
"""What a part of a claim says is left to its number where it is wider."""


def document(theorem, verdict: Callable[[Claim], Verdict] | None = prove) -> str:
    r"""The document of a theorem: statement, definitions, claims with proofs, notation, works.

    verdict: what decides a claim, by default `prove`; None leaves the proofs out.

    >>> from symrisk.theorems.collapse.mixing import mixing
    >>> source = document(mixing)
    >>> source.count(r"\begin{proof}") == source.count(r"\begin{proposition}") == len(mixing.claims)
    True
    """
    return HEAD + body(theorem, verdict) + TAIL


def body(theorem, verdict: Callable[[Claim], Verdict] | None = prove) -> str:
    """The same without the lines around it, to be put into a paper of one's own."""
    parts = [
        f"\\section*{{{prose(theorem.title)}}}",
        _statement(theorem),
        "\\paragraph{Definitions.}" if theorem.formulas else "",
        *map(definition, theorem.formulas),
        *(_claim(claim, verdict) for claim in theorem.claims),
        *map(_erratum, theorem.errata),
        "\\paragraph{Notation.}",
        table(letters_of(theorem)),
        _bibliography(theorem),
    ]
    return "\n\n".join(filter(None, parts))


def _statement(theorem):
    cited = ", ".join(map(_cited, theorem.citations))
    lines = [f"\\begin{{statement}}[{{{cited}}}]", prose(theorem.states)]
    if theorem.assumes:
        items = "\n".join(f"\\item {prose(text)}" for text in theorem.assumes)
        lines.append(f"Assumptions:\n\\begin{{itemize}}\n{items}\n\\end{{itemize}}")
    return "\n".join([*lines, "\\end{statement}"])


def _cited(citation):
    place = f"[{{{prose(citation.place)}}}]" if citation.place else ""
    return f"\\cite{place}{{{citation.key}}}"


def definition(formula) -> str:
    """What a formula is called, where and how exactly it holds, and what it is."""
    meaning = prose(getattr(formula.symbol, "meaning", "") or formula.symbol.name)
    where = formula.on.latex()
    holds = f", for ${where}$" if where else ""
    head = f"\\noindent {meaning} ({prose(formula.accuracy)}{holds}):"
    return f"{head}\n{displayed(formula.latex())}"


def _claim(claim, verdict):
    lines = ["\\begin{proposition}", f"{_sentence(claim.says)}\n{displayed(claim.latex())}"]
    lines.append("\\end{proposition}")
    if verdict is not None:
        lines.append(proof(claim, verdict))
    return "\n".join(lines)


def _sentence(text):
    said = prose(text)
    return f"{said[:1].upper()}{said[1:]}:"


def proof(claim: Claim, verdict: Callable[[Claim], Verdict] = prove) -> str:
    r"""The proof of a claim as an environment; what is not proved is said to be so.

    >>> from symrisk import Region
    >>> from symrisk.symbols import n1, p
    >>> print(proof(Claim("there is room", p - n1, ">", 0, on=Region(n1 < p))))
    \begin{proof}
    Substitute $p = n_1 + s_{p}$ with $s_{p} > 0$ and $n_1 \ge 0$. The larger side minus the smaller is
    \[
    s_{p}
    \]
    <BLANKLINE>
    $s_{p}$ is positive: every coefficient is positive. Hence the difference is positive.
    \end{proof}
    """  # noqa: E501
    try:
        found = verdict(claim)
    except SymriskError as error:
        return f"\\noindent\\emph{{Not decided}}: {escaped(str(error))}."
    if found.status != "proved":
        return f"\\noindent\\emph{{{found.status.capitalize()}}}."
    paragraphs = _paragraphs(claim, found.certificate)
    return "\n".join(["\\begin{proof}", "\n\n".join(paragraphs), "\\end{proof}"])


def _paragraphs(claim, certificate):
    if "parts" not in certificate:
        return in_words(certificate, Letters.of(claim), _proof_of)
    paragraphs = []
    pairs = zip(claim.parts, certificate["parts"], strict=True)
    shown = [pair for pair in pairs if not _says_nothing(pair[1]["certificate"])]
    for number, (part, entry) in enumerate(shown, 1):
        first, *others = in_words(entry["certificate"], Letters.of(part), _proof_of)
        head = _part_head(part, number) if len(shown) > 1 else ""
        paragraphs += [f"{head}{first}", *others]
    return paragraphs or ["Both sides have values all over the region."]


def _part_head(part, number):
    """What a part says, where that fits a line; its number else."""
    relation, where = part.relation.latex(), part.region.latex()
    if max(width(relation), width(where)) > WIDEST:
        return f"\\emph{{Part {number}.}} "
    return f"\\emph{{That ${relation}$" + (f" where ${where}$" if where else "") + ".} "


def _says_nothing(certificate):
    """Whether a part only says that what is compared has a value."""
    return certificate.get("left") == certificate.get("right") == "0"


def _proof_of(certificate):
    return proofs()[certificate["method"]]


def _erratum(erratum):
    return (
        f"\\paragraph{{Erratum}} ({_cited(erratum.where)}): {prose(erratum.says)}. Published, "
        f"{prose(erratum.published.says)}:\n{displayed(erratum.published.latex())}\n"
        f"which fails at ${erratum.at_latex()}$. Right, {prose(erratum.right.says)}:\n"
        f"{displayed(erratum.right.latex())}"
    )


def _bibliography(theorem):
    known = references()
    keys = dict.fromkeys(citation.key for citation in theorem.citations)
    keys.update(dict.fromkeys(erratum.where.key for erratum in theorem.errata))
    items = "\n".join(f"\\bibitem{{{key}}} {escaped(known.get(key, key))}" for key in keys)
    return f"\\begin{{thebibliography}}{{9}}\n{items}\n\\end{{thebibliography}}"
