"""The commands: ``python -m dashboard`` serves the app, ``govmetrics`` is the one command of an installed copy."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

DEFAULT_PORT: Final = 8501
STORE_HELP: Final = (
    "where imported documents are kept: a folder or the address of a database (default: GOVMETRICS_STORE, else a folder"
    " of the user's)"
)
USAGE: Final = """usage: govmetrics {extract,dashboard,export} …

  extract    read reports into a tidy table: govmetrics extract --help
  dashboard  compare regions in the browser: govmetrics dashboard --help
  export     write comparisons as pictures, Office files or data: govmetrics export --help
"""


def read_settings() -> dict[str, Any]:
    """Streamlit's settings by dotted name, from the package's own config.toml or the checkout's."""
    package = Path(__file__).resolve().parent
    installed = package / "_streamlit" / "config.toml"
    path = installed if installed.is_file() else package.parent / ".streamlit" / "config.toml"
    return dict(flatten(tomllib.loads(path.read_text(encoding="utf-8"))))


def flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Nested tables as dotted names; a list of tables (fonts) is one value."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def parse(argv: list[str]) -> argparse.Namespace:
    """The command line of ``python -m dashboard``."""
    parser = argparse.ArgumentParser(
        prog="dashboard",
        description="Serve the app that compares the reported statistics of regions.",
        epilog="To write its comparisons as files: python -m dashboard export --help",
    )
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help=f"port to serve on, 1 to 65535 (default: {DEFAULT_PORT})"
    )
    parser.add_argument(
        "--data",
        type=Path,
        metavar="PATH",
        help="a tidy table as python -m extract writes it: CSV, Parquet or a directory of Parquet files"
        " (default: the shipped eight reports)",
    )
    parser.add_argument("--store", metavar="PLACE", help=STORE_HELP)
    arguments = parser.parse_args(argv)
    if not 0 < arguments.port < 65536:
        parser.error(f"--port {arguments.port} is no port; take one from 1 to 65535")
    return arguments


def is_free(port: int) -> bool:
    """Whether a server can listen on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True


def main(argv: list[str] | None = None) -> int:
    """
    Serve the app until it is stopped; or, as ``export``, write files.

    Returns:
        0 after a stop or an export, 2 where the data can't be shown, the port is taken or nothing was written.

    Raises:
        SystemExit:
            A wrong argument (status 2) or --help (0).
    """
    given = sys.argv[1:] if argv is None else argv
    if given[:1] == ["export"]:
        from dashboard.export_cli import main as export

        return export(given[1:])
    arguments = parse(given)
    # Streamlit takes a second to import; --help and wrong arguments need not wait for it.
    from streamlit.web import bootstrap

    from dashboard.load import DATA_VARIABLE, LoadError, check_table, data_path
    from dashboard.store import STORE_VARIABLE
    from dashboard.wording import load_words

    if arguments.data:
        os.environ[DATA_VARIABLE] = str(arguments.data.resolve())
    if arguments.store:
        os.environ[STORE_VARIABLE] = arguments.store
    try:
        check_table(data_path())
    except LoadError as error:
        print(f"dashboard: {error.say(load_words('en'))}", file=sys.stderr)
        return 2
    if not is_free(arguments.port):
        print(f"dashboard: port {arguments.port} is in use; choose another with --port", file=sys.stderr)
        return 2
    settings = read_settings() | {"server.port": arguments.port}
    script = str(Path(__file__).with_name("app.py"))
    bootstrap.load_config_options(settings)
    bootstrap.run(script, False, [], settings)
    return 0


def govmetrics() -> int:
    """The console script: ``govmetrics extract …``, ``dashboard …`` and ``export …``."""
    command, arguments = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    if command == "extract":
        from extract.cli import main as extract

        return extract(arguments)
    if command == "dashboard":
        return main(arguments)
    if command == "export":
        return main(sys.argv[1:])
    is_help = command in ("-h", "--help")
    print(USAGE, end="", file=sys.stdout if is_help else sys.stderr)
    return 0 if is_help else 2


if __name__ == "__main__":
    sys.exit(main())
