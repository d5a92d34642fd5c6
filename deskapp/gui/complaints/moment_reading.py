"""A moment from what a person types: 18:30, 下午6点半, 明天 10:00, 12-8 9:00, 30分钟后, in 2 hours."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time, timedelta

from deskapp.base.clock import CHINA
from deskapp.gui.widgets.day_reading import read_day

_LATER = re.compile(
    r"(?:in)?\+?(\d{1,4})\s*(分钟?|小时|个小时|天|minutes?|min|m|hours?|h|days?|d)(?:后|之后|内|以内)?"
)
_UNITS = {
    "分": "minutes",
    "m": "minutes",
    "小": "hours",
    "个": "hours",
    "h": "hours",
    "天": "days",
    "d": "days",
}
_TIME = re.compile(
    r"(凌晨|早上|上午|中午|下午|傍晚|晚上|夜里)?"
    r"(\d{1,2})(?::(\d{2})|[点时](?:(\d{1,2})分?|(半))?|(?=[ap]m))(am|pm)?(?:前|之前)?$"
)
_COMPACT = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_SHORT = {"明早": "明天早上", "明晚": "明天晚上", "今早": "今天早上", "今晚": "今天晚上"}
_AFTERNOON = ("下午", "傍晚", "晚上", "夜里", "pm")
_NOON = ("中午",)
_PARTS = ("凌晨", "早", "上午", "中午", "下午", "傍晚", "晚", "夜里")
_HALF_DAY = re.compile("点")
_SPOKEN_HOUR = "(十二|十一|十|[一二两三四五六七八九])(?=点)"
_NUMERALS = {"十二": "12", "十一": "11", "十": "10", "两": "2", "一": "1", "二": "2", "三": "3"}
_NUMERALS |= {"四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9"}


def read_moment(
    typed: str, now: datetime, *, past: bool = False, closing: time = time(18, 0)
) -> datetime | None:
    """The moment that is meant, at the estate.

    A time alone is the nearest one ahead, or with ``past`` the nearest one behind. 六点 without a part of
    the day is the nearer of both; 6:00 is always the morning. A day alone means its ``closing`` time ahead,
    and noon behind.

    Returns:
        None where nothing is typed.

    Raises:
        ValueError: no moment is written so.
    """
    text = unicodedata.normalize("NFKC", typed).strip().lower()
    if not text:
        return None
    here = now.astimezone(CHINA)
    compact = re.sub(r"\s", "", text)
    if found := _LATER.fullmatch(compact):
        return _later(int(found[1]), found[2], here)
    day_text, at = _split(text)
    if at is None:
        day = read_day(day_text, here.date())
        if day is None:
            raise ValueError(typed)
        return datetime.combine(day, time(12) if past else closing, CHINA)
    if day_text:
        day = read_day(day_text, here.date())
        if day is None:
            raise ValueError(typed)
        return datetime.combine(day, at, CHINA)
    both = [at]
    if _HALF_DAY.search(text) and 1 <= at.hour < 12 and not any(part in text for part in _PARTS):
        both.append(at.replace(hour=at.hour + 12))
    return min((_nearest(each, here, past) for each in both), key=lambda moment: abs(moment - here))


def _later(amount: int, unit: str, here: datetime) -> datetime:
    try:
        moment = here + timedelta(**{_UNITS[unit[0]]: amount})
    except OverflowError as error:
        raise ValueError(str(amount)) from error
    return moment.replace(second=0, microsecond=0)


def _split(text: str) -> tuple[str, time | None]:
    """The day and the time in a text; no time is None."""
    if found := _COMPACT.fullmatch(text):
        return "", time(int(found[1]), int(found[2]))
    for short, whole in _SHORT.items():
        text = text.replace(short, whole)
    if _has_chinese(text):
        # 六点 is 6点; numerals of a day such as 十二月 are left to be typed in figures.
        text = re.sub(_SPOKEN_HOUR, lambda hour: _NUMERALS[hour[1]], text.replace(" ", ""))
    found = _TIME.search(re.sub(r"\s+(?=[ap]m)", "", text))
    if found is None:
        return text.strip(), None
    rest = text[: found.start()].strip().rstrip(",")
    return rest, _time_of(found)


def _time_of(found: re.Match[str]) -> time:
    part, hour, minute = found[1] or found[6] or "", int(found[2]), int(found[3] or found[4] or 0)
    if found[5]:
        minute = 30
    if (part in _AFTERNOON and 1 <= hour < 12 and not (part == "夜里" and hour < 6)) or (
        part in _NOON and hour < 3
    ):
        hour += 12
    if part == "am" and hour == 12:
        hour = 0
    return time(hour, minute)


def _has_chinese(text: str) -> bool:
    return any("一" <= each <= "鿿" for each in text)


def _nearest(at: time, here: datetime, past: bool) -> datetime:
    moment = datetime.combine(here.date(), at, CHINA)
    if past and moment > here:
        return moment - timedelta(days=1)
    if not past and moment <= here:
        return moment + timedelta(days=1)
    return moment
