"""Names (P3), several owners in a cell (A6), and masking (design rule 6)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.base.errors import Refused
from deskapp.base.i18n import use_language
from deskapp.domain import people
from deskapp.domain.people import PartyRole, checked_name, name_problem, role_of, shares_of, split_owners


@pytest.mark.parametrize(
    "name",
    [
        *(
            "王䶮",
            "赵𬱖",
            "张𠅤",
            "阿依古丽·买买提",
            "KIM MIN-JI",
            "Smith, John O'Neil",
            "望湖置业(武汉)有限公司",
            "=1+1",
        ),
        *("陈<b>强</b>", "李&王", "李\"王'", "名" * 60, "葛󠄀城", "محمد", "{name}", "%s"),
    ],
)
def test_any_unicode_name_stands_as_it_is(name: str) -> None:
    assert checked_name(name) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("", "name.empty"), (" \u3000\ufeff", "name.empty"), ("名" * 61, "name.too_long")),
        *((f"王{mark}强", "name.control") for mark in "\x00\x07\n\t\x7f\x9b\u202e\u2066\u2028\ud83d"),
    ],
)
def test_what_is_no_name_is_refused_with_a_sentence(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_name(text)
    assert refused.value.code == code
    for language in ("zh_CN", "en"):
        use_language(language)
        assert "{" not in refused.value.sentence()
        assert not refused.value.sentence().startswith("error.")


def test_only_outer_and_double_spaces_go() -> None:
    assert checked_name("\u3000 KIM  MIN-JI\u200b ") == "KIM MIN-JI"


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "张三、李四",
            "张三,李四",
            "张三\uff0c李四",
            "张三;李四",
            "张三\uff1b李四",
            "张三/李四",
            "张三\uff0f李四",
        ),
        *(
            "张三\n李四",
            "张三\r\n李四",
            "张三 李四",
            "张三\u3000\u3000李四",
            " 张三 、 李四 ",
            "张三、李四、",
            "张三、\n李四",
        ),
        *("张三(50%)、李四(50%)", "张三(1/2),李四(1/2)", "张三 (占50%) 李四 (占50%)"),
    ],
)
def test_two_owners_in_one_cell(cell: str) -> None:
    assert split_owners(cell) == ("张三", "李四")


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "Smith, John O'Neil",
            "阿依古丽·买买提",
            "阿依古丽 买买提",
            "KIM MIN-JI",
            "陈<b>强</b>",
            "李&王",
            "李&amp;王",
        ),
        *(
            "=1+1",
            "望湖置业(武汉)有限公司",
            "北京A/B科技有限公司",
            "Acme Co., Ltd",
            "刘/王",
            "Smith\uff0cJohn",
            "欧阳娜娜",
        ),
        *("张三(已故)", "王\U0002a6d6", "Jean-Luc O'Brien"),
    ],
)
def test_one_owner_stays_one(cell: str) -> None:
    assert split_owners(cell) == (cell,)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张三、望湖置业有限公司", ("张三", "望湖置业有限公司")),
        ("John Smith/Mary Smith", ("John Smith", "Mary Smith")),
        ("Smith, John; Brown, Ann", ("Smith, John", "Brown, Ann")),
        ("赵𬱖、邓芳", ("赵𬱖", "邓芳")),
        ("张三 李四 王五", ("张三", "李四", "王五")),
        ("欧阳娜娜 司马相如", ("欧阳娜娜", "司马相如")),
        ("王 强", ("王强",)),
        ("司马 萍萍", ("司马萍萍",)),
        ("", ()),
        ("、", ()),
    ],
)
def test_other_cells(cell: str, names: tuple[str, ...]) -> None:
    assert split_owners(cell) == names


def test_shares_belong_to_the_owner_before_them() -> None:
    assert shares_of("张三(50%)、李四(50%)") == ("50%", "50%")
    assert shares_of("张三、李四\uff081/3\uff09") == ("", "1/3")
    assert shares_of("张三 (60%) 李四") == ("60%", "")
    assert shares_of("望湖置业(武汉)有限公司") == ("",)


def test_roles_by_position() -> None:
    assert role_of("张三", 0) is PartyRole.OWNER
    assert role_of("李四", 1) is PartyRole.CO_OWNER
    assert role_of("望湖置业有限公司", 0) is PartyRole.COMPANY_OWNER
    assert role_of("Acme Ltd", 0) is PartyRole.COMPANY_OWNER
    assert role_of("Coleman, Alto", 0) is PartyRole.OWNER


def test_masking() -> None:
    assert people.mask_phone("19900000007") == "199****0007"
    assert people.mask_phone("027-85551234") == "027-****1234"
    assert people.mask_phone("12345") == "***45"
    assert people.mask_phone("85551234") == "****1234"  # no area code: seven of eight digits would tell it
    assert people.mask_phone("8555123") == "****5123"
    assert people.mask_id("420111195801090006") == "420111**********06"
    assert people.mask_id("E12345678") == "E******78"
    assert people.mask_id("") == ""
    assert people.mask_name("王䶮") == "王*"
    assert people.mask_name("诸葛娟杰") == "诸葛**"
    assert people.mask_name("Smith, John") == "S***"
    assert people.mask_name("望湖置业有限公司") == "望湖置业有限公司"
    assert (
        people.mask_digits("证42011119580109000X 电话19900000007 房1906")
        == "证420111**********0X 电话199****0007 房1906"
    )


@given(st.text(max_size=80))
def test_every_cell_is_parted_without_loss_of_letters(cell: str) -> None:
    names = split_owners(cell)
    assert all(name and name == name.strip() for name in names)
    assert len(shares_of(cell)) == len(names)


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60
    )
)
def test_names_of_any_script_stand_or_say_why(name: str) -> None:
    assert name_problem(name) in (None, "name.empty", "name.control")
