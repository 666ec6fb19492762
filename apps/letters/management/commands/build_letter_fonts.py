"""Makes the fonts of the letters, once, from the published Noto faces.

WeasyPrint draws a letter in about a tenth of a second from static TrueType
faces of this size; variable, woff2 or whole CJK faces cost seconds. Run it
again only to take over a new release of Noto, and record it in the README
beside the fonts.
"""

from pathlib import Path

from django.core.management.base import BaseCommand
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

FONTS = Path(__file__).resolve().parents[2] / "fonts"
HONG_KONG_FACE = "Noto Sans CJK HK"
# A twelve-hundredth of an em is finer than any printer of letters resolves.
LARGEST_ERROR = 0.8

LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x2010, 0x2028),
    *range(0x2030, 0x203B),
    0x20AC,
    0x2122,
    0x2212,
    0x1E9E,
    *range(0x1EA0, 0x1EFA),
]
CHINESE_SIGNS = [
    *range(0x3000, 0x3020),
    *range(0x2460, 0x2474),
    *range(0x3105, 0x312A),
    *range(0xFF01, 0xFF5F),
    0xFE30,
    *range(0xFFE0, 0xFFE6),
    0x2014,
    0x2018,
    0x2019,
    0x201C,
    0x201D,
    0x2026,
    0x2027,
    0x203B,
    0x00B7,
]
# Characters of Hong Kong's places, names and public notices outside Big5's common plane.
HONG_KONG = (
    "邨埗鰂涌栢衞裏啟峯線礮鱲煱滘埔塱坳脷畧磡笏朥洣凼氹圳嶌廸曱甴啲嘅咗哋唔喺冇嚟嗰嘢咁佢乜揸攞搵掹冚"
    "栄恒煒堃喆瑢鋕燊焗煲麵麪粧綉鷄鴨鵞鵝蠔蟹冧巿閪姸妍嫺嫻珮璇珈琁璿瑨瑱晧晞晉曦曄昇昺杰桄樑橤浤淦湜潁濬炘"
    "焌燁犇玥珏珣琋琤瑄祐祺禛竤筠綺翀翹芃芷苡茵菀蓁蓉蕙蘅詠諾豐賢軒迦邦鄺釗鈞鈺鉅鋒錡鍵鎏鏗鑫靄韋頴顥颺馨"
    "驄鱗麒黃龑𨋢𠝹𡁻𠺝𤓓𧨾𨳊𨶙𩓥𪘚粵巴士餸爐灶枱椅櫈舖鋪舗菓啤咖啡茶餐廳雲吞粥粉飯檔攤濶樂說説税稅兌兑悦悅户戶"
    "教教群羣床牀産產尙尚眞真者者緖緒虛虚靑青爲為"
)


def _decodes(first: range, second: range, codec: str) -> list[int]:
    pairs = (bytes((a, b)).decode(codec, errors="ignore") for a in first for b in second)
    return [ord(char) for char in pairs if len(char) == 1]


def common_characters() -> set[int]:
    """Latin, signs, Big5's first plane (5,401 characters) and Hong Kong's own."""
    trail = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    plane = _decodes(range(0xA4, 0xC7), trail, "big5")
    return {*LATIN, *CHINESE_SIGNS, *plane, *map(ord, HONG_KONG)}


def rare_characters() -> set[int]:
    """Every unified ideograph of the first block and all of HKSCS, less the common ones."""
    trail = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    supplementary = {c for c in _decodes(range(0x87, 0xFF), trail, "big5hkscs") if c > 0x2E7F}
    return ({*range(0x4E00, 0xA000)} | supplementary) - common_characters()


def _cut(font: TTFont, characters: set[int], *, features: list[str]) -> TTFont:
    options = Options(
        hinting=False,
        layout_features=features,
        glyph_names=False,
        notdef_outline=True,
        name_IDs=[1, 2, 4, 6, 13, 14],
    )
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "DSIG", "GDEF"] if not features else ["DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def _quadratic_outlines(font: TTFont) -> dict:
    glyphs = {}
    drawn = font.getGlyphSet()
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    return glyphs


def to_truetype(font: TTFont) -> TTFont:
    """Turns cubic (CFF) outlines into the quadratic ones that PDF libraries subset fastest."""
    outlines = _quadratic_outlines(font)
    font["loca"] = newTable("loca")
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = font.getGlyphOrder(), outlines
    del font["CFF "]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxZones",
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ):
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    glyf.compile(font)
    maxp.recalc(font)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
    return font


def _hong_kong_face(path: str) -> TTFont:
    number = 0
    while True:
        face = TTFont(path, fontNumber=number, lazy=True)
        if face["name"].getDebugName(1).startswith(HONG_KONG_FACE):
            return face
        number += 1


class Command(BaseCommand):
    help = "Cuts the letters' fonts from Noto Sans (TTF) and Noto Sans CJK (TTC) files."

    def add_arguments(self, parser):
        parser.add_argument("--latin", nargs=2, metavar=("REGULAR", "BOLD"), required=True)
        parser.add_argument("--cjk", nargs=2, metavar=("REGULAR", "BOLD"), required=True)

    def handle(self, *, latin, cjk, **options):
        for weight, path in zip(("Regular", "Bold"), latin, strict=True):
            self._save(
                _cut(TTFont(path), set(LATIN), features=["kern", "tnum", "mark"]),
                f"NotoSans-{weight}.ttf",
            )
        for weight, path in zip(("Regular", "Bold"), cjk, strict=True):
            self._save(self._chinese(path, common_characters()), f"NotoSansHK-{weight}.ttf")
        self._save(self._chinese(cjk[0], rare_characters()), "NotoSansHK-Rare.ttf")

    def _chinese(self, path, characters):
        return to_truetype(_cut(_hong_kong_face(path), characters, features=[]))

    def _save(self, font, name):
        font.save(FONTS / name)
        size, characters = (FONTS / name).stat().st_size, len(font.getBestCmap())
        self.stdout.write(f"{name}: {size:,} bytes, {characters:,} characters")
