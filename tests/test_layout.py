"""The shape of the repository: small modules, small functions, no shadowed names, every command documented."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(path for package in ("extract", "dashboard") for path in (ROOT / package).rglob("*.py"))
TARGETS = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
class TestModule:
    def test_is_at_most_400_lines(self, path: Path) -> None:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400

    def test_functions_are_at_most_40_lines_without_their_docstring(self, path: Path) -> None:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

        too_long = {function.name: count_lines(function) for function in functions if count_lines(function) > 40}

        assert too_long == {}


@pytest.mark.parametrize("path", sorted((ROOT / "dashboard").glob("*.py")), ids=lambda path: path.name)
def test_no_module_of_the_app_shadows_the_standard_library(path: Path) -> None:
    """`streamlit run dashboard/app.py` puts dashboard/ itself on the import path."""
    assert path.stem not in sys.stdlib_module_names - {"__init__", "__main__"}


def count_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function from its ``def`` to its end, its docstring left out."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function, clean=False) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def test_modules_are_found() -> None:
    assert {"extract/table/record.py", "dashboard/app.py"} <= {path.relative_to(ROOT).as_posix() for path in MODULES}


EXTRACTOR = [path for path in MODULES if path.is_relative_to(ROOT / "extract")]


@pytest.mark.parametrize("path", EXTRACTOR, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_knowledge_stands_in_rules(path: Path) -> None:
    """Words of Chinese are knowledge: they stand in rules, never in a module."""
    assert chinese_strings(path) == []


def chinese_strings(path: Path) -> list[str]:
    """The strings of a module that hold a Chinese character, its docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
    }
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [node.value for node in strings if id(node) not in docstrings and re.search("[〇㐀-鿿豈-﫿]", node.value)]


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)

    assert phony is not None
    assert sorted(phony[1].split()) == sorted(TARGETS)


def test_make_check_looks_for_browser_and_office_tests_where_they_are() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    looked = re.findall(r"tests/\S+", next(line for line in makefile.splitlines() if line.startswith("WITH_PROGRAMS")))
    marked = [
        path.relative_to(ROOT)
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search(r"pytest\.mark\.(browser|office)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    ]

    assert marked
    assert [path for path in marked if not any(path.is_relative_to(place) for place in looked)] == []


@pytest.mark.parametrize("target", [target for target in TARGETS if target != "help"])
def test_make_target_is_in_the_readme(target: str) -> None:
    assert f"`make {target}`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda path: path.name)
def test_lock_names_no_registry(lock: Path) -> None:
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links", lock.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda path: path.name)
def test_every_locked_version_has_a_hash(lock: Path) -> None:
    pins = re.findall(r"^\S+==\S+.*?(?=^\S|\Z)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)

    assert pins
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
