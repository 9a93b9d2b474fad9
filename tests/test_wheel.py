"""A wheel built from the tree works from an empty directory: rules, codebook, shipped data and settings included."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parent.parent
SENTENCE = "近年来，全市共配备专职网格员1.2万余名，业委会组建率从82%上升到87%。"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, built with the installed tools: nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)], cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel is installed into, apart from the checkout."""
    target = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(target)]
    run([*pip, str(wheel)], cwd=target)
    return target


@pytest.fixture
def app(installed: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the installed app, served from an empty directory."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "--port", str(port)]
    env = {**os.environ, "PYTHONPATH": str(installed)}
    log = tmp_path / "log"
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=output, stderr=output, start_new_session=True)
    try:
        assert answers(f"http://localhost:{port}/_stcore/health", server), log.read_text()
        yield f"http://localhost:{port}"
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def answers(url: str, server: subprocess.Popen[bytes], seconds: float = 60) -> bool:
    """Whether the address answers before the server ends or the time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5):
                return True
        except OSError:
            pass
        try:
            server.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            continue
        return False
    return False


def run(command: Sequence[str], cwd: Path, path: Path | None = None, stdin: str = "") -> str:
    """Run a command in a directory, with ``path`` first on the import path; its standard output."""
    env = {**os.environ, "PYTHONPATH": str(path or ""), "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=cwd, env=env, input=stdin, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_wheel_holds_two_packages_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        top = {name.split("/")[0] for name in archive.namelist()}

    assert {name for name in top if not name.endswith(".dist-info")} == {"extract", "dashboard"}
    assert len(top) == 3


@pytest.mark.parametrize(
    ("folder", "inside"), [("extract", "extract"), ("dashboard", "dashboard"), ("data", "extract/_data")]
)
def test_wheel_holds_every_file(wheel: Path, folder: str, inside: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and path.parent.name != "__pycache__"]
    expected = {f"{inside}/{path.relative_to(ROOT / folder).as_posix()}": path.read_bytes() for path in files}

    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}

    assert [name for name, content in expected.items() if held.get(name) != content] == []


def test_extractor_reads_a_sentence(installed: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl"

    run([sys.executable, "-m", "extract", "-", "-o", str(out)], cwd=tmp_path, path=installed, stdin=SENTENCE)

    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(row["value"], row["unit"], row["qualifier"]) for row in rows] == [
        (12000, "名", "over"),
        (82, "%", "exact"),
        (87, "%", "exact"),
    ]


def test_app_finds_its_settings_and_data(installed: Path, tmp_path: Path) -> None:
    code = """
import dashboard, extract, json, tomllib
from importlib.resources import files
from extract.table.shipped import shipped
print(json.dumps({
    "packages": [extract.__file__, dashboard.__file__],
    "settings": tomllib.loads((files("dashboard") / "_streamlit" / "config.toml").read_text(encoding="utf-8")),
    "shipped": [shipped("statistics.csv").is_file(), shipped("codebook", "themes.csv").is_file()],
}))
"""
    found = json.loads(run([sys.executable, "-c", code], cwd=tmp_path, path=installed))

    assert all(Path(package).is_relative_to(installed) for package in found["packages"])
    assert found["settings"]["browser"]["gatherUsageStats"] is False
    assert found["shipped"] == [True, True]


def test_a_store_opens(installed: Path, tmp_path: Path) -> None:
    code = "from dashboard.store import open_store; store = open_store('kept'); print(store.place, store.documents())"

    assert (
        run([sys.executable, "-c", code], cwd=tmp_path, path=installed) == f"{tmp_path / 'kept' / 'workspace.db'} []\n"
    )


def test_app_keeps_its_settings(app: str) -> None:
    # Fonts are served only under server.enableStaticServing, which is off unless the settings have been passed on.
    fonts = sorted((ROOT / "dashboard" / "static").glob("*.woff2"))

    assert fonts
    for font in fonts:
        with urlopen(f"{app}/app/static/{font.name}") as response:
            assert response.read() == font.read_bytes()


@pytest.mark.parametrize("arguments", [["extract", "--help"], ["dashboard", "--help"]], ids=" ".join)
def test_console_script_dispatches(installed: Path, tmp_path: Path, arguments: list[str]) -> None:
    printed = run([sys.executable, str(installed / "bin" / "govmetrics"), *arguments], cwd=tmp_path, path=installed)

    assert "usage: " in printed.lower()
