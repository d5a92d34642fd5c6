"""The law that may be cited (law.md); ``resources/rules/law.toml``.

Every entry says how it was checked. What nobody has checked is never printed on a notice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from deskapp.domain.datatable import Entry, Label, Source, report_twice


class Checked(StrEnum):
    """How an entry was checked."""

    TEXT = "text"
    """The statute's text was read."""
    REPORT = "report"
    """Seen in a reliable report only."""
    MEMORY = "memory"
    """Not checked: for the clerk's orientation, never on paper."""


@dataclass(frozen=True, slots=True)
class Law:
    """One rule of law.

    Attributes:
        code: stable code, named by scripts and notices.
        about: what it is about, in a few words.
        act: the act as cited.
        articles: its articles, as ``"288"`` or ``"291-2"`` (第291条之二); empty for the act as a whole.
        since: in force since, as the law itself says; None where nobody has read it: then nothing is said.
        edition: of the text that was read, such as 2018年修订; "" where there is but one.
        says: a short paraphrase of our own.
    """

    code: str
    about: Label
    act: str
    articles: tuple[str, ...]
    since: date | None
    says: Label
    checked: Checked
    edition: str = ""

    @property
    def printable(self) -> bool:
        """Whether a notice may cite it."""
        return self.checked is not Checked.MEMORY

    @property
    def citation(self) -> str:
        """The act and its articles as written in Chinese: 《物业管理条例》（2018年修订）第49条、第50条."""
        edition = f"（{self.edition}）" if self.edition else ""
        return f"《{self.act}》{edition}" + "、".join(_article(number) for number in self.articles)


def _article(number: str) -> str:
    main, _, added = number.partition("-")
    return f"第{main}条" + (f"之{'一二三四五六七八九'[int(added) - 1]}" if added else "")


def parse_law(source: Source) -> tuple[Law, ...]:
    """The law of ``resources/rules/law.toml`` in its order.

    Raises:
        BadDataFile: with every fault by line and key.
    """
    read = [(entry, _law(entry)) for entry in source.root.entries("laws")]
    report_twice((entry, law.code) for entry, law in read)
    source.finish()
    return tuple(law for _, law in read)


def _law(entry: Entry) -> Law:
    articles = entry.texts("articles", ())
    for number in articles:
        main, _, added = number.partition("-")
        if not main.isdecimal() or (added not in set("123456789") and added) or number.endswith("-"):
            entry.fault("articles", "not_article", written=number, value=number)
    return Law(
        code=entry.code(),
        about=entry.label(),
        act=entry.text("act", limit=60),
        articles=tuple(number for number in articles if number[:1].isdecimal()),
        since=_since(entry),
        says=entry.label("says_zh", "says_en"),
        checked=entry.choice("checked", Checked),
        edition=entry.text("edition", "", limit=20),
    )


def _since(entry: Entry) -> date | None:
    written = entry.text("since", "")
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        entry.fault("since", "not_day", value=written)
        return None
