"""One BLAS thread a process, hypothesis profiles, the mutation test's shard and score; the `slow` marker and its default stand in
pyproject.toml."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from symrisk.catalogue.mutants.shard import Shard
from symrisk.errors import ArgumentError

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# What a test checks is decided, not read from what an earlier run has kept.
os.environ["SYMRISK_CACHE"] = ""
settings.register_profile("dev", deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_addoption(parser):
    parser.addoption("--kept", metavar="FOLDER", help="standing tests: what was decided before and has not changed is read from there")
    parser.addoption("--shard", default="1/1", metavar="K/N", help="of the mutation test, the K-th of N parts")


def pytest_configure(config):
    try:
        Shard.read(config.getoption("--shard"))
    except ArgumentError as error:
        raise pytest.UsageError(str(error)) from None


@pytest.fixture(scope="session")
def shard(pytestconfig):
    """The part of the mutation test that this run takes."""
    return Shard.read(pytestconfig.getoption("--shard"))


@pytest.fixture(scope="session")
def decided(pytestconfig):
    """What standing tests ask of claims and steps: all of it is decided, unless --kept names a folder."""
    # Not at the top: what they load is loaded after the variables above are set.
    from symrisk.catalogue.cache.kept import Kept
    from symrisk.catalogue.checks.decided import Decided

    folder = pytestconfig.getoption("--kept")
    return Decided(Kept(None if folder is None else Path(folder).expanduser()))


def pytest_terminal_summary(terminalreporter):
    """What tests have recorded as their score, a line each."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    lines = [value for report in reports for name, value in report.user_properties if name == "score"]
    if lines:
        terminalreporter.section("mutants killed")
        terminalreporter.line("\n".join(sorted(lines)))
