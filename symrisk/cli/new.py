"""symrisk new: a theorem of one's own to start from, with its derivation, simulation and tests."""

import ast
import keyword
import re
import sys
from importlib.util import find_spec
from pathlib import Path

from symrisk.errors import ArgumentError

STARTER = Path(__file__).parent / "starter"
WORD = "shrinkage"
"""The name of the theorem in the files that are copied: it becomes the new one's."""
FILES = {
    f"{WORD}.py": "the theorem: formulas, claims, a simulation",
    f"{WORD}_derivation.py": "where its formulas come from, step by step",
    f"test_{WORD}.py": "numbers of it, and the simulation",
}
SETTINGS = "pytest.ini"
PROJECT = (SETTINGS, "pyproject.toml", "tox.ini", "setup.cfg")
"""Files that a project says pytest's settings in: another pytest.ini would put them aside."""
RULE = (
    "A name is small letters, digits and _, begins with a letter, and is no word of Python and no "
    "module that there is already"
)


def run(args):
    """Write the files, and print what each is and what can be done with them."""
    folder = Path(args.folder)
    name = args.name or folder.resolve().name
    _refuse_name(name, folder, args.name is None)
    is_project = any((folder / file).exists() for file in PROJECT)
    told = FILES if is_project else {**FILES, SETTINGS: "pytest's settings: claims are tests"}
    texts = {folder / file.replace(WORD, name): _text(file, name) for file in told}
    _write(folder, texts)
    for path, what in zip(texts, told.values(), strict=True):
        print(f"{str(path):<{max(map(len, map(str, texts)))}}  {what}")
    print(_next(folder, name, is_project))
    return 0


def _text(file, name):
    """A file of the starter, told of a theorem with this name."""
    text = (STARTER / f"{file}.txt").read_text(encoding="utf-8")
    return re.sub(rf"(?<![A-Za-z0-9]){WORD}(?![A-Za-z0-9])", name, text)


def _refuse_name(name, folder, is_of_folder):
    """ArgumentError for what can't be the name of a module and of what it binds."""
    why = _odd(name, folder)
    if why:
        where = f"; the folder may be called so: symrisk new {folder} --name my_theorem"
        wrong = f"{name!r} can not be a theorem's name: {why}. {RULE}"
        raise ArgumentError(f"{wrong}{where * is_of_folder}")


def _odd(name, folder):
    """Why a name will not do; empty where it will."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        return "it has other letters, or begins with one"
    if keyword.iskeyword(name) or name in ("match", "case", "type"):
        return "it is a word of Python"
    if name.startswith("test_") or name.endswith("_test") or name == "conftest":
        return "pytest takes such a file for tests"
    if name in _bound_in_starter():
        return "the file of the theorem calls something else so"
    if name in sys.stdlib_module_names or _is_installed(name, folder):
        return "there is such a module"
    return ""


def _bound_in_starter():
    """The names that the starter's theorem file uses, its own aside."""
    tree = ast.parse((STARTER / f"{WORD}.py.txt").read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            names.add(node.arg)
    return names - {WORD}


def _is_installed(name, folder):
    """Whether a module or package of this name is found, elsewhere than where it is to be."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return False
    return Path(spec.origin).resolve().parent != folder.resolve()


def _write(folder, texts):
    """Write all files or none; ArgumentError where one is there already."""
    if folder.exists() and not folder.is_dir():
        raise ArgumentError(f"{folder} is a file; symrisk new writes into a folder")
    for path in texts:
        if path.exists():
            raise ArgumentError(f"{path} is there already; nothing was written")
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            with open(path, "x", encoding="utf-8") as stream:
                written.append(path)
                stream.write(text)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        for each in missing:
            if each.is_dir():
                each.rmdir()
        raise


def _next(folder, name, is_project):
    """What to do with the files, as commands."""
    lines = [""]
    if is_project:
        setting = (
            'symrisk_paths = "."' if (folder / "pyproject.toml").exists() else "symrisk_paths = ."
        )
        lines += [
            f"For pytest to check claims and steps as well, add {setting} to its settings.",
            "",
        ]
    if folder.resolve() != Path.cwd():
        lines.append(f"cd {folder}")
    return "\n".join(
        [
            *lines,
            "pytest                      # claims, derivation steps and your own tests",
            "symrisk check .             # a line, and what does not hold",
            f"symrisk show {name} --in .",
            "symrisk eval best_risk --in . n=20 p=40 snr=5 --digits 30",
            f"symrisk simulate {name} --in .",
            "symrisk plot shrunken_risk --in . share=0:1 snr=5 n=20 p=40 --simulate 100",
        ]
    )
