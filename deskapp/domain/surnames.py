"""Chinese surnames: which characters may begin a name, and how those with several readings are read.

The common surnames of the Song list 百家姓 and the census, enough to tell two names from one in a cell.
"""

from __future__ import annotations

SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻"
    "莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古"
    "易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋"
    "沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公岳帅缑亢况有琴商佟闫肖代付覃区朴邸仝苑信晋楚盘粟苟漆邝"
    "海冼揭淳丛原展撒冶亓战勇占税芦谌迟邬刑官揣雪风么晓"
)

_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容"
    "仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐"
    "段干百里呼延东郭南门羊舌微生梁丘左丘东门西门南荣单于第五纳兰完颜叶赫那拉爱新"
)
COMPOUND = frozenset(_COMPOUND[at : at + 2] for at in range(0, len(_COMPOUND), 2))

READINGS: dict[str, tuple[str, ...]] = {
    "乜": ("nie", "mie"),
    "阚": ("kan", "han"),
    "莘": ("shen", "xin"),
    "单": ("shan", "dan"),
    "曾": ("zeng", "ceng"),
    "解": ("xie", "jie"),
    "查": ("zha", "cha"),
    "仇": ("qiu", "chou"),
    "区": ("ou", "qu"),
    "朴": ("piao", "pu"),
    "翟": ("zhai", "di"),
    "乐": ("yue", "le"),
    "盖": ("ge", "gai"),
    "覃": ("qin", "tan"),
    "缪": ("miao", "mou"),
    "洗": ("xian", "xi"),
    "召": ("shao", "zhao"),
    "员": ("yun", "yuan"),
    "贲": ("ben", "bi"),
    "秘": ("bi", "mi"),
    "薄": ("bo", "bao"),
    "折": ("she", "zhe"),
    "黑": ("he", "hei"),
    "能": ("nai", "neng"),
    "宓": ("mi", "fu"),
    "隗": ("wei", "kui"),
    "郗": ("xi", "chi"),
    "谌": ("chen", "shen"),
    "车": ("che", "ju"),
    "沈": ("shen", "chen"),
    "重": ("chong", "zhong"),
    "种": ("chong", "zhong"),
    "卜": ("bu",),
    "么": ("yao", "me"),
    "都": ("du", "dou"),
    "柏": ("bai", "bo"),
    "长": ("zhang", "chang"),
    "尉": ("wei", "yu"),
    "宿": ("su", "xiu"),
    "祭": ("zhai", "ji"),
    "大": ("da", "dai"),
    "藏": ("zang", "cang"),
    "行": ("xing", "hang"),
}
"""How a surname is read, the usual reading first; one that is not here has its first dictionary reading."""

COMPOUND_READINGS: dict[str, tuple[tuple[str, ...], ...]] = {
    "万俟": (("mo", "qi"), ("wan", "si")),
    "尉迟": (("yu", "chi"), ("wei", "chi")),
    "长孙": (("zhang", "sun"), ("chang", "sun")),
    "单于": (("chan", "yu"), ("shan", "yu")),
    "澹台": (("tan", "tai"), ("dan", "tai")),
    "乐正": (("yue", "zheng"), ("le", "zheng")),
}

GIVEN_READINGS: dict[str, tuple[str, ...]] = {
    "乐": ("le", "yue"),
    "娜": ("na", "nuo"),
    "茜": ("qian", "xi"),
    "行": ("xing", "hang"),
    "朝": ("chao", "zhao"),
    "晟": ("sheng", "cheng"),
    "重": ("zhong", "chong"),
    "长": ("chang", "zhang"),
    "曾": ("zeng", "ceng"),
    "莎": ("sha", "suo"),
    "盛": ("sheng", "cheng"),
    "柏": ("bai", "bo"),
    "省": ("sheng", "xing"),
    "调": ("tiao", "diao"),
    "传": ("chuan", "zhuan"),
    "奇": ("qi", "ji"),
    "参": ("can", "shen"),
    "觉": ("jue", "jiao"),
    "单": ("dan", "shan"),
    "解": ("jie", "xie"),
    "都": ("du", "dou"),
    "藏": ("cang", "zang"),
    "降": ("jiang", "xiang"),
    "还": ("huan", "hai"),
}
"""Readings within a given name where the dictionary's first is not enough."""


def begins_a_name(text: str) -> bool:
    """Whether the text begins with a surname and goes on after it (司马 alone is only a surname)."""
    if text[:2] in COMPOUND:
        return len(text) > 2
    return text[:1] in SINGLE and len(text) > 1
