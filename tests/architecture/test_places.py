"""Hold the list of layers to the tree: a package without a place escapes import-linter."""

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NOT_LAYERED = {"tests", "bench"}


def packages_in(root: Path) -> set[str]:
    """Return the top-level packages of a tree, those that only judge the others left out."""
    return {found.parent.name for found in root.glob("[a-z]*/__init__.py")} - NOT_LAYERED


def placeless(packages: set[str], linter: dict[str, Any]) -> set[str]:
    """Return what stands in no list of layers, or in no list of rooms."""
    contracts = {contract["id"]: contract for contract in linter["contracts"]}
    with_rooms = {
        "config",
        *contracts["rooms"]["containers"],
        *contracts["lower-rooms"]["containers"],
    }
    layers = {name for layer in contracts["apps"]["layers"] for name in layer.split(" | ")}
    placed = set(linter["root_packages"]) & layers & with_rooms
    return packages - placed


def declared() -> dict[str, Any]:
    """Return the import-linter section of pyproject.toml."""
    settings: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return dict(settings["tool"]["importlinter"])


def test_every_package_has_its_layer_and_its_rooms():
    assert placeless(packages_in(ROOT), declared()) == set()


def test_a_planted_package_without_a_place_is_found(tmp_path):
    (tmp_path / "mediation").mkdir()
    (tmp_path / "mediation" / "__init__.py").touch()
    assert placeless(packages_in(tmp_path), declared()) == {"mediation"}


def test_a_package_with_a_layer_but_no_rooms_is_found():
    linter = declared()
    linter["root_packages"] = [*linter["root_packages"], "mediation"]
    linter["contracts"][0]["layers"] = [*linter["contracts"][0]["layers"], "mediation"]
    assert placeless({"mediation"}, linter) == {"mediation"}
