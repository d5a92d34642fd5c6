"""What is no roster (A6): a sentence each, nothing else."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from deskapp.base.errors import Refused
from deskapp.base.i18n import use_language
from deskapp.exchange import sheets
from deskapp.exchange.roster import read_roster
from tests.exchange.rosters import HEADINGS, TODAY, row, table, text, xls, xlsx

GOOD = xlsx(table(row(1), row(2)))
OLD = xls(table(*(row(at) for at in range(1, 60))))


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, kind)
    return out.getvalue()


def package(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "<x/>")
    return out.getvalue()


def stray_cell() -> bytes:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = " "
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WRONG = {
    "empty": (b"", "roster.empty"),
    "blank": (b" \r\n\r\n ", "roster.empty"),
    "no rows": (xlsx(table()), "roster.empty"),
    "an empty sheet": (xlsx([]), "roster.empty"),
    "only a total": (xlsx(table(["合计", None, None, "0户"])), "roster.empty"),
    "png": (picture("PNG"), "roster.not_a_sheet"),
    "jpeg": (picture("JPEG"), "roster.not_a_sheet"),
    "bmp": (picture("BMP"), "roster.not_a_sheet"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "roster.not_a_sheet"),
    "a web page": (b"<html><table><tr><td>1</td></tr></table></html>", "roster.not_a_sheet"),
    "a letter": (package("word/document.xml"), "roster.not_a_sheet"),
    "bytes": (bytes(range(256)) * 40, "roster.not_a_sheet"),
    "an old letter": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4000, "roster.not_a_sheet"),
    "cut off xlsx": (GOOD[: len(GOOD) // 2], "roster.damaged"),
    "only the beginning": (GOOD[:30], "roster.damaged"),
    "a byte changed": (GOOD[:1500] + b"\xff" * 200 + GOOD[1700:], "roster.damaged"),
    "cut off xls": (OLD[: len(OLD) // 2], "roster.damaged"),
    "cut off csv": (text(table(row(1, 备注="强")), "utf-8")[:-3], "roster.damaged"),
    "an open quote": ('房号,业主\n3#1906,"张三\n3#1907,李四\n'.encode(), "roster.damaged"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 900 + "EncryptedPackage".encode("utf-16-le"),
        "roster.password",
    ),
    "a story": ("从前有座山,山里有座庙。\n".encode() * 9, "roster.not_a_roster"),
    "other columns": (xlsx([["姓名", "电话"], ["张三", "19900000001"]]), "roster.not_a_roster"),
    "no owners": (xlsx([["房号", "面积"], ["3#1906", "118"]]), "roster.columns_missing"),
    "a cell far away": (stray_cell(), "roster.too_many_rows"),
    "too large": (b"a" * 30_000_001, "roster.too_large"),
}


@pytest.mark.parametrize("which", WRONG)
def test_every_wrong_file_gets_its_sentence(which: str) -> None:
    data, code = WRONG[which]
    with pytest.raises(Refused) as refused:
        read_roster(data, "名单.xlsx", today=TODAY)
    assert refused.value.code == code
    for language in ("zh_CN", "en"):
        use_language(language)
        assert "{" not in refused.value.sentence()
        assert not refused.value.sentence().startswith("error.")


def test_too_many_rows() -> None:
    cells = text([["房号", "业主"], *([f"{at // 500 + 1}#{at}", "张三"] for at in range(50_001))], "utf-8")
    with pytest.raises(Refused) as refused:
        read_roster(cells, "a.csv", today=TODAY)
    assert refused.value.code == "roster.too_many_rows"


def readable_or_refused(data: bytes) -> None:
    code, rows = "", 0
    try:
        rows = read_roster(data, "a", today=TODAY).rows_read
    except Refused as refused:
        code = refused.code
    assert code.startswith("roster.") or rows >= 1


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    readable_or_refused(data)


@given(st.integers(0, len(GOOD)), st.binary(min_size=1, max_size=40))
def test_a_spoilt_workbook_is_read_or_refused(at: int, noise: bytes) -> None:
    readable_or_refused(GOOD[:at] + noise + GOOD[at + len(noise) :])


@given(st.integers(0, len(OLD) - 1), st.binary(min_size=1, max_size=40))
def test_a_spoilt_old_workbook_is_read_or_refused(at: int, noise: bytes) -> None:
    readable_or_refused(OLD[:at] + noise + OLD[at + len(noise) :])


cells = st.none() | st.text(max_size=20) | st.integers() | st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.lists(cells, max_size=len(HEADINGS)), min_size=1, max_size=4))
def test_any_cells_under_the_headings_are_read_or_refused(rows: list[list[object]]) -> None:
    readable_or_refused(text([HEADINGS, *rows, row(1)], "utf-8-sig"))


def test_a_reader_that_panics_means_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panics(_: object) -> None:
        raise PanicException("range start index out of range")

    monkeypatch.setattr(sheets, "load_workbook", panics)
    with pytest.raises(Refused) as refused:
        read_roster(GOOD, "名单.xlsx", today=TODAY)
    assert refused.value.code == "roster.damaged"


def test_what_is_no_panic_goes_on_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sheets, "load_workbook", stopped)
    with pytest.raises(KeyboardInterrupt):
        read_roster(GOOD, "名单.xlsx", today=TODAY)
