"""The days that are holidays by regulation, none of them moved (law.md; 全国年节及纪念日放假办法 of 2025).

Four of the seven festivals follow the moon or the sun: their days are a table, because computing them costs a
start of the program seconds. `tests/domain/test_workdays.py` compares every year with the package that does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from deskapp.domain.datatable import Label

FIRST_YEAR, LAST_YEAR = 2025, 2099
"""The years of the table; the thirteen days are in force since 2025."""

NEW_YEAR = Label("元旦", "New Year")
SPRING_FESTIVAL = Label("春节", "Spring Festival")
QINGMING = Label("清明节", "Qingming")
LABOUR_DAY = Label("劳动节", "Labour Day")
DRAGON_BOAT = Label("端午节", "Dragon Boat Festival")
MID_AUTUMN = Label("中秋节", "Mid-Autumn Festival")
NATIONAL_DAY = Label("国庆节", "National Day")

_MOVING = """
2025 0129 0404 0531 1006
2026 0217 0405 0619 0925
2027 0206 0405 0609 0915
2028 0126 0404 0528 1003
2029 0213 0404 0616 0922
2030 0203 0405 0605 0912
2031 0123 0405 0624 1001
2032 0211 0404 0612 0919
2033 0131 0404 0601 0908
2034 0219 0405 0620 0927
2035 0208 0405 0610 0916
2036 0128 0404 0530 1004
2037 0215 0404 0618 0924
2038 0204 0405 0607 0913
2039 0124 0405 0527 1002
2040 0212 0404 0614 0920
2041 0201 0404 0603 0910
2042 0122 0404 0622 0928
2043 0210 0405 0611 0917
2044 0130 0404 0531 1005
2045 0217 0404 0619 0925
2046 0206 0404 0608 0915
2047 0126 0405 0529 1004
2048 0214 0404 0615 0922
2049 0202 0404 0604 0911
2050 0123 0404 0623 0930
2051 0211 0405 0613 0919
2052 0201 0404 0601 0907
2053 0219 0404 0620 0926
2054 0208 0404 0610 0916
2055 0128 0405 0530 1005
2056 0215 0404 0617 0924
2057 0204 0404 0606 0913
2058 0124 0404 0625 1002
2059 0212 0405 0614 0921
2060 0202 0404 0603 0909
2061 0121 0404 0622 0928
2062 0209 0404 0611 0917
2063 0129 0405 0601 1006
2064 0217 0404 0619 0925
2065 0205 0404 0608 0915
2066 0126 0404 0528 1003
2067 0214 0405 0616 0923
2068 0203 0404 0604 0911
2069 0123 0404 0623 0929
2070 0211 0404 0613 0919
2071 0131 0405 0602 0908
2072 0219 0404 0620 0926
2073 0207 0404 0610 0916
2074 0127 0404 0530 1005
2075 0215 0404 0617 0924
2076 0205 0404 0606 0912
2077 0124 0404 0624 1001
2078 0212 0404 0614 0920
2079 0202 0404 0604 0910
2080 0122 0404 0622 0928
2081 0209 0404 0611 0917
2082 0129 0404 0601 1006
2083 0217 0404 0619 0926
2084 0206 0404 0607 0914
2085 0126 0404 0527 1003
2086 0214 0404 0615 0922
2087 0203 0404 0605 0911
2088 0124 0404 0623 0929
2089 0210 0404 0613 0918
2090 0130 0404 0602 0908
2091 0218 0404 0621 0927
2092 0207 0404 0609 0916
2093 0127 0404 0529 1005
2094 0215 0404 0617 0924
2095 0205 0404 0606 0913
2096 0125 0404 0624 0930
2097 0212 0404 0614 0920
2098 0201 0404 0604 0909
2099 0121 0404 0623 0929
"""
"""Year; first day of Spring Festival, Qingming, Dragon Boat and Mid-Autumn Festival, month and day each."""


@lru_cache(maxsize=128)
def statutory_days(year: int) -> Mapping[date, Label]:
    """The thirteen days; twelve where two festivals share one, which then bears the name of that which moves.

    Empty outside `FIRST_YEAR` to `LAST_YEAR`: a clock set wrong must not stop the desk.
    """
    row = next((line.split() for line in _MOVING.split("\n") if line.startswith(f"{year} ")), None)
    if row is None:
        return MappingProxyType({})
    spring, qingming, dragon_boat, mid_autumn = (date(year, int(on[:2]), int(on[2:])) for on in row[1:])
    one = timedelta(days=1)
    days = [
        (date(year, 1, 1), NEW_YEAR),
        *((spring + n * one, SPRING_FESTIVAL) for n in range(-1, 3)),  # from its eve
        (qingming, QINGMING),
        *((date(year, 5, n), LABOUR_DAY) for n in (1, 2)),
        (dragon_boat, DRAGON_BOAT),
        (mid_autumn, MID_AUTUMN),
        *((date(year, 10, n), NATIONAL_DAY) for n in (1, 2, 3)),
    ]
    found: dict[date, Label] = {}
    for day, label in sorted(days, key=lambda each: each[0]):
        found.setdefault(day, label)
    return MappingProxyType(found)
