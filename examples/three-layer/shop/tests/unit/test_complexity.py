"""A bound on how complex a function may be; radon alone reports and always succeeds."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

import pytest
from radon.complexity import cc_rank, cc_visit

PACKAGE: Final = Path(str(resources.files("shop")))
MODULES: Final = sorted(PACKAGE.rglob("*.py"))
GRADES: Final = {"A", "B"}


def too_complex(source: str) -> list[str]:
    """Find what is worse than grade B.

    Args:
        source (str): The text of a module.

    Returns:
        list[str]: Each function and class with its complexity.
    """
    return [
        f"{block.fullname} is {block.complexity}"
        for block in cc_visit(source)
        if cc_rank(block.complexity) not in GRADES
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_nothing_is_too_complex(module: Path) -> None:
    """Every function can be understood at once.

    Args:
        module (Path): A module of the package.
    """
    assert too_complex(module.read_text("utf-8")) == []


def test_what_is_too_complex_is_found() -> None:
    """The bound bites."""
    branches = "\n".join(
        f"    if x == {number}: return {number}" for number in range(10)
    )
    assert too_complex(f"def choose(x):\n{branches}\n") == ["choose is 11"]
