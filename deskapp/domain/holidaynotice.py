"""The calendar of a year from the text of the notice that makes it official (law.md).

The State Council's notice says each holiday in one paragraph of the same form every year, such as
“元旦：1月1日（周五）至3日（周日）放假调休，共3天。1月4日（周一）上班。”. What is read here goes through
`workdays.parse_calendar` like a file that was written by hand, and is checked there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from deskapp.base.tomlfile import BadDataFile, Problem

_FESTIVALS = {
    "元旦": ("new_year", "New Year"),
    "春节": ("spring_festival", "Spring Festival"),
    "清明节": ("qingming", "Qingming"),
    "劳动节": ("labour_day", "Labour Day"),
    "端午节": ("dragon_boat", "Dragon Boat Festival"),
    "中秋节": ("mid_autumn", "Mid-Autumn Festival"),
    "国庆节": ("national_day", "National Day"),
}
_TITLE = re.compile(r"(\d{4})年部分节假日安排")
_NAMES = "|".join(_FESTIVALS)
_PARAGRAPH = re.compile(rf"((?:{_NAMES})(?:[、和](?:{_NAMES}))*)[:：](.*)")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]|\s")
_DAY = r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
_OFF = re.compile(rf"{_DAY}(?:[至到](?:(\d{{4}})年)?(?:(\d{{1,2}})月)?(\d{{1,2}})日)?(?:[^。]*?)放假")
_ON = re.compile(_DAY)


@dataclass(frozen=True, slots=True)
class _Holiday:
    names: tuple[str, ...]
    first: date
    last: date
    work: tuple[date, ...]


def calendar_text(notice: str, name: str) -> str:
    """The calendar file that a notice amounts to.

    Args:
        name: of the file, for what is said about it.

    Raises:
        BadDataFile: ``notice_no_year``, ``notice_no_holiday``, ``notice_unclear`` with the line.
    """
    title = _TITLE.search(_ASIDE.sub("", notice))
    if title is None:
        raise BadDataFile([Problem(name, 0, "", "notice_no_year")])
    year = int(title[1])
    found, problems = [], []
    for number, line in enumerate(notice.splitlines(), 1):
        paragraph = _PARAGRAPH.search(_ASIDE.sub("", line))
        if paragraph is None:
            continue
        holiday = _holiday(paragraph[1], paragraph[2], year)
        if holiday is None:
            problems.append(Problem(name, number, "", "notice_unclear", (("text", line.strip()[:60]),)))
        else:
            found.append(holiday)
    if not found and not problems:
        problems.append(Problem(name, 0, "", "notice_no_holiday"))
    if problems:
        raise BadDataFile(problems)
    blocks = "\n".join(_block(holiday) for holiday in found)
    return f'year = {year}\nsource = "国务院办公厅关于{year}年部分节假日安排的通知"\n\n{blocks}'


def _holiday(named: str, text: str, year: int) -> _Holiday | None:
    """One paragraph; days of the years before and after are not this calendar's. None where it is unclear."""
    off = _OFF.search(text)
    if off is None:
        return None
    from_year, month, day, to_year, to_month, to_day = off.groups()
    try:
        first = date(int(from_year or year), int(month), int(day))
        last = date(int(to_year or year), int(to_month or month), int(to_day or day))
        worked = [
            date(int(y or year), int(m), int(d))
            for sentence in text[off.end() :].split("。")
            if "上班" in sentence
            for y, m, d in _ON.findall(sentence)
        ]
    except ValueError:
        return None
    first, last = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    names = tuple(re.split("[、和]", named))
    return _Holiday(names, first, last, tuple(day for day in worked if day.year == year))


def _block(holiday: _Holiday) -> str:
    code = _FESTIVALS[holiday.names[0]][0]
    english = ", ".join(_FESTIVALS[name][1] for name in holiday.names)
    lines = [
        "[[rest]]",
        f'code = "{code}"',
        f'zh = "{"、".join(holiday.names)}"',
        f'en = "{english}"',
        f'from = "{holiday.first}"',
        f'to = "{holiday.last}"',
    ]
    if holiday.work:
        days = ", ".join(f'"{day}"' for day in holiday.work)
        lines.append(f"work = [{days}]")
    return "\n".join(lines) + "\n"
