"""What holds for every theorem, and for the library as a whole: a new theorem gets these tests for nothing."""

import ast
import importlib
import inspect
import pkgutil
import random
import re
import sys
from collections import deque
from fractions import Fraction
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from regenerate_latex import FOLDER, formulas

import symrisk
from symrisk import catalogue
from symrisk.catalogue import check_claim, check_step
from symrisk.catalogue.mutants.shard import spread
from symrisk.decide.methods.refute import points
from symrisk.engine.expressions import tex
from symrisk.errors import DomainError, SymriskError
from symrisk.language.claim import Claim
from symrisk.laws.law import Atoms
from symrisk.paper.labels import LABELS

HERE = Path(__file__).parent
PACKAGE = Path(symrisk.__file__).parent
DERIVATIONS = PACKAGE.parent / "derivations"
ENTRIES = {entry.id: entry for entry in catalogue.entries()}
CLAIMS = {f"{entry.id}: {claim.says}": (entry.id, claim) for entry in ENTRIES.values() for claim in entry.theorem.claims}
FORMULAS = dict(formulas())
UNDECIDED = [line for line in (HERE / "undecided.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
POINTS, TRIES = 25, 4
"""Points of each case, and how many are drawn for each: rounding to doubles puts those on an edge outside."""


@pytest.mark.parametrize("name", CLAIMS)
def test_every_claim_is_proved(name, decided):
    "Or it is listed in undecided.txt, where it is seen; a listed claim that is proved after all leaves the list."
    identifier, claim = CLAIMS[name]
    assert decided.row(ENTRIES[identifier], check_claim, claim).status == ("undecided" if f"{identifier}\t{claim.says}" in UNDECIDED else "proved")


def test_nothing_of_the_catalogue_is_left_out():
    "Every theorem, derivation, erratum and claim that a module binds is checked."
    found = catalogue.survey()
    assert (found.failures, found.left) == ((), ())


def test_the_undecided_exist():
    "The list names claims of the catalogue only."
    assert set(UNDECIDED) <= {f"{identifier}\t{claim.says}" for identifier, claim in CLAIMS.values()}


@pytest.mark.parametrize("identifier", [entry.id for entry in ENTRIES.values() if entry.derivations])
def test_every_derivation_step_holds(identifier, decided):
    "Proved, agreed on exact instances, or cited."
    entry = ENTRIES[identifier]
    steps = [step for derivation in entry.derivations for step in derivation.steps]
    assert {decided.row(entry, check_step, step).status for step in steps} <= set(LABELS)


def over_a_law(formula):
    """The formula over three atoms, exact in doubles, where it is one over any law."""
    draw, variables = random.Random(4), sorted(formula.graph.bound, key=str)
    atoms = {tuple(Fraction(draw.randint(1, 40), 8) * (1 if v.is_nonnegative else draw.choice((1, -1))) for v in variables): weight
             for weight in ("1/2", "1/4", "1/4")}
    laws = {s: Atoms(atoms, of=variables) for s in formula.graph.names if s.kind == "law"}
    return formula.at(laws) if laws else formula


def drawn(formula):
    """(point, value) in every case of a definition by cases: {name: the exact value of a double} and the value to 20 digits."""
    for part in Claim("it is what it is", formula, "==", formula).parts:
        tried = islice(_scattered(part.region), TRIES * POINTS)
        rounded = (_in_doubles(formula, point) for point in tried)
        valued = ((point, exact_value(formula, point)) for point in rounded)
        yield from islice((pair for pair in valued if pair[1] is not None), POINTS)


def _in_doubles(formula, point):
    """The formula's inputs at a point, each rounded to a double: {name: its exact value}."""
    return {s.name: Fraction(float(value)) for s, value in point.items() if s.name in formula.inputs}


def _scattered(region):
    """Points of a region, from its cells in turn; of thousands of cells, from some all over them."""
    space = region.space()
    sources = deque(points(space, cell) for cell in spread(space.cells(), TRIES * POINTS))
    while sources:
        source = sources.popleft()
        point = next(source, None)
        if point is not None:
            yield point
            sources.append(source)


def exact_value(formula, point):
    """The value to 20 digits, or None where rounding a point to doubles has put it outside, or it is an irrational zero."""
    try:
        return Fraction(formula.digits(20, **point))
    except SymriskError:
        return None


def moved(formula, point):
    """The exact value at each neighbour of a point, one input changed in its 15th digit; None where it has none."""
    found, step = [], Fraction(1, 10**15)
    for name, number in point.items():
        if name != "t":
            found += [exact_value(formula, {**point, name: number * (1 + side)}) for side in (step, -step)]
    return found


def parts(formula, point):
    """What the 14th digit of the largest name in the definition is worth: a difference of risks can't do better."""
    values = formula.values(**{name: float(number) for name, number in point.items()})
    return Fraction(max(abs(value) for name, value in values.items() if name in map(str, formula.graph.head.free_symbols))) / 10**14


@pytest.mark.filterwarnings("ignore::symrisk.AccuracyWarning")
@pytest.mark.parametrize("name", FORMULAS)
def test_the_grid_agrees_with_digits(name):
    """At points of the region, drawn in its coordinates: to 1e-12 relative, or to what rounding inputs and parts can do.

    The grid may refuse a point that is inside by less than rounding only.
    """
    formula = over_a_law(FORMULAS[name])
    chosen = list(drawn(formula))
    assert len(chosen) >= POINTS // 2
    for found, (point, value) in zip(on_grid(formula, [point for point, _ in chosen]), chosen, strict=True):
        assert None in moved(formula, point) if found is None else agrees(formula, point, Fraction(found), value), (point, value)


def on_grid(formula, points):
    """The values at points, in one call; one by one where it refuses some, None being what it says of those."""
    try:
        return formula(**{name: np.array([float(point[name]) for point in points]) for name in formula.inputs}).tolist()
    except DomainError:
        return [None] if len(points) == 1 else [value for point in points for value in on_grid(formula, [point])]


def agrees(formula, point, found, value):
    """To 1e-12 relative, or to what changes of the parts in their 14th digit do, or of the inputs in their 15th."""
    apart = abs(found - value)
    return (apart <= abs(value) / 10**12 or apart <= parts(formula, point)
            or apart <= sum(abs(v - value) for v in moved(formula, point) if v is not None))


@pytest.mark.parametrize("name", FORMULAS)
def test_latex_is_as_stored(name):
    "A change of a formula's LaTeX is a diff to be read: python tests/regenerate_latex.py."
    assert FORMULAS[name].latex() + "\n" == (FOLDER / f"{name}.tex").read_text(encoding="utf-8")


def test_no_stored_latex_without_a_formula():
    "Files of formulas that are gone are gone."
    assert {path.stem for path in FOLDER.glob("*.tex")} == set(FORMULAS)


@pytest.mark.parametrize("name", FORMULAS)
def test_latex_shows_every_name(name):
    "Each symbol that the definitions use occurs in its glossary form, and braces and environments balance."
    formula, source = FORMULAS[name], FORMULAS[name].latex()
    used = formula.graph.reached()
    missing = [str(s) for s in {*used[0], *used[1]} if _squeezed(tex.latex(s)) not in _squeezed(source)]
    assert not missing and _is_balanced(source)


def _squeezed(source):
    return re.sub(r"[\s{}]", "", source)


def _is_balanced(source):
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", source):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    pairs = (("\\begin", "\\end"), ("\\left", "\\right"))
    return depth == 0 and all(len(re.findall(f"\\{a}\\b", source)) == len(re.findall(f"\\{b}\\b", source)) for a, b in pairs)


@pytest.mark.parametrize("identifier", ENTRIES)
def test_a_formula_is_named_as_its_variable(identifier):
    "So that an error that says pooled_risk means the pooled_risk of the module."
    module = importlib.import_module(ENTRIES[identifier].module)
    for formula in ENTRIES[identifier].theorem.formulas:
        assert getattr(module, formula.symbol.name) is formula


@pytest.mark.parametrize("identifier", ENTRIES)
def test_a_theorem_says_what_it_is(identifier):
    "Statement, citation with a place, assumptions, and a claim at least."
    theorem = ENTRIES[identifier].theorem
    assert theorem.states and theorem.assumes and theorem.claims and all(cited.key and cited.place for cited in theorem.citations)


@pytest.mark.parametrize("identifier", ENTRIES)
def test_a_claim_is_a_sentence(identifier):
    "Several words, no capital needed, no full stop."
    assert all(len(claim.says.split()) >= 3 and not claim.says.endswith(".") for claim in ENTRIES[identifier].theorem.claims)


def test_every_citation_is_in_the_bibliography():
    "Keys of references.bib."
    keys = set(re.findall(r"@\w+\{\s*([^,\s]+)", (PACKAGE / "paper" / "references.bib").read_text(encoding="utf-8")))
    assert {cited.key for entry in ENTRIES.values() for cited in entry.theorem.citations} <= keys


def test_letters_mean_one_thing():
    "Two symbols of one name in the catalogue are the same symbol, up to the names of formulas."
    letters, titles = {}, {formula.symbol for formula in FORMULAS.values()}
    for name, formula in FORMULAS.items():
        for s in formula.graph.names - titles:
            assert letters.setdefault(s.name, s) == s, (name, s)


LAYERS = [["errors", "symbols"], ["engine"], ["laws"], ["language"], ["decide"], ["derive"], ["simulate"], ["paper"],
          ["equivalents"], ["theorems"], ["derivations"], ["catalogue"], ["show", "plot"], ["cli", "pytest_plugin", "mypy_plugin", "__main__"]]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
LOCAL = ("cli", "pytest_plugin", "__main__")
OPTIONAL = {"numba", "matplotlib", "sklearn", "z3", "dask", "mypy"}
FILES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
SOURCES = {str(path): ast.parse((PACKAGE / path).read_text(encoding="utf-8")) for path in FILES}


def layer(path):
    return Path(path).parts[0].removesuffix(".py")


def imported(tree):
    """(module, line) for every import of symrisk's own, absolute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "symrisk" else [node.module]
            yield from ((name, node.lineno) for name in names)


PUBLIC = {name: f"symrisk.{home}" for home, names in symrisk._HOMES.items() for name in names}


def home_of(module):
    """The layer that an import of symrisk or of a part of it reaches; a public name counts for its home."""
    parts = module.split(".")
    return PUBLIC[parts[1]].split(".")[1] if parts[1] in PUBLIC else parts[1]


@pytest.mark.parametrize("path", [name for name in SOURCES if name != "__init__.py"])
def test_imports_point_one_way(path):
    "Each file imports only what stands left of it, or beside it."
    upward = [f"{path}:{line} imports {module}" for module, line in imported(SOURCES[path])
              if module.startswith("symrisk.") and LEVEL[home_of(module)] > LEVEL[layer(path)]]
    assert not upward


def test_every_file_has_a_layer():
    "A new folder finds its place in the order."
    assert {layer(path) for path in SOURCES} - {"__init__"} <= LEVEL.keys()


def test_the_package_itself_imports_nothing():
    "Names are found when asked for: `symrisk --help` needs neither SymPy nor NumPy."
    modules = [module for module, _ in imported(SOURCES["__init__.py"])]
    assert all(module in ("importlib", "typing") for module in modules)


@pytest.mark.parametrize("path", [name for name in SOURCES if layer(name) not in LOCAL])
def test_no_local_imports(path):
    "Imports stand at the top: inside a function only an optional dependency may be, outside the command line."
    inside = []
    for node in ast.walk(SOURCES[path]):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inside += imported(node)
    assert not [f"{path}:{line} imports {module}" for module, line in inside if module.split(".")[0] not in OPTIONAL]


INSTALLED = {"symrisk", "sympy", "mpmath", "numpy", "flint", "tqdm", "pytest"} | OPTIONAL


@pytest.mark.parametrize("path", [*SOURCES, *map(str, sorted(DERIVATIONS.rglob("*.py")))])
def test_what_is_shipped_imports_what_is_installed(path):
    "Nothing that only a clone has: an installed package runs in any folder."
    tree = SOURCES.get(path) or ast.parse(Path(path).read_text(encoding="utf-8"))
    modules = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    modules += [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {module.split(".")[0] for module in modules} <= INSTALLED | sys.stdlib_module_names


THEOREMS = sorted((PACKAGE / "theorems").rglob("*.py"))
TEXTS = {str(path.relative_to(PACKAGE.parent)): path for path in [*THEOREMS, *sorted(DERIVATIONS.rglob("*.py"))]}
LINES, NODES = 150, 11


def test_theorems_are_read_in_one_sitting():
    "Nine files of ten have 150 lines at most: what is longer says something twice, or is two texts."
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in THEOREMS)
    assert lengths[int(0.9 * len(lengths))] <= LINES


@pytest.mark.parametrize("path", TEXTS)
def test_a_line_does_one_thing(path):
    "At most eleven nodes of syntax a line of code, half as many as a line of a hundred columns can hold."
    text = TEXTS[path].read_text(encoding="utf-8")
    assert nodes_a_line(text) <= NODES


def nodes_a_line(text):
    """Nodes of syntax over lines of code: neither blank, nor a comment, nor of a docstring."""
    tree = ast.parse(text)
    nodes = sum(not isinstance(node, ast.expr_context) for node in ast.walk(tree))
    told = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node):
            told.update(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    lines = [number for number, line in enumerate(text.splitlines(), 1)
             if line.strip() and not line.strip().startswith("#") and number not in told]
    return nodes / max(1, len(lines))


def test_nodes_are_counted_by_the_line():
    "A line that does three things counts for more than three that do one each; words count for nothing."
    opened = "a = 1\nb = a\nc = b\n"
    assert nodes_a_line("a = 1; b = a; c = b") > 2.5 * nodes_a_line(opened)
    assert nodes_a_line(f'"""Told."""\n# why\n{opened}') == pytest.approx(nodes_a_line(opened), abs=1)


MODULES = sorted(info.name for info in pkgutil.walk_packages(symrisk.__path__, "symrisk.")
                 if info.name.split(".")[1] not in ("plot", "__main__", "pytest_plugin"))


def public(module):
    """Functions and classes that a module defines and does not hide."""
    return {name: value for name, value in vars(module).items()
            if not name.startswith("_") and (inspect.isfunction(value) or inspect.isclass(value)) and value.__module__ == module.__name__}


@pytest.mark.parametrize("name", MODULES)
def test_everything_public_is_documented(name):
    "Every module, and every function and class that it defines without an underscore."
    module = importlib.import_module(name)
    bare = [found for found, value in public(module).items() if not _documented(value)]
    assert module.__doc__ and not _unexplained(bare, module)


def _documented(value):
    generated = inspect.isclass(value) and (value.__doc__ or "").startswith(f"{value.__name__}(")
    return bool(value.__doc__) and not generated


def _unexplained(bare, module):
    """Those without a docstring that are longer than four lines: a name can say all there is to say of less."""
    return [found for found in bare if len(inspect.getsource(vars(module)[found]).splitlines()) > 4]


@pytest.mark.parametrize("name", sorted(symrisk.__all__))
def test_public_names_have_an_example(name):
    "Each public noun and verb shows a call and what it gives, in its own docstring or beside it in its module."
    source = inspect.getsource(importlib.import_module(getattr(symrisk, name).__module__))
    assert ">>>" in source
