"""Which kind of file something is, by its content; the ending of its name must say the same. Nothing is unpacked."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ODT: Final = b"application/vnd.oasis.opendocument.text"
MOST_MEMBERS: Final = 5000
# How a stream of a compound file (Word 97–2003) is called in its directory.
WORD_STREAM: Final = "WordDocument".encode("utf-16-le")
MACRO_STREAM: Final = "_VBA_PROJECT".encode("utf-16-le")


@dataclass(frozen=True)
class FileKind:
    """A kind that is taken: its name here, its media type, the endings of its files, the bytes with which it begins."""

    slug: str
    media_type: str
    endings: tuple[str, ...]
    begins: bytes


KINDS: Final = {
    kind.slug: kind
    for kind in (
        FileKind("pdf", "application/pdf", ("pdf",), b"%PDF-"),
        FileKind("doc", "application/msword", ("doc",), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        FileKind(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ("docx",),
            b"PK\x03\x04",
        ),
        FileKind("odt", ODT.decode(), ("odt",), b"PK\x03\x04"),
        FileKind("jpeg", "image/jpeg", ("jpg", "jpeg"), b"\xff\xd8\xff"),
        FileKind("png", "image/png", ("png",), b"\x89PNG\r\n\x1a\n"),
    )
}
ENDINGS: Final = tuple(f".{ending}" for kind in KINDS.values() for ending in kind.endings)


def kind_of(name: str, path: Path) -> FileKind | None:
    """The kind of the file at `path` that was called `name`; None for any other, and where name and content differ.

    A file that carries macros is none of ours. Raises OSError.
    """
    stem, _dot, ending = name.rpartition(".")
    kind = next((kind for kind in KINDS.values() if stem and ending.lower() in kind.endings), None)
    if kind is None:
        return None
    with path.open("rb") as content:
        if content.read(len(kind.begins)) != kind.begins:
            return None
    return kind if _holds(kind, path) else None


def _holds(kind: FileKind, path: Path) -> bool:
    """Whether a container holds what its kind must hold."""
    if kind.slug == "doc":
        content = path.read_bytes()
        return WORD_STREAM in content and MACRO_STREAM not in content
    if kind.slug not in ("docx", "odt"):
        return True
    try:
        with zipfile.ZipFile(path) as container:
            return _is_text(kind, container)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError):
        return False


def _is_text(kind: FileKind, container: zipfile.ZipFile) -> bool:
    names = container.namelist()
    if len(names) > MOST_MEMBERS:
        return False
    if kind.slug == "docx":
        macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return {"[Content_Types].xml", "word/document.xml"} <= set(names) and not macros
    # An ODF text begins with its media type, stored as it is.
    first = container.infolist()[0] if names else None
    if first is None or first.filename != "mimetype" or first.file_size != len(ODT):
        return False
    macros = any(name.startswith("Basic/") for name in names)
    return container.read(first) == ODT and "content.xml" in names and not macros
