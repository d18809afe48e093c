"""Test of the order of the layers: imports lead inwards only."""

from __future__ import annotations

import ast
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE: Final = "shop"
ROOT: Final = Path(str(resources.files(PACKAGE)))

# From the outside to the inside; layers of one group do not know each other.
LAYERS: Final = (
    ("api",),
    ("services",),
    ("repositories", "integrations", "monitoring"),
    ("schemas",),
    ("models",),
)
# Every layer may import these; they import no layer.
SHARED: Final = ("core",)
# These put the layers together.
WIRING: Final[tuple[str, ...]] = ("api.app", "api.dependencies")

DEPTHS: Final = {name: depth for depth, group in enumerate(LAYERS) for name in group}


def place(module: str) -> str | None:
    """Find the layer or the shared module that a module belongs to.

    Args:
        module: Name of the module, relative to the package.

    Returns:
        The name, or nothing for a module that stands above the layers.
    """
    return next(
        (
            name
            for name in (*DEPTHS, *SHARED)
            if module == name or module.startswith(f"{name}.")
        ),
        None,
    )


def may_import(importer: str, imported: str) -> bool:
    """Apply the rules to an import.

    Args:
        importer: Name of the importing module, relative to the package.
        imported: Name of the imported module, relative to the package.

    Returns:
        Whether the import is allowed.
    """
    origin, target = place(importer), place(imported)
    if origin is None or importer in WIRING or origin == target:
        return True
    if target is None:
        return DEPTHS.get(origin) == 0
    if origin in SHARED or target in SHARED:
        return target in SHARED
    return DEPTHS[origin] < DEPTHS[target]


def imported_modules(importer: str, source: str) -> Iterator[str]:
    """List what a module imports from the package.

    Args:
        importer: Name of the module, relative to the package.
        source: Its text.

    Yields:
        Names of modules, or of what they define, relative to the package.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = [PACKAGE, *importer.split(".")[: -node.level]] if node.level else []
            origin = [*above, node.module] if node.module else above
            names = [".".join([*origin, alias.name]) for alias in node.names]
        else:
            continue
        for name in names:
            if name.startswith(f"{PACKAGE}."):
                yield name.removeprefix(f"{PACKAGE}.")


def all_imports() -> Iterator[tuple[str, str]]:
    """List all imports inside of the package.

    Yields:
        The importing and the imported module, relative to the package.
    """
    for file in sorted(ROOT.rglob("*.py")):
        importer = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for imported in imported_modules(importer, file.read_text("utf-8")):
            yield importer, imported


def test_imports_lead_inwards() -> None:
    """No module imports from a layer beside or outside of its own."""
    imports = list(all_imports())
    assert imports
    offences = [
        f"{importer} imports {imported}"
        for importer, imported in imports
        if not may_import(importer, imported)
    ]
    assert offences == []


OUTERMOST: Final = LAYERS[0][0]
INNERMOST: Final = LAYERS[-1][0]


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        (f"{OUTERMOST}.a", f"{INNERMOST}.b", True),
        (f"{INNERMOST}.a", f"{OUTERMOST}.b", False),
        (f"{INNERMOST}.a", SHARED[0], True),
        (SHARED[0], f"{INNERMOST}.a", False),
        (WIRING[0], f"{OUTERMOST}.a", True),
        ("__main__", f"{OUTERMOST}.a", True),
    ],
)
def test_rules_can_be_broken(importer: str, imported: str, *, allowed: bool) -> None:
    """The rules tell good imports from bad ones.

    Args:
        importer: The importing module.
        imported: The imported module.
        allowed: Whether the import is allowed.
    """
    assert may_import(importer, imported) is allowed


@pytest.mark.parametrize(
    ("statement", "imported"),
    [
        (f"import {PACKAGE}.x.y", "x.y"),
        (f"from {PACKAGE} import x", "x"),
        (f"from {PACKAGE}.x import y", "x.y"),
        ("from . import y", "a.y"),
        ("from ..x import y", "x.y"),
    ],
)
def test_every_form_of_import_is_seen(statement: str, imported: str) -> None:
    """Neither its form nor its place hides an import.

    Args:
        statement: The import.
        imported: What it imports.
    """
    source = f"import sys\n\ndef f():\n    {statement}\n"
    assert list(imported_modules("a.b", source)) == [imported]
