"""Write the LaTeX of every formula to tests/latex/<id>.tex: `python tests/regenerate_latex.py`. Read the diff before you keep it."""

from pathlib import Path

from symrisk import catalogue

FOLDER = Path(__file__).parent / "latex"


def formulas():
    """(id, formula) for every formula of the catalogue."""
    return [(f"{entry.id}.{formula.symbol.name}", formula) for entry in catalogue.entries() for formula in entry.theorem.formulas]


def main():
    """Rewrite the folder; files of formulas that are gone are removed."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.tex"):
        old.unlink()
    for identifier, formula in formulas():
        (FOLDER / f"{identifier}.tex").write_text(formula.latex() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
