"""A roster from file to archive by the window: dropped or chosen, looked at, written (A6)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton
from sqlalchemy import func, select

from deskapp.db.tables.estate import House
from deskapp.services.desk import Desk
from deskapp.services.residents import roster
from tests.exchange.rosters import HEADINGS, row, table, text, xlsx
from tests.gui.residents.archivist import Archivist

Seat = Callable[..., Archivist]
PAGE = "residents.import"


def houses(desk: Desk) -> int:
    """How many houses the archive has."""
    with desk.reading() as session:
        return session.scalars(select(func.count()).select_from(House)).one()


@pytest.fixture
def head(seat: Seat) -> Archivist:
    """沈岚, who may import."""
    return seat("3001")


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file."""

    def write(data: bytes, name: str = "roster.xlsx") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


GOOD = table(*(row(at, 楼栋="9#") for at in range(1, 6)))
MIXED = table(
    row(1, 楼栋="9#"),
    row(2, 楼栋="9#", 房号=None),
    row(3, 楼栋="9#", 建筑面积="一百平"),
    row(1, 楼栋="9#"),
)


def test_a_dropped_roster_is_looked_at_and_then_written(head: Archivist, file: Callable[..., Path]) -> None:
    before = houses(head.desk)
    assert head.drop(file(xlsx(GOOD)))
    assert head.text(f"{PAGE}.counts") == "读到 5 行：新增 5，更新 0，无变化 0，不收 0，提醒 0"
    assert head.column(f"{PAGE}.changes.rows", 2) == [f"9#1单元{at}01" for at in range(1, 6)]
    assert houses(head.desk) == before
    head.click(f"{PAGE}.write")
    head.until(lambda: "已写入" in head.messages(f"{PAGE}.messages"))
    assert "新增 5 户" in head.messages(f"{PAGE}.messages")
    assert houses(head.desk) == before + 5
    assert not head.shows(f"{PAGE}.write")
    head.click_words("看住户列表")
    head.until(lambda: ["9#1单元", "5"] in head.cells("residents.browse.doors"))


def test_the_same_file_again_changes_nothing_and_says_so(head: Archivist, file: Callable[..., Path]) -> None:
    path = file(xlsx(GOOD))
    head.drop(path)
    head.click(f"{PAGE}.write")
    head.until(lambda: "已写入" in head.messages(f"{PAGE}.messages"))
    head.drop(path)
    assert "无变化 5" in head.text(f"{PAGE}.counts")
    assert "没有要写入的" in head.messages(f"{PAGE}.messages")
    assert not head.shows(f"{PAGE}.write")
    assert not head.shows(f"{PAGE}.good")


def test_what_would_change_is_said_before_it_is_written(head: Archivist, file: Callable[..., Path]) -> None:
    head.drop(file(text([["房号", "业主姓名", "面积"], ["1#1单元101", "王䶮", "120"]], "utf-8"), "small.csv"))
    assert head.cells(f"{PAGE}.changes.rows") == [
        ["2", "更新", "1#1单元101", "王䶮", "建筑面积 118.26 → 120"]
    ]
    assert head.find(f"{PAGE}.write", QPushButton).text() == "写入 1 户"


def test_every_problem_stands_by_its_row_and_only_the_good_rows_are_written(
    head: Archivist, file: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, saved = houses(head.desk), tmp_path / "again"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    head.drop(file(xlsx(MIXED)))
    problems = head.cells(f"{PAGE}.problems.rows")
    assert [each[:3] for each in problems] == [
        ["4", "不收", "房号"],
        ["5", "收，有提醒", "建筑面积"],
        ["6", "不收", "房号"],
    ]
    assert problems[1][3:] == ["一百平", "第 5 行的面积“一百平”读不懂，此项先空着。"]
    assert not head.shows(f"{PAGE}.write")
    head.click(f"{PAGE}.good")
    head.until(lambda: "已写入" in head.messages(f"{PAGE}.messages"))
    assert houses(head.desk) == before + 2
    head.click(f"{PAGE}.save_rejected")
    head.until(lambda: "已存到" in head.messages(f"{PAGE}.messages"))
    page = openpyxl.load_workbook(saved.with_suffix(".xlsx")).active
    assert page is not None
    assert page.max_row == 3


def test_rejected_rows_that_cannot_be_saved_are_said_and_still_there(
    head: Archivist, file: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "no folder" / "again.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(nowhere), ""))
    head.drop(file(xlsx(MIXED)))
    head.click(f"{PAGE}.save_rejected")
    assert "没有存成" in head.messages(f"{PAGE}.messages")
    assert head.shows(f"{PAGE}.save_rejected")


WRONG = [
    (b"", "empty.xlsx", "没有住户"),
    (b"\x89PNG\r\n\x1a\n" + b"0" * 200, "photo.xlsx", "不是表格文件"),
    (xlsx(GOOD)[:3000], "cut.xlsx", "不完整或已损坏"),
    (xlsx([["说明"]]), "letter.xlsx", "这个文件不是名单"),
    (b"PK\x03\x04" + b"0" * 500, "archive.xlsx", "不完整或已损坏"),
]


@pytest.mark.parametrize(("data", "name", "sentence"), WRONG, ids=[each[1] for each in WRONG])
def test_a_file_that_is_no_roster_is_said_in_place(
    head: Archivist, file: Callable[..., Path], data: bytes, name: str, sentence: str
) -> None:
    head.drop(file(data, name))
    assert sentence in head.messages(f"{PAGE}.messages")
    assert head.shows(f"{PAGE}.start.next")
    assert not head.shows(f"{PAGE}.write")


def test_a_file_that_is_gone_is_said(head: Archivist, tmp_path: Path) -> None:
    head.drop(tmp_path / "gone.xlsx")
    assert "打不开" in head.messages(f"{PAGE}.messages")


def test_the_clerk_says_which_column_is_what(head: Archivist, file: Callable[..., Path]) -> None:
    before = houses(head.desk)
    data = text([["宅", "谁", "几平"], ["9#1单元901", "孙九", "88"], ["9#1单元902", "孙十", "99"]], "gb18030")
    head.drop(file(data, "strange.csv"))
    assert "不是名单" in head.messages(f"{PAGE}.messages")
    assert "指明哪一列" in head.text(f"{PAGE}.counts")
    head.choose(f"{PAGE}.column0", "room")
    head.choose(f"{PAGE}.column1", "owners")
    assert not head.shows(f"{PAGE}.messages")
    assert head.column(f"{PAGE}.changes.rows", 2) == ["9#1单元901", "9#1单元902"]
    head.choose(f"{PAGE}.column2", "area")
    head.choose(f"{PAGE}.column2", "")
    assert head.find(f"{PAGE}.column2", QComboBox).currentData() == ""
    head.click(f"{PAGE}.write")
    head.until(lambda: houses(head.desk) == before + 2)


def test_recognised_columns_are_shown_and_one_can_be_left_out(
    head: Archivist, file: Callable[..., Path]
) -> None:
    head.drop(file(xlsx(GOOD)))
    boxes = [head.find(f"{PAGE}.column{at}", QComboBox) for at in range(len(HEADINGS))]
    said = dict(zip(HEADINGS, (box.currentText() for box in boxes), strict=True))
    assert (said["序号"], said["房号"], said["身份证号"]) == ("不用", "房号", "证件号码")
    head.choose(f"{PAGE}.column{HEADINGS.index('联系电话')}", "")
    assert head.panel.importing.controller.preview is not None
    assert "联系电话" not in head.panel.importing.controller.preview.columns


def test_another_sheet_of_the_file_can_be_read(head: Archivist, file: Callable[..., Path]) -> None:
    second = table(row(1, 楼栋="8#"))
    head.drop(file(xlsx(GOOD, sheets={"二批": (second, "visible"), "旧": (second, "hidden")})))
    sheets = head.find(f"{PAGE}.sheet", QComboBox)
    assert [sheets.itemText(at) for at in range(sheets.count())] == ["名单", "二批"]
    assert "旧" in head.text(f"{PAGE}.notes")
    sheets.setCurrentIndex(1)
    sheets.activated.emit(1)
    head.until(lambda: head.column(f"{PAGE}.changes.rows", 2) == ["8#1单元101"])


def test_an_import_that_is_stopped_leaves_nothing(
    head: Archivist, file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = houses(head.desk), roster.apply

    def slow(*args: Any, progress: Any, **kwargs: Any) -> Any:
        head.panel.importing.controller.cancel()
        return real(*args, progress=progress, **kwargs)

    monkeypatch.setattr(roster, "apply", slow)
    head.drop(file(xlsx(GOOD)))
    head.click(f"{PAGE}.write")
    assert "一行都没有写入" in head.messages(f"{PAGE}.messages")
    assert houses(head.desk) == before
    monkeypatch.setattr(roster, "apply", real)
    head.click(f"{PAGE}.write")
    head.until(lambda: houses(head.desk) == before + 5)


def test_a_fault_of_the_program_gives_the_buttons_back(
    head: Archivist, file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, log_watch: Any
) -> None:
    real = roster.apply
    monkeypatch.setattr(roster, "apply", lambda *_args, **_kwargs: 1 / 0)
    log_watch.expect("incident", logger="deskapp.gui.runner")
    head.drop(file(xlsx(GOOD)))
    head.click(f"{PAGE}.write")
    assert head.said[-1][0] == "error"
    monkeypatch.setattr(roster, "apply", real)
    head.click(f"{PAGE}.write")
    head.until(lambda: "已写入" in head.messages(f"{PAGE}.messages"))


def test_cancel_and_esc_let_go_of_the_file(head: Archivist, file: Callable[..., Path]) -> None:
    head.drop(file(xlsx(GOOD)))
    head.click(f"{PAGE}.cancel")
    assert head.shows(f"{PAGE}.start")
    head.drop(file(xlsx(GOOD)))
    head.find(f"{PAGE}.changes.rows").setFocus()
    head.key(Qt.Key.Key_Escape)
    assert head.shows(f"{PAGE}.start")
    head.key(Qt.Key.Key_Escape)
    assert head.shows("residents.browse")


def test_a_file_is_chosen_by_the_button(
    head: Archivist, file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(xlsx(GOOD))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    head.click("residents.browse.import")
    head.click(f"{PAGE}.start.next")
    assert head.text(f"{PAGE}.file") == "roster.xlsx"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    head.click(f"{PAGE}.choose")
    assert head.text(f"{PAGE}.file") == "roster.xlsx"


def test_of_several_files_the_first_is_taken_and_that_is_said(
    head: Archivist, file: Callable[..., Path]
) -> None:
    head.drop(file(xlsx(GOOD), "one.xlsx"), file(xlsx(GOOD), "two.xlsx"))
    assert head.text(f"{PAGE}.file") == "one.xlsx"
    assert head.said == [("info", "一次导入一份，先看“one.xlsx”。")]


def test_a_clerk_is_told_who_may_import(clerk: Archivist, file: Callable[..., Path]) -> None:
    before = houses(clerk.desk)
    clerk.click("residents.browse.import")
    said = clerk.text(f"{PAGE}.start.text")
    assert [word for word in ("导入名单", "主管", "经理") if word not in said] == []
    assert not clerk.shows(f"{PAGE}.start.next")
    assert clerk.drop(file(xlsx(GOOD)))
    assert clerk.text(f"{PAGE}.start.text") == said
    assert not clerk.shows(f"{PAGE}.write")
    assert houses(clerk.desk) == before
