"""The examples that a reader sees in docstrings run as they stand, imports and all."""

from __future__ import annotations

import ast
import runpy
import textwrap
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("logging_state")

PACKAGE: Final = Path(str(resources.files("shop")))
DOCUMENTED: Final = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Module)
FENCE: Final = "```"


def blocks(docstring: str) -> Iterator[str]:
    """Cut the code out of a docstring.

    Args:
        docstring (str): The text.

    Yields:
        str: The code of each block.
    """
    for block in docstring.split(f"{FENCE}python\n")[1:]:
        yield textwrap.dedent(block.split(FENCE)[0])


def examples() -> Iterator[tuple[str, str]]:
    """List all examples of the package.

    Yields:
        tuple[str, str]: What is shown, and the code.
    """
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, DOCUMENTED):
                name = "module" if isinstance(node, ast.Module) else node.name
                for code in blocks(ast.get_docstring(node) or ""):
                    yield f"{file.stem}-{name}", code


@pytest.mark.parametrize(
    "code", [pytest.param(code, id=name) for name, code in examples()]
)
def test_example_runs_as_it_is_shown(tmp_path: Path, code: str) -> None:
    """Whoever copies an example gets no error.

    Args:
        tmp_path (Path): A folder for the copy.
        code (str): What is shown.
    """
    copy = tmp_path / "example.py"
    copy.write_text(code, "utf-8")
    runpy.run_path(str(copy))
