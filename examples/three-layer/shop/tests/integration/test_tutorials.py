"""The tutorials run as they stand."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Final

import pytest

pytestmark = pytest.mark.integration

PAGES: Final = sorted((Path(__file__).parents[2] / "docs" / "tutorials").glob("*.md"))
FENCE: Final = "```"


def code(page: str) -> str:
    """Put the blocks of a page together.

    Args:
        page (str): The text of the page.

    Returns:
        str: Its code.
    """
    blocks = page.split(f"{FENCE}python\n")[1:]
    return "\n".join(block.split(FENCE)[0] for block in blocks)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_tutorial_runs(tmp_path: Path, page: Path) -> None:
    """Whoever follows a tutorial gets no error.

    Args:
        tmp_path (Path): A folder for the code.
        page (Path): The tutorial.
    """
    script = tmp_path / "tutorial.py"
    script.write_text(code(page.read_text("utf-8")), "utf-8")
    runpy.run_path(str(script))


def test_there_is_a_tutorial_for_each_layer() -> None:
    """None of them has been lost."""
    assert {page.stem for page in PAGES} == {"adapters", "domain", "services"}
