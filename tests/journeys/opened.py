"""Files opened as far as they can be, so that a word in any corner of them is found."""

import io
import zipfile
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import StreamObject


def opened(form: str, raw: bytes) -> bytes:
    """Return what a file holds: each part of a DOCX; of a PDF the words, every object, and each stream unpacked."""
    if form == "docx":
        archive = zipfile.ZipFile(io.BytesIO(raw))
        return b"\n".join(archive.read(name) for name in archive.namelist())
    if form == "pdf":
        return b"\n".join(_of_pdf(PdfReader(io.BytesIO(raw))))
    return raw


def _of_pdf(file: PdfReader) -> Iterator[bytes]:
    for page in file.pages:
        yield page.extract_text().encode()
    for number in range(1, int(str(file.trailer["/Size"]))):
        held = file.get_object(number)
        yield str(held).encode(errors="replace")
        if isinstance(held, StreamObject):
            yield held.get_data()
