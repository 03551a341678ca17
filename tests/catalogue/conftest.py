"""What several tests of the catalogue start from."""

import pytest


@pytest.fixture
def caches(tmp_path, monkeypatch):
    """A folder of caches of the test's own."""
    monkeypatch.setenv("SYMRISK_CACHE", str(tmp_path / "caches"))
    return tmp_path / "caches"
