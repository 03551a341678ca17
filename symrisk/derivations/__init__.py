"""Derivations stand at the top of the repository, under derivations/, and are shipped inside the
package.

Either way they are imported from here: symrisk.derivations.<setting>.<name>, the stem of the
theorem they lead to.
"""

from pathlib import Path

_SHIPPED = Path(__file__).parent
_IN_REPOSITORY = _SHIPPED.parent.parent / "derivations"
# An installed package has a folder a setting beside this file; a clone has none.
__path__ = [str(_SHIPPED if any(_SHIPPED.glob("*/__init__.py")) else _IN_REPOSITORY)]
