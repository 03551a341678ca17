"""The oldest versions that pyproject.toml supports, as constraints for pip: python tests/oldest.py > oldest.txt.

pip install --constraint oldest.txt --editable ".[test]" then installs each requirement at its floor; without constraints pip
installs the newest.
"""

import re
import tomllib
from pathlib import Path

FILE = Path(__file__).parent.parent / "pyproject.toml"
FLOOR = re.compile(r"([A-Za-z0-9_.-]+)>=([0-9.]+)(,.*)?")


def floors(extras=("plot", "test")):
    """{package: oldest version} of the requirements and of some extras; ValueError for one without a floor.

    >>> "sympy" in floors()
    True
    """
    project = tomllib.loads(FILE.read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(each for extra in extras for each in project["optional-dependencies"][extra])]
    found = {}
    for requirement in wanted:
        match = FLOOR.fullmatch(requirement)
        if match is None:
            raise ValueError(f"{requirement} has no floor: write name>=version")
        found[match[1]] = match[2]
    return found


if __name__ == "__main__":
    print("\n".join(f"{package}=={version}" for package, version in sorted(floors().items())))
