"""What the archive says about its views: short lines put together from frozen data, no Qt."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from deskapp.base.clock import CHINA, day_of
from deskapp.base.i18n import has_text, language, say
from deskapp.domain.inspection import Trade
from deskapp.domain.people import PartyRole
from deskapp.domain.rules import Rules
from deskapp.domain.tenure import tenure
from deskapp.gui.widgets.phrasing import clauses, listed
from deskapp.gui.widgets.spoken_time import moment_text
from deskapp.services.movein.values.inspection import room_title
from deskapp.services.movein.views import MarkView
from deskapp.services.residents.browse import Branch, RoomRow
from deskapp.services.residents.views import HouseholdView, KeyRow, MoveInView, PersonView, TimelineRow

OWNERS = (PartyRole.OWNER, PartyRole.CO_OWNER, PartyRole.COMPANY_OWNER)
NOTHING = "—"


def area(size: Decimal) -> str:
    """Square metres as the contract has them; "" while unknown."""
    return f"{size.normalize():f}㎡" if size else ""


def day(when: date | None) -> str:
    """A day; "" for none."""
    return when.isoformat() if when else ""


def moment(when: datetime, now: datetime) -> str:
    """A moment as people say it: today and yesterday by their names."""
    local, today = when.astimezone(CHINA), day_of(now)
    if local.date() == today:
        return say("residents.today_at", time=f"{local:%H:%M}")
    if local.date() == today - timedelta(days=1):
        return say("residents.yesterday_at", time=f"{local:%H:%M}")
    return moment_text(when)


def role(code: str) -> str:
    """What a person is to a house."""
    return say(f"party.role.{code}")


def term(person: PersonView) -> str:
    """From–to of a party; open ends stay open."""
    if person.until is None:
        return say("residents.term_from", since=day(person.since)) if person.since else NOTHING
    if person.since is None:
        return say("residents.term_to", until=day(person.until))
    return say("residents.term", since=day(person.since), until=day(person.until))


def phones(person: PersonView) -> str:
    """All numbers of a person, masked."""
    return "  ".join(phone.masked for phone in person.phones)


def told_apart(person: PersonView) -> str:
    """What keeps a person from being taken for another: other houses, namesakes (P5)."""
    parts = []
    if person.others:
        parts.append(say("residents.people.others", houses=listed(person.others)))
    if person.namesakes:
        parts.append(say("residents.people.namesakes", houses=listed(person.namesakes)))
    return clauses(parts)


def authority(person: PersonView) -> str:
    """An agent's power of attorney, a company's papers; "" for others."""
    detail = {key: str(value) for key, value in person.detail.items() if value}
    if person.role == PartyRole.AGENT:
        shown = {key: detail.get(key, NOTHING) for key in ("matter", "scope", "until", "signed")}
        return say("residents.people.authority", **shown)
    if person.role == PartyRole.COMPANY_OWNER and ("licence" in detail or "letter" in detail):
        shown = {key: detail.get(key, NOTHING) for key in ("licence", "letter")}
        return say("residents.people.company", **shown)
    return ""


def people_line(view: HouseholdView, today: date) -> str:
    """Owners with how long they live here, co-owners, tenants; who is missing is a dash."""
    parts = []
    for codes, key in (
        ((PartyRole.OWNER, PartyRole.COMPANY_OWNER), "residents.head.owner"),
        ((PartyRole.CO_OWNER,), "residents.head.co_owner"),
        ((PartyRole.TENANT,), "residents.head.tenant"),
    ):
        names = listed(_with_tenure(person, view, today) for person in view.people if person.role in codes)
        if names or PartyRole.CO_OWNER not in codes:
            parts.append(say(key, names=names or NOTHING))
    return " · ".join(parts)


def _with_tenure(person: PersonView, view: HouseholdView, today: date) -> str:
    """Counted from the keys on, or from the day a later owner came; nobody lives here before that."""
    moved_in = view.movein.finished_at
    if moved_in is None or person.role not in OWNERS:
        return person.name
    since = max(day_of(moved_in), person.since or date.min)
    stage = say(f"residents.tenure.{tenure(since, today)}")
    return say("residents.head.tenured", name=person.name, stage=stage)


def ownership(view: HouseholdView) -> str:
    """By what contract the house is owned and how it is paid for; "" while nothing is known."""
    parts = [
        say("residents.people.contract", number=view.contract_number) if view.contract_number else "",
        say("residents.people.signed", day=day(view.contract_date)) if view.contract_date else "",
        view.payment,
    ]
    return " · ".join(part for part in parts if part)


def mark(view: MarkView) -> str:
    """A mark on the house and what was written."""
    word = say(f"mark.{view.code}")
    return say("residents.head.mark", mark=word, text=view.text) if view.text else word


def movein(view: MoveInView) -> str:
    """Where the household is on its way to its keys."""
    if view.finished_at is not None:
        return say("residents.head.moved_in", day=day(day_of(view.finished_at)))
    if view.pass_id and view.at and view.state not in ("done", "ended"):
        return say(
            "residents.head.on_way",
            number=view.queue_number,
            station=say(f"movein.station.{view.at}"),
            state=say(f"movein.state.{view.state}"),
        )
    if view.booked_day is not None:
        return say("residents.head.booked", day=day(view.booked_day))
    return say("residents.head.not_booked")


def standing(row: RoomRow) -> str:
    """Where a house of a list stands in the move-in."""
    if row.pass_state and row.station:
        state = say(f"movein.state.{row.pass_state}")
        return f"{row.queue_number} {say(f'movein.station.{row.station}')} {state}"
    if row.moved_in is not None:
        return say("residents.head.moved_in", day=day(day_of(row.moved_in)))
    return say("residents.head.booked", day=day(row.booked)) if row.booked else NOTHING


def happened(row: TimelineRow) -> str:
    """What a line of the time line says; an act that a newer version wrote is named by its code."""
    if row.act.startswith("movein.closed.") and has_text(f"movein.outcome.{row.data.get('outcome')}"):
        return _closed(row)
    key = f"history.{row.act}"
    if not has_text(key):
        return row.act
    try:
        return say(key, **row.data)
    except KeyError:
        return row.act


def _closed(row: TimelineRow) -> str:
    """A station's outcome with its reason and the papers that came of it."""
    said = say(
        "residents.timeline.closed",
        station=say(f"movein.station.{row.data.get('station')}"),
        outcome=say(f"movein.outcome.{row.data.get('outcome')}"),
        reason=row.data.get("reason") or "",
    ).strip()
    papers = row.data.get("documents")
    return " · ".join((said, *papers)) if isinstance(papers, list) else said


def branch(found: Branch) -> str:
    """A door of the estate as the estate writes it."""
    if not found.building:
        return say("residents.browse.no_building", phase=found.phase).strip()
    entrance = say("residents.browse.entrance", number=found.entrance) if found.entrance else ""
    return f"{found.phase}{found.building}#{entrance}"


def paper_title(rules: Rules, code: str) -> str:
    """A paper of the pack by its code; a code no longer in the rules names itself."""
    return next((item.title.in_language(language()) for item in rules.papers if item.code == code), code)


def key_title(rules: Rules, code: str) -> str:
    """A kind of key by its code."""
    return next((item.title.in_language(language()) for item in rules.keys if item.code == code), code)


def kept(row: KeyRow) -> str:
    """Who keeps keys of a kind for repair, why and until when."""
    return "  ".join(part for part in (row.keeper, row.why, day(row.until)) if part)


def trade(rules: Rules, code: str) -> str:
    """A trade as the company calls it."""
    try:
        return rules.checklist.trade(Trade(code)).title.in_language(language())
    except ValueError:
        return code


def room(rules: Rules, code: str) -> str:
    """What a room is called by its code, such as ``bedroom_2``; a text that is no code stays as it is."""
    return room_title(rules.checklist, code, language())


def record(code: str) -> str:
    """What was signed; station codes stand for the record of that station."""
    key = f"residents.record.{code}"
    return say(key) if has_text(key) else code


def signer(code: str) -> str:
    """As what somebody signed: a party of the house, or somebody of the property."""
    return say(f"party.role.{code}") if code in set(PartyRole) else say(f"residents.signer.{code}")
