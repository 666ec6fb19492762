"""The portal's words in Chinese: what the source says, and what config/locale/*/django.po answers.

The source is read here and not by gettext's programs, so that every machine that runs
the tests can tell what is missing: Python by its syntax tree, templates by Django's own
`templatize`. Entries bear the files they stand in and no line numbers, which would change
with every edit.
"""

import ast
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import opencc
import polib
from django.conf import settings
from django.utils.translation.template import templatize

# How each function of django.utils.translation orders its words.
CALLS = {"gettext": ("id",), "ngettext": ("id", "plural"), "pgettext": ("context", "id"),
         "npgettext": ("context", "id", "plural")}  # fmt: skip
CALL_IN_TEMPLATE = re.compile(r"(?<![\w.])(_|gettext|ngettext|pgettext|npgettext)\(")
LITERAL = re.compile(r"""\s*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*(,?)""", re.DOTALL)
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[sd]|%[sd]|\{\w*\}")
HEADER = {
    "Project-Id-Version": "DTSPP portal",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
# What Hong Kong and the Mainland call differently; the longest match counts, and a word that
# answers itself is kept. Names of Hong Kong's own (數碼轉型支援, 商業登記, 轉數快) stay.
MAINLAND_WORDS = {
    "档案编号": "档案编号", "档案": "文件", "PDF档案": "PDF文件", "电邮地址": "电子邮箱地址", "电邮": "电子邮件",
    "短讯": "短信", "讯息": "消息", "流动电话": "手机", "登入": "登录", "登出": "退出登录", "上载": "上传",
    "储存格": "单元格", "储存": "保存", "搜寻": "搜索", "联络": "联系", "程式库": "程序库", "程式": "程序",
    "装置": "设备", "萤幕画面": "屏幕截图", "萤幕": "屏幕", "连结": "链接", "连线": "连接", "帐户": "账户",
    "列印": "打印", "浏览器视窗": "浏览器窗口", "介面": "界面", "字元": "字符", "连字号": "连字符", "剔选": "勾选",
    "覆核": "复核", "公帑": "公共资金", "纪录": "记录", "身分": "身份", "工作天": "工作日", "保安密钥": "安全密钥",
    "复原码": "恢复码", "重新载入": "重新加载", "载入": "加载", "传送": "发送", "贴上": "粘贴", "当值": "值班",
    "柜位": "柜台", "数码指纹": "数字指纹", "数码身分": "数字身份", "质素": "质量", "撷取": "截取",
    "甚么": "什么", "联络方法": "联系方式", "关连": "关联", "阔度": "宽度", "资料库": "数据库", "营运": "运营",
    "一次过": "一次性", "以仙计算": "以分计算", "支援语言": "支持语言", "支援服务": "支持服务", "支援时间": "服务时间",
    "「": "“", "」": "”", "『": "‘", "』": "’",
}  # fmt: skip
HK_TO_SIMPLIFIED = opencc.OpenCC("hk2s")


@dataclass
class Said:
    """One thing the portal says: its English words, their plural if any, the files it stands in."""

    id: str
    context: str | None = None
    plural: str | None = None
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.id


def path_of(language: str) -> Path:
    """The .po file of zh_Hant or zh_Hans."""
    return settings.ROOT / "config" / "locale" / language / "LC_MESSAGES" / "django.po"


@cache
def said_in_source() -> dict[tuple[str | None, str], Said]:
    """Everything apps, config and templates say, by (context, English), in the order of files."""
    found: dict[tuple[str | None, str], Said] = {}
    for path, spoken in _spoken():
        for said in spoken:
            known = found.setdefault(said.key, said)
            known.plural = known.plural or said.plural
            if path not in known.files:
                known.files.append(path)
    return found


def _spoken():
    root = settings.ROOT
    for folder in ("apps", "config"):
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(root)), said_in_python(path.read_text())
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            yield str(path.relative_to(root)), said_in_template(path.read_text())


def said_in_python(text: str) -> list[Said]:
    """The literal words of every call to gettext and its kin, under whatever name they are imported."""
    tree = ast.parse(text)
    names = {
        alias.asname or alias.name: alias.name.removesuffix("_lazy").removesuffix("_noop")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    calls.sort(key=lambda call: (call.lineno, call.col_offset))
    return [said for call in calls if (said := _said_by(call, names)) is not None]


def _said_by(call: ast.Call, names: dict[str, str]) -> Said | None:
    called = getattr(call.func, "id", "")
    order = CALLS.get(names.get(called, ""))
    words = [one.value for one in call.args if isinstance(getattr(one, "value", None), str)]
    if order is None or len(words) < len(order):
        return None
    return Said(**dict(zip(order, words, strict=False)))


def said_in_template(text: str) -> list[Said]:
    """The words of translate, blocktranslate and _("…"), as Django's makemessages reads them."""
    source = templatize(text)
    found = []
    for call in CALL_IN_TEMPLATE.finditer(source):
        order = CALLS["gettext" if call[1] == "_" else call[1]]
        words, at, more = [], call.end(), ","
        while more and (literal := LITERAL.match(source, at)):
            words.append(ast.literal_eval(literal[1]))
            at, more = literal.end(), literal[2]
        if len(words) >= len(order):
            found.append(Said(**dict(zip(order, words, strict=False))))
    return found


def translations(language: str) -> dict[tuple[str | None, str], polib.POEntry]:
    """The entries of one language by (context, English)."""
    path = path_of(language)
    entries = polib.pofile(str(path)) if path.exists() else ()
    return {(entry.msgctxt, entry.msgid): entry for entry in entries if not entry.obsolete}


def words_of(entry: polib.POEntry) -> str:
    """An entry's Chinese; Chinese has one form for any number."""
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def left_to_do(language: str) -> list[str]:
    """What the source says and this language does not, or not surely."""
    known, wanted = translations(language), said_in_source()
    missing = [f"missing: {said.id!r}" for key, said in wanted.items()
               if key not in known or not words_of(known[key])]  # fmt: skip
    fuzzy = [f"fuzzy: {entry.msgid!r}" for entry in known.values() if entry.fuzzy]
    gone = [f"no longer said: {entry.msgid!r}" for key, entry in known.items() if key not in wanted]
    return missing + fuzzy + gone


def write(language: str, drafts: dict[tuple[str | None, str], str] | None = None) -> None:
    """Bring the .po file in step with the source: what is known stays, what is gone goes.

    `drafts` answers entries that are still empty; they are marked fuzzy, for a person to read.
    """
    known = translations(language)
    file = polib.POFile(wrapwidth=100)
    file.metadata = {**HEADER, "Language": language}
    for key, said in said_in_source().items():
        words = words_of(known[key]) if key in known else ""
        draft = "" if words else (drafts or {}).get(key, "")
        file.append(_entry(said, words or draft, bool(draft) or (key in known and known[key].fuzzy)))
    path_of(language).parent.mkdir(parents=True, exist_ok=True)
    file.save(str(path_of(language)))


def _entry(said: Said, words: str, fuzzy: bool) -> polib.POEntry:
    entry = polib.POEntry(msgid=said.id, msgctxt=said.context, occurrences=[(f, "") for f in said.files])
    if said.plural:
        entry.msgid_plural, entry.msgstr_plural = said.plural, {0: words}
    else:
        entry.msgstr = words
    entry.flags = ["fuzzy"] * fuzzy + ["python-format"] * ("%(" in said.id)
    return entry


def simplified(words: str) -> str:
    """Hong Kong's Chinese in Simplified characters and the Mainland's words: a draft to be read."""
    parts = re.split(f"({PLACEHOLDER.pattern})", words)
    text = "".join(part if PLACEHOLDER.fullmatch(part) else HK_TO_SIMPLIFIED.convert(part) for part in parts)
    longest_first = sorted(MAINLAND_WORDS, key=len, reverse=True)
    return re.sub("|".join(longest_first), lambda word: MAINLAND_WORDS[word[0]], text)


def simplified_drafts() -> dict[tuple[str | None, str], str]:
    """A draft of zh_Hans for every finished entry of zh_Hant."""
    return {key: simplified(words_of(entry)) for key, entry in translations("zh_Hant").items() if not entry.fuzzy}
