"""Derivations stand at the top of the repository, under derivations/, and are shipped inside the
package.

Either way they are imported from here: symrisk.derivations.<setting>.<name>, the stem of the
theorem they lead to.
"""

import os


def _home():
    """The folder of the settings: an installed package has them beside this file, a clone has
    none there.
    """
    shipped = os.path.dirname(os.path.abspath(__file__))
    for name in os.listdir(shipped):
        if os.path.isfile(os.path.join(shipped, name, "__init__.py")):
            return shipped
    return os.path.join(os.path.dirname(os.path.dirname(shipped)), "derivations")


__path__ = [_home()]
