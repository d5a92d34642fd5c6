"""The owner's papers and the owner's card on both databases (M6 ②, M9)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from deskapp.base.errors import Conflict, Refused
from deskapp.db.tables.record import Document, History
from deskapp.db.tables.residents import Person, Phone
from deskapp.domain.documents import from_json
from deskapp.domain.movein.outcomes import Need
from deskapp.domain.movein.stations import Station
from deskapp.domain.papers import Attending
from deskapp.services import documents
from deskapp.services.desk import Desk
from deskapp.services.movein import (
    owner_card,
    owner_papers,
    passes,
)
from deskapp.services.movein.owner_card import CardIn, OwnerDatum
from deskapp.services.movein.owner_card_data import Contact, HouseholdCard, Member, Pet, Vehicle
from deskapp.services.movein.views import PassView
from tests.services.estates import house_id
from tests.services.records import at, close, new, signed


def missing(desk: Desk, view: PassView, code: str) -> tuple[Need, ...]:
    fresh = passes.pass_view(desk, view.pass_id)
    return next(choice.missing for choice in fresh.choices if choice.outcome.code == code)


def test_who_comes_decides_what_must_be_shown(small_estate: Desk) -> None:
    view = at(small_estate, Station.DOCUMENTS)
    shown = owner_papers.owner_papers_view(small_estate, view.pass_id)
    assert shown.attending is Attending.OWNER
    owner = {each.code: True for each in shown.needed(Attending.OWNER)}
    shown = owner_papers.show_papers(small_estate, new(), view.pass_id, owner).value
    assert all(each.shown for each in shown.needed(Attending.OWNER))
    assert missing(small_estate, view, "in_order") == (Need.SIGNATURE,)
    assert Need.OWNER_PAPERS in missing(small_estate, view, "agent_authorised")
    owner_papers.show_paper(small_estate, new(), view.pass_id, "owner_id", False)
    assert Need.OWNER_PAPERS in missing(small_estate, view, "in_order")
    with pytest.raises(Refused) as told:
        owner_papers.show_paper(small_estate, new(), view.pass_id, "driving_licence", True)
    assert told.value.code == "records.no_paper"


CARD = HouseholdCard(
    contacts=(Contact("李娜<i>", "199 0000 7001", "妻"),),
    members=(Member("王小明", "子", date(2018, 5, 1)),),
    vehicles=(Vehicle("鄂a12345", "白色轿车"),),
    pets=(Pet("犬", "柯基", "WH-001"),),
    declined=("trade",),
)


def test_the_card_keeps_what_was_told_and_what_was_declined(small_estate: Desk) -> None:
    view = at(small_estate, Station.DOCUMENTS)
    empty = owner_card.owner_card_view(small_estate, view.house_id)
    assert empty.household == HouseholdCard()
    datum = OwnerDatum(empty.owners[0].person_id, trade="教师", native_place="襄阳")
    card = CardIn((datum,), CARD)
    command = new()
    for _ in range(2):
        saved = owner_card.save_owner_card(small_estate, command, view.house_id, empty.version, card).value
    assert saved.owners[0].trade == ""  # declined
    assert saved.owners[0].native_place == "襄阳"
    assert saved.household.contacts[0].phone == "199****7001"
    assert saved.household.vehicles[0].plate == "鄂A12345"
    assert saved.household.declined == ("trade",)
    with pytest.raises(Conflict):
        owner_card.save_owner_card(small_estate, new(), view.house_id, empty.version, card)
    again = owner_card.save_owner_card(
        small_estate, new(), view.house_id, saved.version, CardIn((), saved.household)
    ).value
    assert again.household == saved.household
    with small_estate.reading() as session:
        person = session.get_one(Person, (small_estate.estate_id, datum.person_id))
        assert person.card["trade"] is None
        numbers = list(session.scalars(select(Phone.number).where(Phone.use == "emergency")))
        assert numbers == ["19900007001"]
        told = session.scalars(select(History).where(History.act == "owner_card.saved")).first()
        assert told is not None
        assert "1990000" not in str(told.data)
        assert "襄阳" not in str(told.data)


def test_the_card_is_printed_whole_and_signed(small_estate: Desk) -> None:
    view = at(small_estate, Station.DOCUMENTS)
    empty = owner_card.owner_card_view(small_estate, view.house_id)
    shown = owner_papers.owner_papers_view(small_estate, view.pass_id)
    ticks = {each.code: True for each in shown.needed(Attending.OWNER)}
    owner_papers.show_papers(small_estate, new(), view.pass_id, ticks)
    signed(small_estate, view, "documents")
    owner_card.save_owner_card(small_estate, new(), view.house_id, empty.version, CardIn((), CARD))
    assert missing(small_estate, view, "in_order") == (Need.SIGNATURE,)  # it was signed before it changed
    signed(small_estate, view, "documents")
    (paper,) = close(small_estate, view, "in_order").documents
    with small_estate.reading() as session:
        row = session.scalars(select(Document).where(Document.number == paper.number)).one()
        values = from_json("owner-card", row.values["values"])
    assert values.contacts[0].phone == "19900007001"
    assert (values.declined, values.pets[0].licence) == (("从业情况",), "WH-001")
    assert values.signatures[0].picture
    job = documents.preview(small_estate, paper.number)
    assert (job.pdf[:4], job.missing) == (b"%PDF", ())


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (HouseholdCard(contacts=(Contact("李娜", "wx_lina"),)), "phone.format"),
        (HouseholdCard(contacts=(Contact(" ", "19900007001"),)), "name.empty"),
        (HouseholdCard(members=(Member("王" * 61),)), "name.too_long"),
        (HouseholdCard(vehicles=(Vehicle(" "),)), "records.text_missing"),
        (HouseholdCard(pets=(Pet("犬", "x" * 121),)), "records.text_long"),
        (HouseholdCard(pets=(Pet("猫"),) * 21), "records.too_many"),
        (HouseholdCard(declined=("shoe_size",)), "records.no_datum"),
    ],
)
def test_a_card_that_cannot_be_is_refused(small_estate: Desk, card: HouseholdCard, code: str) -> None:
    house = house_id(small_estate, "1#1单元101")
    version = owner_card.owner_card_view(small_estate, house).version
    with pytest.raises(Refused) as told:
        owner_card.save_owner_card(small_estate, new(), house, version, CardIn((), card))
    assert told.value.code == code
    assert owner_card.owner_card_view(small_estate, house).household == HouseholdCard()
