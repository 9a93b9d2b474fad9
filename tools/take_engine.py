"""
Take the page's chart engine out of the archive that npm has of it.

    npm pack plotly.js-basic-dist-min@4.1.1
    python tools/take_engine.py plotly.js-basic-dist-min-4.1.1.tgz

Its bytes are left as they are but for one pair of parentheses around the function that holds them all: browsers take
them as a hint that the function is called at once, and read it in the background instead of twice at the first chart.
"""

from __future__ import annotations

import base64
import hashlib
import sys
import tarfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "dashboard" / "static"
# What the registry says of the version that the locked plotly for Python brings.
INTEGRITY = "1oNF8PeQx2hv/y7tqEVWKD3JGwn/MGEMQ8mL9HUwsaqG9FGy/OU5FHUHvzqbqxN4mnwZGI9abTiE775C4kkjMQ=="
HEAD, TAIL = b"this, () => {", b"return Plotly;\n}));"


def main() -> int:
    """Write the engine and its licence; 1 where the archive is another one."""
    archive = Path(sys.argv[1])
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != INTEGRITY:
        print(f"{archive}: not the archive that INTEGRITY names", file=sys.stderr)
        return 1
    with tarfile.open(archive) as files:
        engine, licence = (
            member.read()
            for name in ("plotly-basic.min.js", "LICENSE")
            if (member := files.extractfile(f"package/{name}"))
        )
    head, _, body = engine.partition(HEAD)
    (TARGET / "plotly-basic.min.js").write_bytes(
        head + b"this, (() => {" + body.removesuffix(TAIL) + b"return Plotly;\n})));"
    )
    (TARGET / "plotly-LICENSE.txt").write_bytes(licence)
    return 0


if __name__ == "__main__":
    sys.exit(main())
