"""Lines, fonts, outlines and the QR, below the level of forms."""

from __future__ import annotations

import struct
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.barcode import qrencoder

from deskapp.base import assets
from deskapp.pdf import qr
from deskapp.pdf.outlines import COARSER
from deskapp.pdf.sheet import Sheet
from deskapp.pdf.subset import Subset
from deskapp.pdf.truetype import NotTrueTypeError, TrueType
from deskapp.pdf.typeface import BOLD, FALLBACK, REGULAR, Ink, face, face_for, width_of
from deskapp.pdf.wrap import NOT_FIRST, NOT_LAST, wrapped

CHINESE = st.text(
    st.sampled_from("望湖花园物业服务，。、；（）《》“”！？ABCdef 0123456789.,-\n"), max_size=120
)


# Lines ---------------------------------------------------------------------------------------------------


@given(CHINESE, st.integers(30, 400))
def test_wrapping_loses_and_adds_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width, 10)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(CHINESE, st.integers(30, 400))
def test_no_line_is_wider_than_its_column(text: str, width: int) -> None:
    assert all(width_of(line) * 10 / 1000 <= width + 0.1 for line in wrapped(text, width, 10))


@given(st.text(st.sampled_from("望湖花园物业服务，。、；（）《》"), max_size=80), st.integers(100, 300))
def test_punctuation_keeps_its_place(text: str, width: int) -> None:
    lines = wrapped(text, width, 10)
    for before, after in pairwise(lines):
        fine = after[0] not in NOT_FIRST and before[-1] not in NOT_LAST
        runs = all(
            char in NOT_FIRST | NOT_LAST for char in before[1:]
        )  # nothing but punctuation: no place is right
        assert fine or runs


def test_words_stay_whole_and_chinese_breaks_anywhere() -> None:
    assert wrapped("请找Smith, John O'Neil办理", 60, 10) == ("请找Smith,", "John O'Neil", "办理")
    assert wrapped("望湖花园物业", 30, 10) == ("望湖花", "园物业")
    assert wrapped("望湖花园，物业", 40, 10) == ("望湖花", "园，物业")


def test_what_cannot_stand_on_a_line_is_broken_at_its_end() -> None:
    assert wrapped("x" * 50, 50, 10) == wrapped("x" * 50, 50, 10)
    assert len(wrapped("x" * 50, 50, 10)) > 3
    assert wrapped("", 50, 10) == ("",)
    assert wrapped("一\n\n二", 50, 10) == ("一", "", "二")


# Fonts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("char", "font"), [("王", REGULAR), ("䶮", REGULAR), ("𬱖", REGULAR), ("𠅤", REGULAR), ("㎡", REGULAR)]
)
def test_the_first_font_draws_what_it_can(char: str, font: str) -> None:
    assert face_for(char, bold=False) == font


def test_the_rest_of_the_planes_falls_back_glyph_by_glyph() -> None:
    rare = next(chr(c) for c in range(0x20000, 0x2A6D0) if not face(REGULAR).glyph(c))
    assert face_for(rare, bold=False) == face_for(rare, bold=True) == FALLBACK
    ink = Ink({False: "", True: ""})
    assert [run.font for run in ink.runs(f"王{rare}王", bold=True)] == [BOLD, FALLBACK, BOLD]
    assert ink.missing == {}


def test_a_character_without_font_is_a_box_with_its_number() -> None:
    ink = Ink({False: "", True: ""})
    (run,) = ink.runs("\U0001f600", bold=False)
    assert (run.font, run.codes) == (None, "1F600")
    sheet = Sheet(100, 100, ink)
    sheet.text(10, 50, "\U0001f600", 10)
    assert any(" re" in op for op in sheet.ops)
    assert list(ink.missing) == [0x1F600]


def test_wording_gets_its_codes_first_whatever_the_record_says() -> None:
    one, other = (Ink({False: "房号业主", True: ""}) for _ in range(2))
    one.runs("赵业主", bold=False)
    other.runs("孙房号", bold=False)
    wording = {char: code for char, code in one.subsets[REGULAR].codes.items() if char in "房号业主"}
    assert wording == {"房": 1, "号": 2, "业": 3, "主": 4}
    assert other.subsets[REGULAR].codes["孙"] == one.subsets[REGULAR].codes["赵"] == 5


@pytest.mark.parametrize("name", [REGULAR, BOLD, FALLBACK])
def test_a_subset_is_a_sound_font_file(name: str) -> None:
    rare = "𠀀𠀁" if name == FALLBACK else "房é王"
    subset = Subset(face(name), "" if name == FALLBACK else "号业")
    for char in rare:
        subset.code(char, face(name).glyph(ord(char)))
    made = subset.embedded()
    font = zlib.decompress(made.file)
    assert len(font) == made.length
    tables = {}
    for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16):
        tag, checksum, offset, length = struct.unpack_from(">4sIII", font, at)
        tables[tag] = font[offset : offset + length]
        if tag != b"head":  # its checksum counts the adjustment as nought
            assert checksum == summed(tables[tag]), tag
    assert summed(font) == 0xB1B0AFBA
    count = struct.unpack_from(">H", tables[b"maxp"], 4)[0]
    assert count == len(subset.codes) + 1
    loca = struct.unpack(f">{count + 1}I", tables[b"loca"])
    assert loca[-1] == len(tables[b"glyf"])
    assert len(tables[b"hmtx"]) == 4 * count
    for code in subset.codes.values():
        glyph = tables[b"glyf"][loca[code] : loca[code + 1]]
        assert struct.unpack_from(">h", glyph)[0] > 0  # composites have been melted
        assert tables[b"hmtx"][4 * code + 2 : 4 * code + 4] == glyph[2:4]  # side bearing is the left edge


def summed(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF


@pytest.mark.parametrize("char", "房永é，AÀ①")
def test_coarse_outlines_have_the_same_box(char: str) -> None:
    font = face(REGULAR)
    fine, rough = font.outline(font.glyph(ord(char))), font.coarse(font.glyph(ord(char)))[0]
    assert len(rough) <= len(fine) or struct.unpack_from(">h", fine)[0] < 0
    for was, now in zip(struct.unpack_from(">4h", fine, 2), struct.unpack_from(">4h", rough, 2), strict=True):
        assert abs(was / COARSER - now) <= 1


def test_a_blank_has_a_width_and_no_outline() -> None:
    font = face(REGULAR)
    assert font.coarse(font.glyph(0x20))[0] == b""
    assert 100 < font.advance(0x20) < 500


@pytest.mark.parametrize(
    "content", [b"OTTO" + bytes(100), b"\x89PNG" + bytes(100), b"\0\1\0\0\0\0" + bytes(20)]
)
def test_a_file_that_is_no_such_font_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.ttf").write_bytes(content)
    with pytest.raises(NotTrueTypeError):
        TrueType(tmp_path / "x.ttf")


def test_every_font_is_shipped_with_its_licence() -> None:
    folder = assets.shipped("resources/fonts")
    told = (folder / "README.md").read_text(encoding="utf-8")
    for font in folder.glob("*.ttf"):
        assert font.name in told
    assert (folder / "NotoSansSC-OFL.txt").exists()
    assert (folder / "HanaMinB-LICENSE.txt").exists()


# QR ------------------------------------------------------------------------------------------------------


@given(st.text(st.characters(codec="ascii"), min_size=1, max_size=qr.CAPACITY))
def test_symbols_are_those_of_another_encoder(text: str) -> None:
    other = qrencoder.QRCode(3, qrencoder.QRErrorCorrectLevel.M)
    other.addData(qrencoder.QR8bitByte(text))
    other.makeImpl(False, 2)
    assert qr.symbol(text) == tuple(tuple(bool(module) for module in row) for row in other.modules)


def test_a_text_too_long_for_the_symbol_is_refused() -> None:
    assert len(qr.symbol("x" * qr.CAPACITY)) == qr.SIZE
    with pytest.raises(qr.TooLongError):
        qr.symbol("x" * (qr.CAPACITY + 1))
    with pytest.raises(qr.TooLongError):
        qr.symbol("号" * 15)
