from __future__ import annotations

import sys

import pytest

from dashboard.__main__ import govmetrics, read_settings


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["no-such"], 2), (["--help"], 0), (["-h"], 0)])
def test_the_one_command_names_its_parts(
    arguments: list[str], status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["govmetrics", *arguments])

    assert govmetrics() == status
    said = capsys.readouterr()
    assert "extract" in (said.err if status else said.out)


@pytest.mark.parametrize("command", ["dashboard", "extract", "export"])
def test_each_part_explains_itself(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["govmetrics", command, "--help"])

    with pytest.raises(SystemExit) as caught:
        govmetrics()

    assert caught.value.code == 0
    assert "usage" in capsys.readouterr().out


def test_the_settings_are_the_checkout_s() -> None:
    settings = read_settings()

    assert settings["browser.gatherUsageStats"] is False
    assert settings["theme.fontFaces"][0]["url"] == "app/static/governance-sans.woff2"
    assert settings["theme.light.backgroundColor"] == "#ffffff"
