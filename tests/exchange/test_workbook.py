"""Workbooks out: text stays text; rejected rows come back readable (A6)."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from deskapp.base.clock import CHINA
from deskapp.base.i18n import use_language
from deskapp.exchange.roster import issue_sentence, note_sentence, read_roster
from deskapp.exchange.workbook import rejected_workbook, write_workbook
from tests.exchange.rosters import HEADINGS, NUMBERS, TODAY, row, table, xlsx

STRANGE = [
    "=1+1",
    "+86",
    "-1",
    "@x",
    "http://a.example",
    "mailto:a@b.example",
    "陈<b>强</b>",
    "赵𬱖",
    "007",
    "_x0041_",
    "a\nb",
]


def sheet_of(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


@pytest.mark.parametrize("text", STRANGE)
def test_text_stays_text(text: str) -> None:
    cell = sheet_of(write_workbook(["姓名"], [[text]]))["A2"]
    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_numbers_days_and_blanks_keep_their_kind() -> None:
    moment = datetime(2026, 12, 4, 9, 30, tzinfo=CHINA)
    page = sheet_of(
        write_workbook(
            ["数", "钱", "日", "时", "空", "是", "号"],
            [[3, Decimal("107000.53"), date(2026, 12, 4), moment, None, True, 10**17]],
            sheet="名[单]:*?/\\" + "长" * 40,
            title="登记册",
        )
    )
    assert page.title == "名单" + "长" * 29
    assert page["A1"].value == "登记册"
    assert [cell.value for cell in page[3]] == [
        3,
        107000.53,
        datetime.fromisoformat("2026-12-04"),
        moment.replace(tzinfo=None),
        None,
        True,
        "1" + "0" * 17,
    ]


def test_the_same_rows_give_the_same_bytes() -> None:
    assert write_workbook(["a"], [["b"]]) == write_workbook(["a"], [["b"]])
    assert sheet_of(write_workbook([], [])).max_row == 1


def test_rejected_rows_come_back() -> None:
    rows = table(row(1), row(2, 房号="待定", 业主姓名="=1+1", 身份证号=NUMBERS[0]), row(3, 房号="101"))
    roster = read_roster(xlsx(rows), "a.xlsx", today=TODAY)
    data = rejected_workbook(roster)
    page = sheet_of(data)
    assert [cell.value for cell in page[1]] == [*HEADINGS, "问题"]
    assert "第 4 行" in page["P2"].value
    assert "第 3 行" in page["P3"].value
    again = read_roster(data, "b.xlsx", today=TODAY)
    assert (again.rows_read, [issue.code for issue in again.rejected]) == (2, ["house_unreadable"])
    assert again.notes == (), "the added column is known"

    book = openpyxl.load_workbook(io.BytesIO(data))
    book.worksheets[0]["D2"] = "201"
    out = io.BytesIO()
    book.save(out)
    mended = read_roster(out.getvalue(), "c.xlsx", today=TODAY)
    assert mended.rejected == ()
    first = mended.rows[0]
    assert (first.owners[0].name, first.owners[0].id_number, first.notified_day) == (
        "=1+1",
        NUMBERS[0],
        date(2026, 12, 4),
    )


def test_a_second_round_does_not_pile_up_columns() -> None:
    for language, heading in (("zh_CN", "问题"), ("en", "Problem")):
        use_language(language)
        first = rejected_workbook(read_roster(xlsx(table(row(1, 房号=None), row(2))), "a.xlsx", today=TODAY))
        rows = [[cell.value for cell in line] for line in sheet_of(first).iter_rows()]
        second = rejected_workbook(read_roster(xlsx([*rows, row(5)]), "a.xlsx", today=TODAY))
        assert [cell.value for cell in sheet_of(second)[1]].count(heading) == 1


def test_every_issue_and_note_has_its_sentence() -> None:
    rows = table(
        row(
            1,
            业主姓名=None,
            身份证号="1234567890123456",
            联系电话="无号",
            建筑面积="?",
            签约日期="?",
            房款情况="?",
        ),
        row(2, 身份证号=4e17),
        row(3, 房号=None),
        row(4, 房号="1#9单元101"),
        row(5, 业主姓名="名" * 61),
        row(6, 房号="101"),
        ["合计"],
    )
    roster = read_roster(
        xlsx([[*line, "x"] if line[0] == "序号" else line for line in rows]), "a.xlsx", today=TODAY
    )
    assert len({issue.code for issue in roster.issues}) >= 9
    for language in ("zh_CN", "en"):
        use_language(language)
        said = [*map(issue_sentence, roster.issues), *map(note_sentence, roster.notes)]
        assert not [text for text in said if text.startswith("roster.") or "{" in text]
        assert all(str(issue.row) in issue_sentence(issue) for issue in roster.issues)
