"""The pages of imported documents, run without a browser: drafts, kept documents, reviews, faults of the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.batch import start_batch
from dashboard.ingest import Draft, to_document
from dashboard.library import judge_rows
from dashboard.link import document_code
from dashboard.revise import judge
from dashboard.store import Store, StoreError, write_workspace
from dashboard.views.importing import submit
from dashboard.wording import load_words

pytestmark = pytest.mark.once
OpenApp = Callable[..., AppTest]


def texts(app: AppTest) -> str:
    """All that the page says in messages."""
    said = (*app.success, *app.warning, *app.error, *app.info)
    return "\n".join(one.value.replace("\\", "") for one in said)


def click(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert not app.exception


def test_an_empty_store_has_nothing_to_review_and_says_where_to_begin(
    open_app: OpenApp, store: Store, table_path: Path
) -> None:
    app = open_app(table_path, "review", lang="en")

    assert not app.exception
    assert "No documents are imported yet" in texts(app)
    click(app, "to_import")
    assert [title.value for title in app.title] == ["Import"]


def test_a_draft_is_kept_with_one_click_and_is_no_draft_any_more(
    open_app: OpenApp, store: Store, draft: Draft, table_path: Path
) -> None:
    app = open_app(table_path, "import", lang="en")
    app.session_state["drafts"] = {draft.checksum: draft}
    app.run()
    assert next(header.value for header in app.header) == "To be kept (1)"

    click(app, "keep")

    assert "Kept: 2026年浙江省政府工作报告." in texts(app)
    assert [document.name for document in store.documents()] == ["浙江"]
    assert [header.value for header in app.header] == ["Kept documents", "Workspace"]


def test_a_draft_that_somebody_else_has_just_kept_stays_and_says_so(
    open_app: OpenApp, store: Store, draft: Draft, table_path: Path
) -> None:
    app = open_app(table_path, "import", lang="en")
    app.session_state["drafts"] = {draft.checksum: draft}
    app.run()
    store.add(to_document(draft, ()), draft.rows)
    click(app, "keep")

    assert "was not kept" in texts(app)
    assert len(store.documents()) == 1


def test_a_draft_put_away_leaves_nothing(open_app: OpenApp, store: Store, draft: Draft, table_path: Path) -> None:
    app = open_app(table_path, "import", lang="zh")
    app.session_state["drafts"] = {draft.checksum: draft}
    app.run()
    click(app, "discard")

    assert (app.session_state["drafts"], store.documents()) == ({}, [])


def test_facts_put_right_before_keeping_change_the_rows(
    open_app: OpenApp, store: Store, draft: Draft, table_path: Path
) -> None:
    app = open_app(table_path, "import", lang="en")
    app.session_state["drafts"] = {draft.checksum: draft}
    app.run()
    title = next(box for box in app.text_input if box.label == "Title")
    region = next(box for box in app.text_input if box.label == "Region")
    title.set_value("报告")
    region.set_value("杭州市")
    next(button for button in app.button if button.label == "Read again with these facts").click().run()
    changed = app.session_state["drafts"][draft.checksum]

    assert (changed.facts.title, changed.facts.region, changed.facts.level) == ("报告", "杭州", "city")
    assert set(changed.rows["region"]) == {"杭州"}


def test_what_became_of_each_file_is_listed_with_what_to_do(open_app: OpenApp, store: Store, table_path: Path) -> None:
    app = open_app(table_path, "import", lang="en")
    batch = start_batch("x", [("a.txt", 0), ("b.pdf", 200 << 20), ("c.txt", 4)])
    batch.stop()
    app.session_state["batch"] = batch
    app.run()

    assert not app.exception
    assert [one.label for one in app.expander] == ["This batch: 3 of 3 files done"]


def test_a_kept_document_stands_on_every_page(open_app: OpenApp, name: str, table_path: Path) -> None:
    for page in ("overview", "compare", "region", "indicator", "source", "data", "import", "review", "about"):
        app = open_app(table_path, page, lang="zh", doc=document_code(name))
        assert not app.exception, page
        assert not app.error, page


def test_a_review_page_says_how_far_it_is_and_begins_with_what_is_flagged(
    open_app: OpenApp, store: Store, name: str, table_path: Path
) -> None:
    rows = judge_rows(store.rows(name), []).rows
    app = open_app(table_path, "review", lang="en")

    assert "0 of 3 reviewed" in str(app.get("progress")[0].proto)
    assert [row["raw"] for row in rows if row["flags"]] == ["数十次"]
    assert any("数十次" in one.value for one in app.markdown)
    store.add_review(name, judge(rows[2], "accepted", "甲"))
    app.run()
    assert "1 of 3 reviewed" in str(app.get("progress")[0].proto)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Section: 一、目标; Status: Target; Basis of the period: inherited; Belongs to: 社工 2.2万名"),
        ("zh", "所属章节：一、目标；状态：目标；时间依据：据本节；从属于：社工 2.2万名"),
    ],
)
def test_a_row_under_review_says_what_it_is(
    lang: str, said: str, open_app: OpenApp, store: Store, draft: Draft, table_path: Path
) -> None:
    rows = draft.rows.assign(section="一、目标", status="target", subject="社工")
    name = store.add(to_document(draft, ()), rows.assign(of_row=[rows["id"][1], None, None])).name
    row = str(rows["id"][0])

    app = open_app(table_path, "review", lang=lang, rd=document_code(name), s=row)

    assert any(said in one.value.replace("\\", "") for one in app.markdown)


def test_a_person_corrects_the_columns_of_version_2(
    open_app: OpenApp, store: Store, draft: Draft, table_path: Path
) -> None:
    name = store.add(to_document(draft, ()), draft.rows.assign(subject=["网格", "社工", None])).name
    first, second, _ = store.rows(name)["id"]
    app = open_app(table_path, "review", lang="zh", rd=document_code(name), s=first)
    app.session_state["reviewer"], app.session_state["revising"] = "甲", "edit"
    app.run()
    assert not app.exception
    boxes, fields = ({one.label: one for one in part} for part in (app.selectbox, app.text_input))
    assert boxes["状态"].options == ["–", "实际", "目标", "规定"]
    assert boxes["汇总方式"].options == ["–", "累计", "平均"]
    assert boxes["时间依据"].options == ["–", "本句所述", "据本节"]
    assert boxes["从属于"].options == ["–", "社工 2.2万名", "数十次"]

    boxes["状态"].select("target")
    boxes["从属于"].select(second)
    fields["比较基准"].input("上年")
    fields["报告方"].input("杭州市")
    next(one for one in app.button if one.label == "保存").click()
    # A browser runs the dialog alone again, which stays open.
    app.session_state["revising"] = "edit"
    app.run()

    assert not app.exception
    (review,) = store.reviews(name)
    assert review.new == {"status": "target", "of_row": second, "relative_to": "上年", "reporter": "杭州"}


def test_a_store_of_a_newer_version_is_named_and_the_shipped_reports_are_shown(
    open_app: OpenApp, store: Store, table_path: Path
) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    app = open_app(table_path, "import", lang="en")

    assert not app.exception
    assert str(store.place) in texts(app)
    overview = open_app(table_path, "overview", lang="en")
    assert not overview.exception
    assert len(overview.title) == 1


def test_a_store_that_is_damaged_while_the_app_runs_is_told_and_no_trace_is_shown(
    open_app: OpenApp, store: Store, name: str, table_path: Path
) -> None:
    app = open_app(table_path, "review", lang="en")
    assert not app.exception
    store.close()
    for file in Path(store.place).parent.glob("workspace.db*"):
        file.write_bytes(b"no database at all, " * 500)
    app.run()

    assert not app.exception
    assert str(store.place) in texts(app)


def test_a_workspace_that_was_cut_off_is_named_as_it_was_dropped_and_told_what_to_do(store: Store, name: str) -> None:
    dropped = write_workspace(store)
    fault = submit(dropped[: len(dropped) // 2], "给同事.zip", store).exception()

    assert isinstance(fault, StoreError)
    assert fault.say(load_words("zh")).startswith("工作区文件 给同事.zip 已损坏或不完整")
    assert "存为文件" in fault.say(load_words("zh"))
