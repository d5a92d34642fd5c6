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
