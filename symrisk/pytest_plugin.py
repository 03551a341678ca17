"""pytest --symrisk PATH: every claim, every erratum and every derivation step of the theorems under
PATH is a test.

A project's settings may name the paths instead, `symrisk_paths = theorems`: `pytest` alone is then
enough.  Needs no more than symrisk installed beside pytest.  Asked for nothing, it imports nothing
and does nothing.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

HELP = (
    "check the theorems under PATH (a folder, a file or a dotted module; repeatable): each claim, "
    "erratum and derivation "
    "step is a test.  Typed alone, only these run, and the project's testpaths where it sets any; "
    "typed with other paths, "
    "both run.  In addopts, they are added to a run without paths, and left out of a run of chosen "
    "paths.  A file or a "
    "test id below PATH, typed as well, chooses among them: PATH/room.py::room."
)
LEFT = "symrisk_left"
PATHS_HELP = (
    "folders or files of theorems that every run checks, as --symrisk PATH in addopts would, seen "
    "from the folder of this file"
)
UNDECIDED_HELP = (
    "file of claims that are expected to be undecided, one sentence a line, # comments: these do "
    "not fail"
)
SURVEYS = pytest.StashKey()
SENTENCES = pytest.StashKey()
EXPECTED = pytest.StashKey()
AWAITED = "undecided, as expected"
ORDER = (
    "proved",
    "corrected",
    "exact instances",
    "cited",
    AWAITED,
    "undecided",
    "refuted",
    "error",
)
"""What a claim or a step may come to, as the summary lists it."""
LISTED = "symrisk_listed"
"""The property of a report on what is listed as undecided and was decided."""
STATUS = "symrisk"
"""The property of a report that says what its claim or step came to."""


def pytest_addoption(parser):
    parser.getgroup("symrisk").addoption(
        "--symrisk", action="append", default=[], metavar="PATH", help=HELP
    )
    parser.addini("symrisk_paths", PATHS_HELP, type="paths", default=[])
    parser.addini("symrisk_undecided", UNDECIDED_HELP, type="paths", default=[])


def pytest_configure(config):
    config.stash[SURVEYS], config.stash[SENTENCES] = {}, {}
    config.stash[EXPECTED] = _expected(config)
    if _typed(config) and config.args_source is config.ArgsSource.INVOCATION_DIR:
        config.args = []


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    if (
        isinstance(collector, pytest.Session)
        and report.passed
        and (paths := _paths(collector.config))
    ):
        report.result.append(
            Theorems.from_parent(collector, name="symrisk", nodeid="symrisk", paths=paths)
        )
    return report


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    """A typed file below a --symrisk PATH is one of theorems; and one of tests only where it is
    named so.
    """
    found = yield
    config = parent.config
    above = _above(config, file_path) if file_path in _chosen_files(config) else None
    if above is None:
        return found
    if not any(file_path.match(pattern) for pattern in config.getini("python_files")):
        found = [each for each in found if not isinstance(each, pytest.Module)]
    return [*found, TheoremFile.from_parent(parent, path=file_path, given=above)]


def pytest_terminal_summary(terminalreporter, config):
    """How many claims and steps came to what, and what stands under the paths and is not looked
    at.
    """
    counts, undecided, decided = _counts(terminalreporter)
    if counts:
        from symrisk.paper.labels import counted

        total = sum(counts.values())
        ordered = sorted(counts, key=ORDER.index)
        told = ", ".join(counted(counts[status], status) for status in ordered)
        noun = "claim or step" if total == 1 else "claims and steps"
        terminalreporter.write_line(f"symrisk: {total} {noun}: {told}")
    for name in undecided:
        terminalreporter.write_line(f"symrisk: {AWAITED}: {name}")
    for name, status in decided:
        terminalreporter.write_line(f"symrisk: listed as undecided, but {status}: {name}")
    for sentence in config.stash[SENTENCES]:
        terminalreporter.write_line(f"symrisk: not looked at: {sentence}")


def _counts(terminalreporter):
    """({status: how many}, the tests that were undecided as expected, those that were not)."""
    counts, undecided, decided = Counter(), [], []
    for reports in terminalreporter.stats.values():
        for report in reports:
            told = dict(getattr(report, "user_properties", ()))
            status = told.get(STATUS)
            if status is None or report.when != "call":
                continue
            is_expected = status == "undecided" and report.skipped
            counts[AWAITED if is_expected else status] += 1
            if is_expected:
                undecided.append(report.nodeid)
            if LISTED in told:
                decided.append((report.nodeid, told[LISTED]))
    return counts, sorted(undecided), sorted(decided)


def pytest_sessionfinish(session):
    """A worker of xdist hands what it has to say to the process that prints."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[LEFT] = [*session.config.stash[SENTENCES]]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Take what a worker of xdist had to say."""
    said = (getattr(node, "workeroutput", None) or {}).get(LEFT, ())
    node.config.stash[SENTENCES].update(dict.fromkeys(said))


def _paths(config):
    """What to check in this run as a whole; nothing where typed paths choose among it, or chose
    something else.
    """
    asked = _asked(config)
    if config.args_source is not config.ArgsSource.ARGS:
        return asked
    folders = [
        str(path) for path in _chosen(config) if path.is_dir() and _above(config, path) is not None
    ]
    if folders or any(_above(config, path) is not None for path in _chosen_files(config)):
        return tuple(folders)
    return asked if _typed(config) else ()


def _asked(config):
    """The paths to check: those of --symrisk, or else those of the project's settings."""
    given = config.getoption("symrisk")
    if given:
        return tuple(given)
    start = config.invocation_params.dir
    return tuple(os.path.relpath(path, start) for path in config.getini("symrisk_paths"))


def _typed(config):
    """Whether --symrisk stands on the command line itself, not in addopts."""
    return any(str(word).partition("=")[0] == "--symrisk" for word in config.invocation_params.args)


def _chosen(config):
    """The paths that were typed, of whole folders and files or of tests in them."""
    if config.args_source is not config.ArgsSource.ARGS:
        return []
    start = config.invocation_params.dir
    return [
        Path(os.path.abspath(start / str(word).partition("[")[0].partition("::")[0]))
        for word in config.args
    ]


def _chosen_files(config):
    return [path for path in _chosen(config) if path.suffix == ".py"]


def _above(config, path):
    """The --symrisk PATH that a path stands under, or is; None where it stands under none."""
    for given in _asked(config):
        top = Path(os.path.abspath(config.invocation_params.dir / given))
        if top in (path, *path.parents):
            return given
    return None


def _survey(config, given):
    """The catalogue's survey of one PATH, made once a run; modules may be named as seen from
    where pytest was started.
    """
    made = config.stash[SURVEYS]
    if given not in made:
        made[given] = _surveyed(given)
        config.stash[SENTENCES].update(dict.fromkeys(made[given].left))
    return made[given]


def _surveyed(given):
    from symrisk.catalogue import survey
    from symrisk.errors import SymriskError

    try:
        return survey(given)
    except SymriskError as error:
        raise pytest.Collector.CollectError(str(error)) from error


class Theorems(pytest.Collector):
    """The files under the paths asked for."""

    def __init__(self, paths, **rest):
        super().__init__(**rest)
        self.paths = paths

    def collect(self):
        """Each file that holds a theorem or does not import, once, by whichever path it was
        reached first.
        """
        first = {}
        for given in self.paths:
            found = _survey(self.config, given)
            for file in (
                *(failure.file for failure in found.failures),
                *(entry.place.file for entry in found.entries),
            ):
                first.setdefault(file, given)
        return [self._file(file, given) for file, given in sorted(first.items())]

    def _file(self, file, given):
        """A file of theorems; one outside the root folder is told from its namesakes by the way
        that leads to it.
        """
        root = self.config.rootpath
        named = (
            {} if root in file.parents else {"name": Path(os.path.relpath(file, root)).as_posix()}
        )
        return TheoremFile.from_parent(self, path=file, given=given, **named)


class TheoremFile(pytest.File):
    """A file of theorems, as a survey of the PATH above it sees it."""

    def __init__(self, given, **rest):
        super().__init__(**rest)
        self.given = given

    def collect(self):
        """Its theorems; the failure of its import is the file's own."""
        found = _survey(self.config, self.given)
        for failure in found.failures:
            if failure.file == self.path:
                raise self.CollectError(f"importing the theorems failed:\n{failure.why}")
        own = [entry for entry in found.entries if entry.place.file == self.path]
        return [Checks.from_parent(self, name=entry.name, entry=entry) for entry in own]


class Checks(pytest.Collector):
    """The claims of one theorem, its errata, then the steps of its derivations."""

    def __init__(self, entry, **rest):
        super().__init__(**rest)
        self.entry = entry

    def collect(self):
        from symrisk.catalogue import check_claim, check_erratum, check_step

        for claim in self.entry.theorem.claims:
            yield self._check(claim.says, check_claim, claim)
        for erratum in self.entry.theorem.errata:
            yield self._check(f"erratum: {erratum.says}", check_erratum, erratum)
        for derivation in self.entry.derivations:
            for number, step in enumerate(derivation.steps, 1):
                yield self._check(
                    f"{derivation.title}, step {number}: {step.says}", check_step, step
                )

    def _check(self, name, check, subject):
        return Check.from_parent(self, name=name, check=check, subject=subject, entry=self.entry)


class Check(pytest.Item):
    """One claim, erratum or step: passes when it is proved, corrected, agrees on its exact
    instances, or is cited.
    """

    def __init__(self, check, subject, entry, **rest):
        super().__init__(**rest)
        self.check, self.subject, self.entry = check, subject, entry

    def runtest(self):
        from symrisk.catalogue import PROBLEM, checked

        result = checked(self.check, self.entry, self.subject)
        self.user_properties.append((STATUS, result.status))
        if result.claim in self.config.stash[EXPECTED]:
            if result.status == "undecided":
                pytest.xfail(AWAITED)
            self.user_properties.append((LISTED, result.status))
        if result.status in ("refuted", "undecided", PROBLEM):
            raise NotShown(result)

    def repr_failure(self, excinfo, style=None):
        """Where it is written, the verdict and its witness, or the error; a traceback only for
        what symrisk's plugin did not expect.
        """
        if not isinstance(excinfo.value, NotShown):
            return super().repr_failure(excinfo, style)
        from symrisk.catalogue.checks.failure import failure
        from symrisk.catalogue.discovery.line import line_of

        (result,) = excinfo.value.args
        start = self.config.invocation_params.dir
        return Shown(result.status, failure(result), line_of(self.entry, self.subject), start)

    def reportinfo(self):
        return self.path, None, self.name


def _expected(config):
    """The sentences of the claims that the project expects to be undecided; UsageError for a list
    that can't be read.
    """
    files = config.getini("symrisk_undecided")
    if not files:
        return frozenset()
    from symrisk.catalogue.checks.undecided import expected_undecided
    from symrisk.errors import DataError

    try:
        return frozenset().union(*map(expected_undecided, files))
    except DataError as error:
        raise pytest.UsageError(str(error)) from None


class NotShown(AssertionError):
    """A claim, erratum or step that is refuted, undecided or in error: its Result."""


class Shown:
    """A failure as pytest prints it: the line of the claim, what is wrong, and where that is."""

    def __init__(self, status, lines, line, start):
        self.lines, self.line = lines, line
        self.place = None if line is None else os.path.relpath(line.file, start)
        self.reprcrash = Crash(f"{status}: {' '.join(lines[1:2]).strip() or lines[0]}")
        self.status = status

    @property
    def code(self):
        """The lines of the author's text, the first of them marked, and a blank one."""
        if self.line is None:
            return []
        first, *rest = self.line.text.splitlines()
        return [f">   {first}", *(f"    {line}" for line in rest), ""]

    def toterminal(self, tw):
        """Print it, the line as code, the rest in red."""
        for text in self.code:
            tw.line(text)
        for line in self.lines:
            tw.line(line, red=True, bold=line is self.lines[0])
        if self.line is not None:
            tw.line()
            tw.write(f"{self.place}:{self.line.number}", red=True, bold=True)
            tw.line(f": {self.status}")

    def __str__(self):
        place = [] if self.line is None else ["", f"{self.place}:{self.line.number}: {self.status}"]
        return "\n".join([*self.code, *self.lines, *place])


class Crash:
    """What pytest's short summary says of a failure."""

    def __init__(self, message):
        self.message = message
