"""Documents and dataset in an object store: a real server of its protocol, on this machine."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import fsspec
import pandas as pd
import pytest
from moto.server import ThreadedMotoServer

from extract.corpus.engines import Here, Processes
from extract.corpus.listing import list_documents
from extract.corpus.run import run_corpus
from tests.extract.corpus.conftest import TEXTS, Run, rows_of

pytestmark = pytest.mark.once


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A file system with an empty bucket ``reports``; worker processes find it by their environment."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    settings = {
        "AWS_ACCESS_KEY_ID": "reader",
        "AWS_SECRET_ACCESS_KEY": "reader",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    fs = fsspec.filesystem("s3", skip_instance_cache=True)
    fs.mkdir("reports")
    yield fs
    server.stop()
    fsspec.filesystem("s3").clear_instance_cache()


def test_the_rows_are_the_same_from_and_to_an_object_store(
    run: Run, folder: Path, output: Path, bucket: Any, tmp_path: Path
) -> None:
    (folder / "华东/浙江.toml").write_text("reference_date = 2026-01-20\n")
    run()
    bucket.put(f"{folder}/", "reports/in/", recursive=True)
    with closing(Processes(2)) as engine:
        listing = list_documents(["s3://reports/in"])
        summary = run_corpus(listing, "s3://reports/out/", engine, None, lambda *_: None)

    assert sorted(listing.entries) == sorted(TEXTS)
    assert (summary.new, summary.failures) == (4, [])
    bucket.invalidate_cache()
    bucket.get("reports/out/", f"{tmp_path}/fetched/", recursive=True)
    pd.testing.assert_frame_equal(rows_of(tmp_path / "fetched"), rows_of(output))

    again = run_corpus(list_documents(["s3://reports/in/**"]), "s3://reports/out/", Here(), None, lambda *_: None)
    assert (again.documents, again.new, again.changed) == (4, 0, 0)
