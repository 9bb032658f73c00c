"""Small files of every kind, real enough to be told apart by their content; and adding one without a page."""

import io
import zipfile

from accounts.models import User
from base import store
from base.uploads import Received
from requests_app.models import Document, Request
from requests_app.services import documents

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 40
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 40
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
DOC = OLE + "WordDocument".encode("utf-16-le") + b"\x00" * 100
# The harmless text by which every virus scanner shows that it works.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def a_pdf(word: str = "") -> bytes:
    """A PDF that holds a word."""
    return PDF + f"% {word}\n".encode()


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip container."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for name, content in members.items():
            container.writestr(name, content)
    return out.getvalue()


DOCX_MEMBERS = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
DOCX = zipped(DOCX_MEMBERS)
ODT_MEMBERS = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office:document/>"}
ODT = zipped(ODT_MEMBERS)

GOOD = {
    "statute.pdf": PDF,
    "Statute of 2024.PDF": PDF,
    "letter.doc": DOC,
    "letter.docx": DOCX,
    "letter.odt": ODT,
    "photo.jpg": JPEG,
    "photo.jpeg": JPEG,
    "scan.png": PNG,
}
WRONG = {
    "page.html": b"<html><script>alert(1)</script>",
    "page.pdf": b"<html><script>alert(1)</script>%PDF-1.4",
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "photo.png": JPEG,
    "photo.jpg": b"GIF89a/*" + JPEG,
    "table.xls": OLE,
    "table.doc": OLE,
    "macros.doc": DOC + "_VBA_PROJECT".encode("utf-16-le"),
    "archive.zip": DOCX,
    "plain.docx": zipped({"readme.txt": b"x"}),
    "macros.docx": zipped({**DOCX_MEMBERS, "word/vbaProject.bin": b"x"}),
    "macros.docm": DOCX,
    "table.odt": zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}),
    "macros.odt": zipped({**ODT_MEMBERS, "Basic/Standard/Module1.xml": b""}),
    "late.odt": zipped({"content.xml": b"", "mimetype": b"application/vnd.oasis.opendocument.text"}),
    "torn.docx": DOCX[:-10],
    "no ending": PDF,
    "two.endings.exe": PDF,
    "pdf": PDF,
}


def received(name: str = "statute.pdf", content: bytes = PDF) -> Received:
    """A file that came whole and lies in the store."""
    stored = store.new_name()
    with open(store.create(stored), "wb") as out:
        out.write(content)
    return Received(name, len(content), "0" * 64, stored)


def a_document(request: Request, by: User, name: str = "statute.pdf", content: bytes = PDF) -> Document:
    """A document that `by` added."""
    return documents.add_document(request, received(name, content), by=by)
