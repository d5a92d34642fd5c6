"""Printed documents, read back with another program: what stands on them, on which part, how often."""

from __future__ import annotations

import hashlib
import re
from dataclasses import MISSING, fields, replace
from decimal import Decimal

import pytest

from deskapp.base.assets import Assets
from deskapp.domain import documents as d
from deskapp.pdf import load_forms, render
from deskapp.pdf.render import WrongRecordError
from tests.pdf import sample_parts as p
from tests.pdf import samples as s
from tests.pdf.reading_back import pages_of, picture_of, squeezed, text_of


@pytest.mark.parametrize("form", s.SAMPLES)
def test_every_form_shows_whose_it_is_and_when(form: str) -> None:
    record = s.record(form, s.SAMPLES[form]())
    done = render(s.FORMS[form], record, None, p.PICTURES)
    assert done.missing == ()
    assert done.damaged == ()
    pages = pages_of(done.pdf)
    assert len(pages) == done.pages
    for page in pages:
        assert "望湖花园" in page
        assert squeezed(s.FORMS[form].title) in page
        assert record.issue.number in page
        assert d.digest(record)[:12] in page
        assert re.search(r"第\d+页/共\d+页", page)
        assert any(squeezed(part.name) in page for part in s.FORMS[form].parts)
    assert "2026年11月3日10:22" in pages[0]
    assert "经办人周敏" in pages[0]


@pytest.mark.parametrize("form", s.SAMPLES)
def test_the_same_record_gives_the_same_bytes(form: str) -> None:
    record = s.record(form, s.SAMPLES[form]())
    first = render(s.FORMS[form], record, None, p.PICTURES).pdf
    other = s.record("handover", s.handover(owners=("赵𬱖",)))
    render(s.FORMS["handover"], other, None, p.PICTURES)  # what was printed in between changes nothing
    again = d.Record(d.thaw_issue(d.freeze(record.issue)), d.from_json(form, d.to_json(record.values)))
    assert render(load_forms(Assets())[form], again, None, p.PICTURES).pdf == first


@pytest.mark.parametrize("name", p.HOSTILE)
@pytest.mark.parametrize("form", ["handover", "fee-receipt", "pass"])
def test_names_print_as_they_are(form: str, name: str) -> None:
    values = {
        "handover": lambda: s.handover(owners=(name,), receiver=d.Attendee(name=name)),
        "fee-receipt": lambda: s.fee_receipt(payer=name),
        "pass": lambda: s.queue_pass(attendee=d.Attendee(name=name), owners=(name,)),
    }[form]()
    done = render(s.FORMS[form], s.record(form, values))
    assert done.missing == ()
    assert squeezed(name) in text_of(done.pdf)


def test_a_character_no_font_has_is_named_and_drawn() -> None:
    name = "王ᠠ😀王"
    done = render(s.FORMS["fee-receipt"], s.record("fee-receipt", s.fee_receipt(payer=name)))
    assert done.missing == ("U+1820", "U+1F600")
    blank = render(s.FORMS["fee-receipt"], s.record("fee-receipt", s.fee_receipt(payer="王　　王")))
    assert picture_of(done.pdf, scale=2)[2] != picture_of(blank.pdf, scale=2)[2]
    assert "1820" in text_of(done.pdf)


def test_marks_that_by_definition_are_unseen_are_left_out() -> None:
    done = render(s.FORMS["fee-receipt"], s.record("fee-receipt", s.fee_receipt(payer="王\u200b小\ufe00明")))
    assert done.missing == ()
    assert "王小明" in text_of(done.pdf)


def test_amounts_stand_in_figures_and_capitals() -> None:
    values = s.fee_receipt(total=Decimal("107000.53"))
    text = text_of(render(s.FORMS["fee-receipt"], s.record("fee-receipt", values)).pdf)
    assert "107,000.53" in text
    assert "人民币壹拾万零柒仟元伍角叁分" in text
    assert "不是发票" in text


def test_a_reprint_says_so_and_keeps_its_digest() -> None:
    record = s.record("fee-receipt", s.fee_receipt())
    first = text_of(render(s.FORMS["fee-receipt"], record).pdf)
    third = text_of(render(s.FORMS["fee-receipt"], record, d.Copy(reprint=2)).pdf)
    assert "补打" not in first
    assert third.count("补打(2)") == 3
    assert d.digest(record)[:12] in third


def test_a_void_says_so_across_the_page_with_its_reason() -> None:
    record = s.record("fee-receipt", s.fee_receipt())
    text = text_of(render(s.FORMS["fee-receipt"], record, d.Copy(voided_because="收款方式 <填错>")).pdf)
    assert text.count("作废原因：收款方式<填错>") == 3
    assert text.count("作废") >= 6
    assert "作废" not in text_of(render(s.FORMS["fee-receipt"], record).pdf)


def test_a_drill_says_so_on_every_page() -> None:
    record = s.record("day-end", s.day_end(houses=90), drill=True)
    pages = pages_of(render(s.FORMS["day-end"], record).pdf)
    assert len(pages) > 2
    assert all("演练" in page for page in pages)
    assert "演练" not in text_of(render(s.FORMS["day-end"], s.record("day-end", s.day_end())).pdf)


@pytest.mark.parametrize("form", ["handover", "fee-receipt", "inspection"])
def test_reasons_of_supervisors_are_on_internal_parts_only(form: str) -> None:
    shape = s.FORMS[form]
    values = replace(s.SAMPLES[form](), overrides=p.OVERRIDES)
    for part in shape.parts:
        text = text_of(render(shape, s.record(form, values), d.Copy(parts=(part.code,)), p.PICTURES).pdf)
        assert (squeezed(p.OVERRIDES[0].reason) in text) is part.internal
        assert squeezed(part.name) in text


def test_the_pass_in_the_households_hand_shows_no_reason() -> None:
    done = render(s.FORMS["pass"], s.record("pass", s.queue_pass(overrides=p.OVERRIDES)))
    assert squeezed(p.OVERRIDES[0].reason) not in text_of(done.pdf)
    assert "A017" in text_of(done.pdf)


def test_parts_come_in_the_order_of_the_form() -> None:
    pages = pages_of(render(s.FORMS["fee-receipt"], s.record("fee-receipt", s.fee_receipt())).pdf)
    assert [next(n for n in ("存根联", "客户联", "记账联") if n in page) for page in pages] == [
        "存根联",
        "客户联",
        "记账联",
    ]


def test_eighty_defects_run_over_pages_under_repeated_heads() -> None:
    pages = pages_of(render(s.FORMS["defect-register"], s.record("defect-register", s.register(80))).pdf)
    assert 2 < len(pages) < 8
    assert all("责任单位" in page for page in pages)
    assert sum(page.count("施工单位") for page in pages) == 80
    assert "制表" in pages[-1]
    assert pages[-1].index("施工单位") < pages[-1].index("制表")  # nobody signs an empty page


@pytest.mark.parametrize("count", range(0, 60, 3))
def test_the_signatures_never_stand_alone_on_a_page(count: int) -> None:
    values = s.register(count)
    last = pages_of(render(s.FORMS["defect-register"], s.record("defect-register", values)).pdf)[-1]
    assert "审核" in last
    assert "施工单位" in last or "没有遗留问题" in last


def test_a_text_longer_than_a_page_goes_on_overleaf() -> None:
    story = "".join(f"第{n}条保留意见。" for n in range(1500))
    values = s.handover(reservations=(d.Reservation(matter="管理规约", text=story),), overrides=())
    done = render(s.FORMS["handover"], s.record("handover", values), d.Copy(parts=("customer",)), p.PICTURES)
    assert done.pages > 3
    text = text_of(done.pdf)
    assert all(f"第{n}条" in text for n in (0, 700, 1499))


@pytest.mark.parametrize("form", s.SAMPLES)
def test_empty_documents_print_too(form: str) -> None:
    full = d.to_json(s.SAMPLES[form]())
    needed = {field.name for field in fields(d.FORMS[form]) if field.default is MISSING}
    required = {name: value for name, value in full.items() if name in needed}
    lists = {"defects", "papers", "keys", "lines"} & full.keys()
    values = d.from_json(form, required | {name: [] for name in lists})
    done = render(s.FORMS[form], s.record(form, values))
    assert done.pages == len(s.FORMS[form].parts)


def test_pictures_that_are_none_are_said_and_do_not_stop_the_print() -> None:
    garbage = b"no picture at all"
    key = hashlib.sha256(garbage).hexdigest()
    gone, swapped = "ab" * 32, p.SHOT
    photos = tuple(d.Photo(sha256=sha) for sha in (key, gone, swapped))
    values = s.inspection(defects=0, photos=photos, signatures=(replace(p.signed("owner"), picture=key),))
    pictures = {key: garbage, swapped: p.PHOTO2}
    done = render(s.FORMS["inspection"], s.record("inspection", values), None, pictures)
    assert set(done.damaged) == {key, gone, swapped}
    text = text_of(done.pdf)
    assert "照片无法显示" in text
    assert "签名图像无法显示" in text


@pytest.mark.parametrize("cut", [10, 200, 1500])
def test_a_cut_off_photo_is_damaged(cut: int) -> None:
    data = p.PHOTO[:cut]
    key = hashlib.sha256(data).hexdigest()
    values = s.inspection(defects=0, photos=(d.Photo(sha256=key),), signatures=())
    done = render(s.FORMS["inspection"], s.record("inspection", values), None, {key: data})
    assert done.damaged == (key,)


def test_photos_lose_their_metadata_and_their_surplus_pixels() -> None:
    large = p.picture("photo", 2, (4000, 3000)) + b"GPS 22.5431 N"
    key = hashlib.sha256(large).hexdigest()
    values = s.inspection(defects=0, photos=(d.Photo(sha256=key),), signatures=())
    done = render(s.FORMS["inspection"], s.record("inspection", values), None, {key: large})
    assert done.damaged == ()
    assert b"GPS" not in done.pdf
    assert len(done.pdf) < 120_000


def test_a_signature_on_the_screen_is_drawn() -> None:
    bare = s.record("keys-receipt", s.keys_receipt(signatures=(d.Signature(role="taker", name="陈嘉禾"),)))
    drawn = s.record("keys-receipt", s.keys_receipt(signatures=(p.signed("taker"),)))
    form = s.FORMS["keys-receipt"]
    dark = [
        sum(pixel < 128 for pixel in picture_of(render(form, record, None, p.PICTURES).pdf)[2])
        for record in (bare, drawn)
    ]
    assert dark[1] > dark[0] + 100


def test_a_hand_over_receipt_stays_small() -> None:
    done = render(s.FORMS["handover"], s.record("handover", s.handover()), None, p.PICTURES)
    assert len(done.pdf) <= 60_000


def test_papers_have_their_size() -> None:
    sizes = {
        form: picture_of(render(s.FORMS[form], s.record(form, s.SAMPLES[form]()), None, p.PICTURES).pdf)[:2]
        for form in ("handover", "defect-register", "fee-receipt")
    }
    assert sizes["handover"] == (596, 842)
    assert sizes["defect-register"] == (842, 596)
    assert sizes["fee-receipt"] == (684, 397)


def test_form_and_record_must_belong_together() -> None:
    record = s.record("pass", s.queue_pass())
    with pytest.raises(WrongRecordError):
        render(s.FORMS["handover"], record)
    with pytest.raises(WrongRecordError):
        render(s.FORMS["pass"], replace(record, values=s.handover()))
    with pytest.raises(WrongRecordError):
        render(s.FORMS["pass"], record, d.Copy(parts=("stub",)))
