"""Opens a file that a stranger sent, in a process apart with little time and memory.

Run by its path, without Django: what crashes, hangs or swells here takes nothing with it.
"""

import json
import subprocess
import sys
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_COMPRESSED = {"/FlateDecode", "/LZWDecode", "/RunLengthDecode"}
_WRITTEN_OUT = {"/ASCII85Decode", "/ASCIIHexDecode"}
_PROGRAMS = ("/JavaScript", "/Launch", "/RichMediaExecute")


@dataclass(frozen=True)
class Limits:
    """The most that a file may have or cost: pages, pixels, seconds, bytes of memory."""

    pages: int
    pixels: int
    seconds: int
    memory: int


@dataclass(frozen=True)
class Finding:
    """`pages` (a picture has one), or the reason code why the file cannot be used."""

    pages: int = 0
    reason: str = ""


def inspect_apart(path: Path, media_type: str, limits: Limits) -> Finding:
    """Inspect in a new process; one that dies or overstays tells about the file too."""
    words = [
        str(path),
        media_type,
        *map(str, (limits.pages, limits.pixels, limits.seconds, limits.memory)),
    ]
    command = [sys.executable, "-I", __file__, *words]
    try:
        run = subprocess.run(command, capture_output=True, timeout=limits.seconds + 2, check=False)  # noqa: S603  our own file, no shell
    except subprocess.TimeoutExpired:
        return Finding(reason="too_heavy")
    try:
        return Finding(**json.loads(run.stdout))
    except ValueError:
        # Killed for its processor time (SIGXCPU, SIGKILL), or crashed on what it read.
        return Finding(reason="too_heavy" if -run.returncode in (9, 24) else "damaged")


def inspect(path: str, media_type: str, limits: Limits) -> Finding:
    """Parse the whole file as what it says it is."""
    look = _pdf if media_type == "application/pdf" else _picture
    try:
        return look(path, media_type, limits)
    except MemoryError:
        return Finding(reason="too_heavy")


def _pdf(path, media_type, limits):
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            count = len(pdf.pages)
            if count > limits.pages:
                return Finding(reason="too_many_pages")
            for page in pdf.pages:
                page.mediabox  # noqa: B018  raises where a page is no page
            if _holds_programs(pdf):
                return Finding(reason="active")
            if _swells(pdf, limits.memory // 2):
                return Finding(reason="too_heavy")
    except pikepdf.PasswordError:
        return Finding(reason="password")
    except (pikepdf.PdfError, ValueError, KeyError, AttributeError, TypeError, RuntimeError):
        return Finding(reason="damaged")
    return Finding(pages=count) if count else Finding(reason="damaged")


def _holds_programs(pdf):
    return any(_is_program(item) for top in pdf.objects for item in _dictionaries(top))


def _dictionaries(top):
    """Every dictionary and stream in one object of the file, those written inside it too."""
    import pikepdf

    waiting = [top]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            inside = list(item)
        elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            yield item
            inside = [value for _name, value in item.items()]
        else:
            continue
        # What stands elsewhere in the file gets its own turn.
        waiting += [one for one in inside if not getattr(one, "is_indirect", False)]


def _is_program(item):
    embedded = str(item.get("/Type", "")) == "/EmbeddedFile" or "/EF" in item
    return embedded or "/JS" in item or "/XFA" in item or str(item.get("/S", "")) in _PROGRAMS


def _swells(pdf, most):
    """Whether the file unpacks to more than `most` bytes, or is packed twice over, as no writer does."""
    import pikepdf

    total = 0
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            packed = _filters(item)
            if len([one for one in packed if one in _COMPRESSED]) > 1:
                return True
            for size in _unpacked(item, packed):
                total += size
                if total > most:
                    return True
    return False


def _filters(stream):
    import pikepdf

    named = stream.get("/Filter", [])
    return [str(one) for one in (named if isinstance(named, pikepdf.Array) else [named] if named else [])]


def _unpacked(stream, packed):
    """How many bytes come out of a stream, piece by piece; what is broken, readers pass over."""
    if packed[:1] == ["/FlateDecode"]:
        unpacker, rest = zlib.decompressobj(), stream.read_raw_bytes()
        with suppress(zlib.error):
            while rest and not unpacker.eof:
                yield len(unpacker.decompress(rest, 1 << 20))
                rest = unpacker.unconsumed_tail
    elif packed and set(packed) <= _COMPRESSED | _WRITTEN_OUT:
        yield len(stream.read_bytes())  # memory is bounded here


def _picture(path, media_type, limits):
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # judged here, by our own limit
    kind = [media_type.removeprefix("image/").upper()]
    try:
        with Image.open(path, formats=kind) as picture:
            if picture.width * picture.height > limits.pixels:
                return Finding(reason="too_many_pixels")
            picture.verify()
        with Image.open(path, formats=kind) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, EOFError):
        return Finding(reason="damaged")
    return Finding(pages=1)


def _bound(limits):
    import resource

    bounds = {
        resource.RLIMIT_CPU: (limits.seconds, limits.seconds + 1),
        resource.RLIMIT_AS: (limits.memory, limits.memory),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
    }
    for what, bound in bounds.items():
        # macOS knows no limit of addresses; the clock of the parent bounds it there.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, bound)


if __name__ == "__main__":
    given = Limits(*map(int, sys.argv[3:]))
    _bound(given)
    sys.stdout.write(json.dumps(vars(inspect(sys.argv[1], sys.argv[2], given))))
