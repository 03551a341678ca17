"""The pages of docs/ say what is so: their examples run, their commands answer as shown, their names exist."""

import doctest
import importlib.util
import re
import shlex
from pathlib import Path

import pytest

import symrisk
from symrisk import catalogue
from symrisk.__main__ import main
from symrisk.catalogue.asked.resolve import locate
from symrisk.decide import found

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {str(path.relative_to(DOCS)): path.read_text(encoding="utf-8")
         for folder in (DOCS, *(DOCS / name for name in ("extend", "language", "api"))) for path in sorted(folder.glob("*.md"))}
BLOCK = re.compile(r"^```console\n(.*?)^```", re.S | re.M)
INLINE = re.compile(r"`(symrisk [^`]+)`")
PLACEHOLDER = re.compile(r"\b[A-Z]{2,}\b")
NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?")


def commands(text):
    """(command, lines that are shown of its answer) of a page's console blocks."""
    for block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *shown = part.rstrip("\n").split("\n")
            yield command, shown


COMMANDS = {f"{page}: {command}": (command, shown) for page, text in PAGES.items()
            for command, shown in commands(text) if command.startswith("symrisk")}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_answers_as_shown(name, monkeypatch, capsys):
    "It exits with 0; where an answer is shown, in the same words, numbers to twelve digits."
    command, shown = COMMANDS[name]
    monkeypatch.chdir(DOCS / "examples")
    assert main(shlex.split(command)[1:]) == 0
    answered = capsys.readouterr().out.rstrip("\n").split("\n")
    if shown:
        assert NUMBER.sub("#", "\n".join(answered)) == NUMBER.sub("#", "\n".join(shown))
        numbers = [[float(number) for number in NUMBER.findall("\n".join(lines))] for lines in (answered, shown)]
        assert numbers[0] == pytest.approx(numbers[1], rel=1e-12)


@pytest.mark.parametrize("page", PAGES)
def test_a_command_in_the_text_names_what_exists(page):
    "The theorem or formula of each `symrisk VERB id` is there; capitals stand for the reader's own."
    for command in INLINE.findall(PAGES[page]):
        verb, *words = shlex.split(command)[1:]
        named = [word for word in words if not word.startswith("-") and "=" not in word and not (DOCS / "examples" / word).exists()]
        if verb in ("show", "check", "eval", "simulate", "plot") and named and not PLACEHOLDER.search(command):
            assert locate(named[0], ()).id, command


@pytest.mark.parametrize("page", PAGES)
def test_a_link_to_the_catalogue_leads_somewhere(page):
    "A theorem or one of its formulas."
    listed = catalogue.listed()
    known = set(listed).union(*({f"{name}.{formula}" for formula in theorem.formulas} for name, theorem in listed.items()))
    settings = {name.partition(".")[0] for name in listed}
    asked = re.findall(r"\]\(#([a-z_0-9]+\.[\w.]+)\)", PAGES[page])
    assert {name for name in asked if name.partition(".")[0] in settings} <= known


def test_each_method_of_proof_is_explained():
    "Under its name, to which the verdicts on the theorems' pages lead."
    marks = set(re.findall(r"^\(by-([\w-]+)\)=$", PAGES["verdicts.md"], re.M))
    assert marks == {method.__name__.replace("_", "-") for method in found.methods()} | {"empty-case"}


def test_each_public_name_is_explained_once():
    "On the pages of the API."
    text = "\n".join(text for page, text in PAGES.items() if page.startswith("api/"))
    explained = re.findall(r"^\.\. auto\w+:: symrisk\.(\w+)(?:\(.*\))?$", text, re.M)
    assert sorted(explained) == symrisk.__all__


def extension(name):
    """A module of docs/, which Sphinx alone has on its path."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def from_catalogue():
    return extension("from_catalogue")


@pytest.fixture(scope="module")
def mixing():
    return catalogue.find("collapse.mixing")


def test_a_page_states_no_verdict_that_was_not_decided(from_catalogue, mixing):
    "Where nothing is kept, each claim and each step that is to be proved says so."
    rows = from_catalogue.Known(from_catalogue.Kept(None)).rows(mixing)
    text = from_catalogue.page(mixing, rows, {})
    claims = len(mixing.theorem.claims)
    assert f"{claims}, not decided here. On your machine" in text
    assert "by [" not in text and "are proved" not in text and text.count("(not decided here)") == claims


def test_a_page_states_the_verdicts_that_are_kept(from_catalogue, mixing):
    "By the methods that the page on verdicts explains."
    row = from_catalogue.Result("collapse.mixing", "", "proved", "identity, empty case", 0.1)
    rows = {name: row for name in from_catalogue.Known(from_catalogue.Kept(None)).rows(mixing)}
    text = from_catalogue.page(mixing, rows, {})
    claims = len(mixing.theorem.claims)
    assert f"All {claims} are proved. " in text and "not decided" not in text
    assert text.count("(proved by [identity](#by-identity), [empty case](#by-empty-case))") >= claims


def test_a_page_has_all_that_the_theorem_says(from_catalogue):
    "Every formula with an anchor, every claim, every erratum, every step; errata with their point."
    entry = catalogue.find("transfer.concept_shift")
    text = from_catalogue.page(entry, from_catalogue.Known(from_catalogue.Kept(None)).rows(entry), {})
    theorem, prose, plain = entry.theorem, from_catalogue.prose, from_catalogue.plain
    steps = [step.says for chain in entry.derivations for step in chain.steps]
    said = [*(claim.says for claim in theorem.claims), *(each.says for each in theorem.errata), theorem.states]
    assert [words for words in said if prose(words) not in text] == []
    assert [words for words in steps if plain(words) not in text] == []
    assert [f for f in theorem.formulas if f"({entry.id}.{f.symbol.name})=" not in text or f.latex() not in text] == []
    assert theorem.errata[0].at_latex() in text


def test_the_letters_of_a_table_keep_their_bars(from_catalogue):
    "A bar ends a cell: |theta|^2 is written without one."
    entry = catalogue.find("transfer.concept_shift")
    rows = [line for line in from_catalogue.letters([entry]).split("\n") if line.startswith("| `")]
    assert rows and all(line.replace(r"\|", "").count("|") == 5 for line in rows)
    assert r"{math}`\Vert \theta_2\Vert ^2`" in "\n".join(rows)
    assert r"{math}`\vert \theta_2\vert ^{2} / \sigma^{2}`" in "\n".join(rows)


@pytest.mark.parametrize("name", ["from_catalogue", "from_docstrings"])
def test_the_examples_of_an_extension_run(name):
    "Its docstrings' own."
    found = doctest.testmod(extension(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.attempted >= 4 and found.failed == 0


def test_the_pages_of_this_folder_have_no_leftovers():
    "What a build writes is not kept in the repository."
    ignored = (DOCS.parent / ".gitignore").read_text(encoding="utf-8").split()
    assert {"docs/theorems/", "docs/notebooks/", "build/"} <= set(ignored)
