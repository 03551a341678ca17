"""pytest --symrisk PATH: every claim, every erratum and every derivation step of the theorems under PATH is a test.

Needs no more than symrisk installed beside pytest.  Without --symrisk it imports nothing and does nothing.
"""

import os
import sys
import traceback

import pytest

HELP = ("check the theorems under PATH (a package folder, a file or a dotted module; repeatable): each claim, erratum and "
        "derivation step is a test.  Typed alone, only these run, and the project's testpaths where it sets any; typed with "
        "other paths, both run.  In addopts, they are added to a run without paths, and left out of a run of chosen paths.")


def pytest_addoption(parser):
    parser.getgroup("symrisk").addoption("--symrisk", action="append", default=[], metavar="PATH", help=HELP)


def pytest_configure(config):
    if _typed(config) and config.args_source is config.ArgsSource.INVOCATION_DIR:
        config.args = []


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    if isinstance(collector, pytest.Session) and report.passed and (paths := _paths(collector.config)):
        report.result.append(Theorems.from_parent(collector, name="symrisk", nodeid="symrisk", paths=paths))
    return report


def _paths(config):
    """What to check in this run; nothing where other paths were chosen and --symrisk only stands in addopts."""
    chosen = config.args_source is config.ArgsSource.ARGS and not _typed(config)
    return () if chosen else tuple(config.getoption("symrisk"))


def _typed(config):
    """Whether --symrisk stands on the command line itself, not in addopts."""
    return any(str(word).partition("=")[0] == "--symrisk" for word in config.invocation_params.args)


class Theorems(pytest.Collector):
    """The theorems under the paths asked for."""

    def __init__(self, paths, **rest):
        super().__init__(**rest)
        self.paths = paths

    def collect(self):
        found = self._entries()
        if not found:
            raise self.CollectError(f"no theorem is bound to a name in {', '.join(self.paths)}")
        return [Checks.from_parent(self, name=e.id, nodeid=f"{self.nodeid}::{e.id}", entry=e) for e in found]

    def _entries(self):
        """The catalogue's entries; modules may be named as seen from where pytest was started."""
        started = str(self.config.invocation_params.dir)
        if started not in sys.path:
            sys.path.append(started)
        try:
            from symrisk.catalogue import entries
            return entries(*self.paths)
        except (Exception, SystemExit) as error:
            raise self.CollectError(_told(error)) from error


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
                yield self._check(f"{derivation.title}, step {number}: {step.says}", check_step, step)

    def _check(self, name, check, subject):
        return Check.from_parent(self, name=name, nodeid=f"{self.nodeid}::{name}", check=check, subject=subject, entry=self.entry)


class Check(pytest.Item):
    """One claim, erratum or step: passes when it is proved, corrected, agrees on its exact instances, or is cited."""

    def __init__(self, check, subject, entry, **rest):
        super().__init__(**rest)
        self.check, self.subject, self.entry = check, subject, entry

    def runtest(self):
        result = self.check(self.entry.id, self.subject)
        if result.status in ("refuted", "undecided"):
            raise NotShown(_reason(result))

    def repr_failure(self, excinfo, style=None):
        """The verdict and its witness; a traceback only for what symrisk did not expect."""
        from symrisk.errors import SymriskError
        if isinstance(excinfo.value, (NotShown, SymriskError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self):
        return sys.modules[self.entry.module].__file__, None, self.name


class NotShown(AssertionError):
    """A claim, erratum or step that is refuted or undecided."""


def _reason(result):
    head = f"{result.status}: {result.claim}"
    if result.verdict is None:
        return f"{head}\n  {result.by}"
    witness = ", ".join(f"{name} = {value}" for name, value in sorted(result.verdict.witness.items(), key=str))
    lines = [f"fails at {witness}"] if witness else result.verdict.assumes or ["no method decides it"]
    return "\n".join([head, *(f"  {line}" for line in lines)])


def _told(error):
    """An import's failure, with the frames of the author's files only."""
    own = os.path.dirname(__file__) + os.sep
    frames = traceback.extract_tb(error.__traceback__)
    theirs = [f for f in frames if not f.filename.startswith(own) and "importlib" not in f.filename]
    told = "".join([*traceback.format_list(theirs), *traceback.format_exception_only(error)])
    return f"importing the theorems failed:\n{told}"
