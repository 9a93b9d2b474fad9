"""The page itself, run by Streamlit without a browser: no row, one row, all rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.app import PAGES
from dashboard.export.formats import FORMATS
from dashboard.views.view import plain
from extract.table.record import REVIEWED_NAMES
from extract.table.shipped import shipped
from tests.dashboard.shown import comparisons

MakeRows = Callable[..., pd.DataFrame]
SCRIPT = str(Path(dashboard.__file__).with_name("app.py"))


def bars(app: AppTest) -> list[dict[str, Any]]:
    """The figures of the page."""
    return [comparison["figure"]["figure"] for comparison in comparisons(app)]


def words(app: AppTest) -> str:
    return "\n".join(str(item.value) for item in (*app.markdown, *app.caption, *app.warning, *app.info, *app.error))


def test_a_theme_shows_all_its_statistics(open_app: Callable[..., AppTest], table_path: Path) -> None:
    app = open_app(table_path, lang="zh", t="property")
    table = pd.read_csv(table_path)
    marked = {point[0] for figure in bars(app) for trace in figure["data"] for point in trace["customdata"]}

    assert set(table.loc[table["theme"] == "property", "id"]) == marked - {""}


@pytest.mark.parametrize(("lang", "title"), [("zh", "各地治理统计对比"), ("en", "Governance statistics compared")])
def test_the_language_is_the_link_s(lang: str, title: str, open_app: Callable[..., AppTest], table_path: Path) -> None:
    assert title == open_app(table_path, "overview", lang=lang).title[0].value


@pytest.mark.once
@pytest.mark.parametrize(("form", "drawing"), [("", "hatched"), ("dot", "hollow"), ("line", "point")])
def test_a_table_explains_signs_and_not_how_they_are_drawn(
    form: str, drawing: str, open_app: Callable[..., AppTest], make_rows: MakeRows, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    dated = {"qualifier": "approx", "raw": "约8.5万个"}
    make_rows(
        dated | {"period": "2020年", "period_start": "2020-01-01", "period_end": "2020-12-31"},
        dated | {"period": "2021年", "period_start": "2021-01-01", "period_end": "2021-12-31", "value": 9.0},
    ).to_csv(path, index=False)
    drawn, listed = (
        " ".join(comparisons(open_app(path, lang="en", c=form, w=display))[-1]["foot"]["lines"])
        for display in ("", "table")
    )

    assert drawing in drawn
    assert drawing not in listed
    assert "≈ the text says 'about'." in listed


def test_an_empty_result_offers_the_way_out(open_app: Callable[..., AppTest], table_path: Path) -> None:
    app = open_app(table_path, lang="en", t="grid", r="szx")
    assert "No statistic fits these filters" in app.warning[0].value

    app.button("drop:themes").click().run()

    assert not app.warning
    assert bars(app)


def test_unknown_codes_of_a_link_are_named(open_app: Callable[..., AppTest], table_path: Path) -> None:
    app = open_app(table_path, lang="en", r="zj~atlantis", v="00000000")

    assert "atlantis" in words(app)
    assert "00000000" in words(app)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.once)])
def test_every_page_shows_no_row_one_row_and_all_rows(
    page: str, lang: str, open_app: Callable[..., AppTest], make_rows: MakeRows, tmp_path: Path
) -> None:
    """The one row says least: neither region nor subject nor indicator, and its report is not at hand."""
    one, none = tmp_path / "one.csv", tmp_path / "none.csv"
    nothing = dict.fromkeys(("region", "province", "level", "subject", "indicator", "period"))
    make_rows(nothing).to_csv(one, index=False)
    none.write_text(",".join(REVIEWED_NAMES) + "\n", encoding="utf-8")

    for path in (none, one, shipped("statistics.csv")):
        app = open_app(path, page, lang=lang)

        assert not app.exception, path
        assert app.title, path


def test_a_table_of_one_statistic_is_compared_and_one_of_none_says_so(
    open_app: Callable[..., AppTest], make_rows: MakeRows, tmp_path: Path
) -> None:
    one, none = tmp_path / "one.csv", tmp_path / "none.csv"
    make_rows({"region": None, "province": None, "level": None, "subject": None}).to_csv(one, index=False)
    none.write_text(",".join(REVIEWED_NAMES) + "\n", encoding="utf-8")

    assert len(bars(open_app(one, lang="zh"))) == 1
    assert "没有统计" in words(open_app(none, lang="zh"))


def offer_downloads(app: AppTest, name: str) -> AppTest:
    """The dialog of one comparison, or of all."""
    app.session_state.offered = name
    return app.run()


GRIDS = f"grids_total-count-{'个'.encode().hex()}"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_is_offered_with_the_rows_that_it_holds(
    lang: str, open_app: Callable[..., AppTest], table_path: Path
) -> None:
    app = offer_downloads(open_app(table_path, lang=lang, i="grids_total"), GRIDS)
    labels = [button.proto.label for button in app.get("download_button")]

    assert not app.exception
    assert len(labels) == len(FORMATS)
    assert sum(label.endswith(("：2 行", ", rows: 2")) for label in labels) == 4
    assert not any(button.proto.disabled for button in app.get("download_button"))


@pytest.mark.once
@pytest.mark.parametrize(("count", "is_said"), [(2, False), (40, True)])
def test_the_dialog_says_where_a_picture_can_not_keep_its_shape(
    count: int, is_said: bool, open_app: Callable[..., AppTest], make_rows: MakeRows, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    make_rows(*({"region": f"区{number}", "value": 10.0 + number} for number in range(count))).to_csv(path, index=False)
    app = open_app(path, lang="en", i="grids_total")
    app.session_state.size = "slide"

    assert is_said == ("the picture is higher" in words(offer_downloads(app, GRIDS)))


def test_where_no_picture_can_be_drawn_the_rest_is_offered(
    open_app: Callable[..., AppTest], table_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.views.downloads.find_fault", lambda patience: "the process died")
    app = offer_downloads(open_app(table_path, lang="en", i="grids_total"), GRIDS)
    off = {button.proto.label for button in app.get("download_button") if button.proto.disabled}

    assert off == {"PNG (300 dpi)", "PDF", "Word (figure, table, quotes)"}
    assert "the process died" in words(app)


def test_all_comparisons_of_a_selection_are_made_and_can_be_saved(
    open_app: Callable[..., AppTest], table_path: Path
) -> None:
    app = offer_downloads(open_app(table_path, lang="en", t="grid"), "all")
    (button,) = [button for button in app.button if button.label == "PowerPoint (native chart)"]
    button.click()
    offer_downloads(app, "all")

    assert not app.exception
    assert [button.proto.label[:19] for button in app.get("download_button")] == ["Save the .pptx file"]


def test_broken_data_is_a_message_not_a_trace(open_app: Callable[..., AppTest], tmp_path: Path) -> None:
    app = open_app(tmp_path / "nowhere.csv")

    assert not app.exception
    assert "--data" in app.error[0].value.replace("\\", "")


def test_the_shipped_data_opens(open_app: Callable[..., AppTest]) -> None:
    app = open_app(shipped("statistics.csv"), "overview", lang="zh")

    assert not app.exception
    assert "8 个地区" in words(app)


def test_a_bare_address_in_a_text_is_no_link() -> None:
    """Markdown would make one of it, escaped or not."""
    assert "://" not in plain("https://evil.example").replace("\\", "")
    assert "www." not in plain("www.evil.example").replace("\\", "")
