"""One BLAS thread a process, hypothesis profiles, the mutation score; the `slow` marker and its default stand in pyproject.toml."""

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# What a test checks is decided, not read from what an earlier run has kept.
os.environ["SYMRISK_CACHE"] = ""
settings.register_profile("dev", deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_terminal_summary(terminalreporter):
    """What tests have recorded as their score, a line each."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    lines = [value for report in reports for name, value in report.user_properties if name == "score"]
    if lines:
        terminalreporter.section("mutants killed")
        terminalreporter.line("\n".join(sorted(lines)))
