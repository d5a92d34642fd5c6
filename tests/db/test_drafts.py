"""Drafts outlive the program, are never half written, and a broken one breaks nothing (rule 4)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base.errors import WorldError
from deskapp.db.drafts import Draft, DraftBox


def test_the_newest_draft_of_a_key_is_kept(tmp_path: Path) -> None:
    box = DraftBox(tmp_path / "drafts")
    assert list(box.all()) == []
    box.keep(Draft("movein.1", "3#1906", "2026-12-04T09:00:00+08:00", {"reason": "赵𬱖 <b>"}))
    newer = Draft("movein.1", "3#1906", "2026-12-04T09:00:05+08:00", {"reason": "=1+1"})
    box.keep(newer)
    other = Draft("movein.2", "TC201", "2026-12-04T08:00:00+08:00", {})
    box.keep(other)
    again = DraftBox(tmp_path / "drafts")
    assert again.find("movein.1") == newer
    assert list(again.all()) == [newer, other]
    again.drop("movein.1")
    assert again.find("movein.1") is None


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"key": 1}', b"\xff\xfe"])
def test_a_damaged_draft_is_passed_over(tmp_path: Path, damage: bytes) -> None:
    box = DraftBox(tmp_path)
    box.keep(Draft("a", "t", "2026-12-04T09:00:00+08:00", {}))
    next(tmp_path.glob("*.json")).write_bytes(damage)
    assert box.find("a") is None
    assert list(box.all()) == []
    box.drop("a")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorldError) as told:
        DraftBox(tmp_path / "file" / "drafts").keep(Draft("a", "t", "now", {}))
    assert told.value.code == "drafts.not_kept"


@given(st.text(max_size=200))
def test_any_key_can_be_kept(tmp_path_factory: pytest.TempPathFactory, key: str) -> None:
    if any("\ud800" <= c <= "\udfff" for c in key):
        return
    box = DraftBox(tmp_path_factory.mktemp("drafts"))
    box.keep(Draft(key, "t", "now", {"x": key}))
    assert box.find(key) == Draft(key, "t", "now", {"x": key})


def pictures(folder: Path) -> list[bytes]:
    """The photos that lie beside the drafts."""
    beside = folder / "pictures"
    return sorted(path.read_bytes() for path in beside.iterdir()) if beside.is_dir() else []


def test_photos_are_kept_once_beside_the_draft_and_go_with_the_last_that_holds_them(tmp_path: Path) -> None:
    box = DraftBox(tmp_path)
    one, two = b"\xff\xd8\xff one", b"\xff\xd8\xff two"
    box.keep(Draft("a", "t", "1", {"more": {"photos": [one, two]}}))
    box.keep(Draft("b", "t", "2", {"photos": [one]}))
    assert pictures(tmp_path) == [one, two]
    found = DraftBox(tmp_path).find("a")
    assert found is not None
    assert found.values == {"more": {"photos": [one, two]}}
    box.drop("a")
    assert pictures(tmp_path) == [one]
    box.drop("b")
    assert pictures(tmp_path) == []


def test_a_photo_that_is_gone_takes_nothing_else_along(tmp_path: Path) -> None:
    box = DraftBox(tmp_path)
    box.keep(Draft("a", "t", "1", {"story": "漏水", "photos": [b"\xff\xd8\xff"]}))
    for path in (tmp_path / "pictures").iterdir():
        path.unlink()
    found = box.find("a")
    assert found is not None
    assert found.values == {"story": "漏水", "photos": [None]}


def test_a_name_in_a_draft_leads_to_no_other_file(tmp_path: Path) -> None:
    box = DraftBox(tmp_path / "drafts")
    (tmp_path / "secret").write_bytes(b"secret")
    box.keep(Draft("a", "t", "1", {"photo": {"picture_sha256": "../../secret"}}))
    found = box.find("a")
    assert found is not None
    assert found.values == {"photo": None}
