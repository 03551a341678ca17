"""Derivations stand at the top of the repository, under derivations/, and are shipped inside the package.

Either way they are imported from here: symrisk.derivations.<setting>.<name>, the stem of the theorem they lead to.
"""

from pathlib import Path

_SHIPPED = Path(__file__).parent
_IN_REPOSITORY = _SHIPPED.parent.parent / "derivations"
__path__ = [str(_SHIPPED if (_SHIPPED / "transfer").is_dir() else _IN_REPOSITORY)]
