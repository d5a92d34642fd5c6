"""The command line as cli.md promises it: JSON, exit statuses, reasons, no traceback for a bad input."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

HEAD = "房号,业主姓名,身份证号,联系电话,建筑面积,通知办理日期\n"
GOOD = "3#2单元1906,王䶮,,19900000007,118.26,2026-12-04\n3#1单元1906,李㛃,,19900000008,96.3,2026-12-04\n"
TWICE = "3栋2单元1906,邓平,,19900000009,118.26,2026-12-05\n"

Answer = tuple[int, Any, str]


@pytest.fixture
def data(tmp_path: Path, run: Callable[..., Answer]) -> Path:
    """A data folder with an estate of two houses."""
    folder, roster = tmp_path / "data", tmp_path / "名单.csv"
    roster.write_text(HEAD + GOOD, encoding="utf-8")
    assert run("init", "--data", folder)[0] == 0
    assert run("import", roster, "--data", folder)[0] == 0
    return folder


def test_init_makes_a_folder_once(tmp_path: Path, run: Callable[..., Answer]) -> None:
    status, document, _ = run("init", "--data", tmp_path / "new", "--json")
    assert (status, document["households"], document["data"]) == (0, 0, str(tmp_path / "new"))
    status, document, reason = run("--json", "--data", tmp_path / "new", "init")
    assert (status, document["error"]["code"]) == (1, "desk.exists_already")
    assert reason.strip() == document["error"]["message"]


def test_the_sample_estate_has_799_households_and_staff(tmp_path: Path, run: Callable[..., Answer]) -> None:
    assert run("init", "--sample", "--data", tmp_path, "--json")[1]["households"] == 799
    users = run("user", "list", "--data", tmp_path, "--json")[1]["users"]
    assert {user["role"] for user in users} >= {"clerk", "station", "supervisor", "manager", "administrator"}
    assert run("check", "--data", tmp_path, "--json")[:2] == (0, {"problems": []})


def test_a_dry_run_writes_nothing_and_an_import_everything(
    tmp_path: Path, run: Callable[..., Answer]
) -> None:
    roster = tmp_path / "r.csv"
    roster.write_bytes((HEAD + GOOD).encode("gb18030"))
    run("init", "--data", tmp_path)
    expected = {"rows": 2, "accepted": 2, "updated": 0, "unchanged": 0, "rejected": [], "warnings": []}
    for flags, dry, written in ((["--dry-run"], True, False), ([], False, True)):
        status, document, _ = run("import", roster, *flags, "--data", tmp_path, "--json")
        assert status == 0
        assert {name: document[name] for name in expected} == expected
        assert (document["dry_run"], document["written"]) == (dry, written)
        assert document["columns"]["房号"] == "room"
    again = run("import", roster, "--data", tmp_path, "--json")[1]
    assert (again["accepted"], again["unchanged"], again["written"]) == (0, 2, False)


def test_a_rejected_row_stops_the_file_unless_the_good_rows_are_wanted(
    tmp_path: Path, run: Callable[..., Answer]
) -> None:
    roster = tmp_path / "名单.csv"
    roster.write_text(HEAD + GOOD + TWICE, encoding="utf-8")
    run("init", "--data", tmp_path)
    status, document, reason = run("import", roster, "--data", tmp_path, "--json")
    assert (status, document["written"], document["error"]["code"]) == (1, False, "roster.rejected_rows")
    rejected = document["rejected"][0]
    assert (rejected["row"], rejected["code"], rejected["column"]) == (4, "duplicate_house", "房号")
    assert "2" in rejected["message"]
    assert reason
    assert run("find", "王䶮", "--data", tmp_path, "--json")[1]["hits"] == []
    status, document, _ = run("import", roster, "--good-rows", "--data", tmp_path, "--json")
    assert (status, document["accepted"], document["written"]) == (0, 2, True)
    sheet = load_workbook(document["rejected_file"]).active
    assert sheet is not None
    assert "邓平" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_columns_can_be_named_by_hand(tmp_path: Path, run: Callable[..., Answer]) -> None:
    roster = tmp_path / "r.csv"
    roster.write_text("屋,主人家,电话\n3#2单元1906,王䶮,19900000007\n", encoding="utf-8")
    run("init", "--data", tmp_path)
    assert run("import", roster, "--data", tmp_path, "--json")[0] == 1
    mapped = ("--map", "屋=room", "--map", "主人家=owners")
    status, document, _ = run("import", roster, *mapped, "--data", tmp_path, "--json")
    assert (status, document["accepted"]) == (0, 1)
    assert run("import", roster, "--map", "屋", "--data", tmp_path, "--json")[0] == 2
    status, document, _ = run("import", roster, "--map", "屋=nonsense", "--data", tmp_path, "--json")
    assert (status, document["error"]["code"]) == (1, "roster.unknown_field")


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("empty.xlsx", b"", "roster.empty"),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "roster.not_a_sheet"),
        ("cut.xlsx", b"PK\x03\x04 and then nothing", "roster.damaged"),
        ("letter.csv", "您好,附件是通知。\n".encode(), "roster.not_a_roster"),
    ],
)
def test_what_is_no_roster_is_told_in_a_sentence(
    data: Path, tmp_path: Path, run: Callable[..., Answer], name: str, body: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(body)
    status, document, reason = run("import", tmp_path / name, "--data", data, "--json")
    assert (status, document["error"]["code"]) == (1, code)
    assert "Traceback" not in reason


def test_find_and_household_in_every_writing(data: Path, run: Callable[..., Answer]) -> None:
    status, document, _ = run("find", "王䶮", "--data", data, "--json")
    hit = document["hits"][0]
    assert status == 0
    assert {name: hit[name] for name in ("kind", "label", "names", "why")} == {
        "kind": "household",
        "label": "3#2单元1906",
        "names": "王䶮",
        "why": "name",
    }
    assert document["seconds"] >= 0
    assert len(run("find", "1906", "--limit", "1", "--data", data, "--json")[1]["hits"]) == 1
    for written in (
        "3#2单元1906",
        "3栋2单元1906",
        "3-2-1906",
        "3幢 2单元 1906",
        "３＃２单元１９０６",
        "2单元1906",
    ):
        status, view, _ = run("household", written, "--data", data, "--json")
        assert (status, view["label"]) == (0, "3#2单元1906"), written
    assert view["people"][0]["phones"][0]["masked"] == "199****0007"
    assert "19900000007" not in json.dumps(view)
    assert {"people", "papers", "keys", "meters", "charges", "defects", "documents", "timeline"} <= set(view)


def test_an_area_that_nobody_told_is_none_and_not_nought(
    data: Path, tmp_path: Path, run: Callable[..., Answer]
) -> None:
    roster = tmp_path / "names.csv"
    roster.write_text("房号,业主\n77#101,待定\n", encoding="utf-8")
    assert run("import", roster, "--data", data)[0] == 0
    document = run("household", "77#101", "--data", data, "--json")[1]
    assert (document["area"], document["people"]) == (None, [])
    assert "m²" not in run("household", "77#101", "--data", data)[1]


def test_an_ambiguous_label_names_its_candidates_and_guesses_nothing(
    data: Path, run: Callable[..., Answer]
) -> None:
    status, document, _ = run("household", "1906", "--data", data, "--json")
    assert (status, document["error"]["code"]) == (1, "residents.ambiguous_label")
    assert document["error"]["candidates"] == ["3#1单元1906", "3#2单元1906"]
    for nothing in ("9#9999", "", "'; DROP TABLE house; --", "很久以前"):
        status, document, _ = run("household", nothing, "--data", data, "--json")
        assert (status, document["error"]["code"]) == (1, "residents.no_such_label"), nothing


def test_print_issues_and_prints_again_as_a_reprint(
    data: Path, tmp_path: Path, run: Callable[..., Answer]
) -> None:
    out = tmp_path / "day.pdf"
    status, first, _ = run("print", "day-end", "-o", out, "--data", data, "--json")
    assert (status, first["form"], first["reprint"]) == (0, "day-end", False)
    assert re.fullmatch(r"RB-\d{4}-000001", first["number"])
    assert out.read_bytes().startswith(b"%PDF-")
    status, again, _ = run(
        "print", "day-end", "--number", first["number"], "-o", out, "--data", data, "--json"
    )
    assert (again["number"], again["reprint"]) == (first["number"], True)
    assert again["record_sha256"] == first["record_sha256"]
    refusals = {
        ("print", "nonsense"): "print.no_form",
        ("print", "handover", "--household", "3-2-1906"): "print.not_issued",
        ("print", "pass", "--household", "3-2-1906"): "print.no_pass",
        ("print", "pass"): "print.household_needed",
        ("print", "pass", "--number", first["number"]): "print.other_form",
        ("print", "day-end", "--number", "RB-2020-999999"): "document.unknown",
    }
    for arguments, code in refusals.items():
        status, document, _ = run(*arguments, "-o", tmp_path / "none.pdf", "--data", data, "--json")
        assert (status, document["error"]["code"]) == (1, code), arguments
    assert not (tmp_path / "none.pdf").exists()
    status, document, _ = run("print", "day-end", "-o", tmp_path / "no" / "x.pdf", "--data", data, "--json")
    assert (status, document["error"]["code"]) == (3, "print.saved_not_written")


def test_registers_leave_as_workbooks(data: Path, tmp_path: Path, run: Callable[..., Answer]) -> None:
    for register, rows in (("households", 2), ("receipts", 0), ("defects", 0)):
        out = tmp_path / f"{register}.xlsx"
        status, document, _ = run("export", register, "-o", out, "--data", data, "--json")
        assert (status, document["rows"]) == (0, rows)
        sheet = load_workbook(io.BytesIO(out.read_bytes())).active
        assert sheet is not None
        assert sheet.max_row == 1 + rows
    status, document, _ = run("export", "everything", "-o", tmp_path / "x", "--data", data, "--json")
    assert (status, document["error"]["code"]) == (1, "export.no_register")


def test_backup_restore_and_check(data: Path, tmp_path: Path, run: Callable[..., Answer]) -> None:
    status, made, _ = run("backup", "-o", tmp_path / "copy.sqlite3", "--data", data, "--json")
    assert (status, len(made["sha256"])) == (0, 64)
    assert made["rows"] > 10
    database = data / "estate.sqlite3"
    database.write_bytes(b"torn" * 999)
    status, document, _ = run("find", "王䶮", "--data", data, "--json")
    assert (status, document["error"]["code"]) == (3, "db.damaged")
    status, document, _ = run("restore", made["file"], "--data", data, "--json")
    assert (status, document["restored"]) == (0, made["file"])
    assert Path(document["kept"]).read_bytes().startswith(b"torn")
    assert run("find", "王䶮", "--data", data, "--json")[1]["hits"]
    assert run("check", "--data", data, "--json")[:2] == (0, {"problems": []})
    assert run("restore", tmp_path / "nowhere", "--data", data, "--json")[0] == 1


def test_accounts_take_their_secret_from_standard_input(
    data: Path, run: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("4826\n"))
    status, document, _ = run("user", "add", "1001", "林晓", "--role", "clerk", "--data", data, "--json")
    assert (status, document["user"]["number"]) == (0, "1001")
    assert "4826" not in json.dumps(document)
    monkeypatch.setattr(sys, "stdin", io.StringIO("1234\n"))
    status, document, _ = run("user", "add", "1002", "何敏", "--role", "clerk", "--data", data, "--json")
    assert (status, document["error"]["code"]) == (1, "staff.pin_simple")
    assert run("user", "disable", "1001", "--data", data)[0] == 0
    assert run("user", "list", "--data", data, "--json")[1]["users"] == []
    assert len(run("user", "list", "--all", "--data", data, "--json")[1]["users"]) == 1
    assert run("user", "disable", "9999", "--data", data)[0] == 1


def test_forms_and_their_check(tmp_path: Path, run: Callable[..., Answer]) -> None:
    codes = {form["code"] for form in run("forms", "--json", "--data", tmp_path)[1]["forms"]}
    assert {"pass", "handover", "fee-receipt", "day-end"} <= codes
    assert run("forms", "check", "--json", "--data", tmp_path)[:2] == (0, {"problems": []})
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "pass.toml").write_text("title = \nx = 1\n", encoding="utf-8")
    status, document, _ = run("forms", "check", tmp_path / "forms", "--json")
    assert status == 1
    assert document["problems"][0]["line"] == 1
    assert set(document["problems"][0]) == {"file", "line", "key", "message"}
    assert run("forms", "check", tmp_path / "absent", "--json")[1]["error"]["code"] == "data.no_folder"


def test_a_paper_that_cannot_be_written_names_the_number_it_is_kept_under(
    data: Path, tmp_path: Path, run: Callable[..., Answer]
) -> None:
    (tmp_path / "file").write_text("")
    nowhere = tmp_path / "file" / "x.pdf"
    status, document, _ = run("print", "day-end", "-o", nowhere, "--data", data, "--json")
    assert (status, document["error"]["code"]) == (3, "print.saved_not_written")
    number = re.search(r"RB-\d{4}-\d{6}", document["error"]["message"])
    assert number is not None
    again = run("print", "day-end", "--number", number[0], "-o", tmp_path / "x.pdf", "--data", data, "--json")
    assert (again[0], again[1]["reprint"]) == (0, True)


def test_a_file_that_is_no_backup_is_refused(data: Path, tmp_path: Path, run: Callable[..., Answer]) -> None:
    (tmp_path / "x.txt").write_text("not a backup")
    for given in (tmp_path / "x.txt", tmp_path / "nowhere", tmp_path):
        assert run("restore", given, "--data", data)[0] == 1
    assert run("backup", "-o", tmp_path / "x.txt", "--data", data)[0] == 1
    assert run("check", "--data", data)[0] == 0


def test_a_server_holds_the_estate_and_the_folder_the_rest(
    tmp_path: Path, postgres_url: str, run: Callable[..., Answer]
) -> None:
    roster, place = tmp_path / "r.csv", ("--data", tmp_path / "desk", "--database", postgres_url)
    roster.write_text(HEAD + GOOD, encoding="utf-8")
    assert run("init", *place)[0] == 0
    assert run("import", roster, *place, "--json")[1]["accepted"] == 2
    assert [hit["label"] for hit in run("find", "wy", *place, "--json")[1]["hits"]] == ["3#2单元1906"]
    copy = run("backup", *place, "--json")[1]["file"]
    assert Path(copy).parent == tmp_path / "desk" / "backups"
    assert run("restore", copy, *place, "--json")[0] == 0
    assert run("check", *place, "--json")[:2] == (0, {"problems": []})
    assert not (tmp_path / "desk" / "estate.sqlite3").exists()


def test_an_address_that_is_none_or_that_nobody_answers(tmp_path: Path, run: Callable[..., Answer]) -> None:
    for url, code in (("mysql://x/y", "db.bad_address"), ("postgresql://127.0.0.1:1/none", "db.gone")):
        status, document, _ = run("find", "x", "--data", tmp_path, "--database", url, "--json")
        assert (status, document["error"]["code"]) == (3, code)
