"""Nobody who complained may be recognised in what is posted on the board (C15).

A text shows somebody by a phone or identity number, another address to write to, a car's plate, the label
of a room in any writing, a door told by its floor and side, a name of the case's people in characters or in
pinyin, or a surname or given name with a form of address. The area of residents, down to the entrance,
shows nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain

from deskapp.base.errors import Refused
from deskapp.domain.documents import ComplaintBulletin
from deskapp.domain.people import is_company, is_han
from deskapp.domain.places import parse_label
from deskapp.domain.searchkeys import readings
from deskapp.domain.surnames import COMPOUND

_NUMERALS = str.maketrans("零〇○一二三四五六七八九幺", "0001234567891")
_SPOKEN = re.compile(r"[零〇○一二三四五六七八九幺]{3,}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_DAY = r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
_NUMBERS = (
    re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d){8}(?!\d)"),  # mobile phones
    re.compile(
        r"(?<!\d)1\d{2}[- ]?[*x•]{2,}[- ]?\d{2,4}(?!\d)", re.IGNORECASE
    ),  # masked, but known to neighbours
    re.compile(r"(?<!\d)0\d{2,3}[- ]?[2-8]\d{2,3}[- ]?\d{4}(?!\d)"),
    re.compile(
        rf"(?<![\d-])(?<!\d[.,])(?!{_DAY})[2-8]\d{{6,7}}(?!\d|[.,-]\d|\s*[元万])"
    ),  # without area code
    re.compile(r"(?<!\d)\d{6}[\d*]{8,11}[\dXx*](?!\d)"),  # identity numbers
    re.compile(rf"[{_PROVINCES}][A-Z][·. ]?[A-Z0-9]{{5,6}}(?![A-Z0-9])"),  # plates of cars
    re.compile(r"[A-Z0-9._%+-]+@[A-Z0-9-]+(?:\.[A-Z0-9-]+)+"),  # mail
    re.compile(r"(?:微信|WECHAT|QQ|抖音)\s?号?\s?(?:是|为|:)?\s?[A-Z0-9_-]{5,}"),
)
_BUILDING = r"[A-Z]{0,2}\d{1,3}[A-Z]?\s?(?:号楼|#|栋|幢|座)\s?-?"
_ROOMS = (
    re.compile(rf"{_BUILDING}(?:\d{{1,2}}\s?(?:单元|门|梯)\s?-?)?[A-Z]{{0,2}}\d{{3,4}}(?![\d年元])"),
    re.compile(r"\d{1,2}\s?单元\s?-?[A-Z]{0,2}\d{3,4}(?![\d年元])"),
    re.compile(r"(?<![\d-])[A-Z]?\d{1,3}-(?:\d{1,2}-)?\d{3,4}(?![\d-])"),
    re.compile(r"(?<![A-Z0-9])TC-?\d{1,4}(?!\d)"),
    re.compile(r"(?<![\d.])[A-Z]?\d{3,4}\s?(?:室|房(?!屋|间)|号房|户主|业主|住户|家)"),
    re.compile(r"(?:底商|商铺|车位|储藏室)\s?[A-Z]?-?\d{1,4}(?!\d|\s?个)"),
    re.compile(
        r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}|顶|底)\s?[楼层]的?(?:[东南西北中左右][边侧面头]?|靠?电梯口?)[户门家]"
    ),
    re.compile(
        r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}|顶|底)\s?[楼层]的?(?:那|这|某|一)?(?:户(?!外)|人家|家(?!具|电)|业主|住户)(?!们|均|都|数)"
    ),
)
_COUNTED = r"(?!\s*(?:年|元|万|㎡|平|米|公里|小时|分钟|秒|天|日|月|件|次|人|个|户(?!主)|%|\.\d))"
_CALLED = "先生|女士|小姐|阿姨|大爷|大妈|大姐|大哥|老师|太太|奶奶|爷爷|叔叔|某(?![日年月天些种一])"
_CALLED_LATIN = "MR|MRS|MS|MISS|MADAM|MADAME|SIR|AUNTIE"
_APART = r"[\s.'-]?"
"""What may stand between the syllables of a name in pinyin."""
_LEGAL_FORM = re.compile(r"(?:有限责任|股份有限|有限)?公司$")
_NO_NICKNAME = frozenset("区路房时年师车公板户门楼学")
"""Surnames that make a common word after 小 or 老: 小区, 老房, 老师."""


def recognisable(text: str, names: Iterable[str], labels: Iterable[str]) -> str:
    """The stretch of a text by which somebody of the case would be recognised; "" if there is none.

    Args:
        names: of the case's people, residents of both sides.
        labels: of their houses, in any writing.
    """
    return _first(text, chain(_numbers(), _rooms(labels), _people(names), _addresses(names)))


def check_bulletin(bulletin: ComplaintBulletin, names: Iterable[str], labels: Iterable[str]) -> None:
    """Whether a bulletin may be posted. Its staff may bear the surname of whoever complained.

    Raises:
        Refused: ``complaints.recognisable`` with ``item``, the field's name, and the stretch ``found``.
    """
    kept_names, kept_labels = tuple(names), tuple(labels)
    for item in ("area", "matter", "handling", "result", "call_back", "advice", "time_limit"):
        if found := recognisable(getattr(bulletin, item), kept_names, kept_labels):
            raise Refused("complaints.recognisable", item=item, found=found)
    for item in ("receiver", "follower", "responsible"):
        text = getattr(bulletin, item)
        if found := _first(text, chain(_numbers(), _rooms(kept_labels), _people(kept_names))):
            raise Refused("complaints.recognisable", item=item, found=found)


def _first(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    folded = _folded(text)
    spoken = _SPOKEN.sub(lambda run: run[0].translate(_NUMERALS), folded)
    for pattern in patterns:
        if found := pattern.search(folded) or pattern.search(spoken):
            return found[0].strip()
    return ""


def _folded(text: str) -> str:
    """Half width, capitals, without accents and invisible marks, at most one blank between characters."""
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in apart if unicodedata.category(char) not in ("Cf", "Mn"))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", plain).translate(_DASHES)).upper()


def _numbers() -> Iterator[re.Pattern[str]]:
    yield from _NUMBERS


def _rooms(labels: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """Rooms in any writing, and the numbers of the case's own rooms even alone, but not as an amount."""
    yield from _ROOMS
    for label in labels:
        room = parse_label(label).room
        for written in {room, room.lstrip("0") if room else None, _folded(label).strip()}:
            if written and len(written) > 2:
                yield re.compile(rf"(?<![A-Z0-9.]){re.escape(written.upper())}(?![A-Z0-9]){_COUNTED}")


def _people(names: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """Whole names, however spaced; of a name in Latin letters every word of four letters and more; pinyin."""
    for name in names:
        folded = _folded(name).strip()
        bare = re.sub(r"[\s·•・‧]", "", folded)
        if is_company(name):
            bare = _LEGAL_FORM.sub("", bare)
        if len(bare) > 1:
            yield re.compile(r"[\s·•・‧]*".join(map(re.escape, bare)))
        if not is_company(name):
            for word in re.findall(r"[A-ZÀ-Þ]{4,}", folded):
                yield re.compile(rf"(?<![A-Z]){word}(?![A-Z])")
            yield from _pinyin(name)


def _pinyin(name: str) -> Iterator[re.Pattern[str]]:
    """The name in pinyin, surname first or last, and the surname or the initials with a form of address."""
    for syllables in readings(name):
        if len(syllables) < 2:
            continue
        spelled = [syllable.upper().replace("V", "[UV]") for syllable in syllables]
        for order in (spelled, [*spelled[1:], spelled[0]], [*spelled[2:], *spelled[:2]]):
            yield re.compile(rf"(?<![A-Z]){_APART.join(order)}(?![A-Z])")
        heads = (spelled[0], "".join(spelled[:2]), "".join(s.upper()[0] for s in syllables))
        for head in heads:
            yield re.compile(rf"(?<![A-Z]){head}\s?(?:{_CALLED})")
            yield re.compile(rf"(?<![A-Z])(?:{_CALLED_LATIN})\.?\s?{head}(?![A-Z])")


def _addresses(names: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """The surname or the given name with a form of address, such as 徐女士 and 东静姐."""
    for name in names:
        folded = _folded(name).strip()
        if is_han(folded) and not is_company(name) and len(folded) > 1:
            surname = folded[:2] if folded[:2] in COMPOUND and len(folded) > 2 else folded[0]
            yield re.compile(rf"{re.escape(surname)}\s?(?:{_CALLED})")
            if len(given := folded.removeprefix(surname)) > 1:
                yield re.compile(rf"{re.escape(given)}\s?(?:{_CALLED}|姐|哥|姨|叔)")
            if surname not in _NO_NICKNAME:
                yield re.compile(rf"[小老]{re.escape(surname)}")
