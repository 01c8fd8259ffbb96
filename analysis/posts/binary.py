"""Is this a file of text at all? Pictures, documents, web pages and programs are refused, with what to do."""

from __future__ import annotations

from analysis.language import _
from analysis.schema import InputError

SIGNATURES = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\xd0\xcf\x11\xe0": "DOC/XLS",
    b"PK\x03\x04": "ZIP",
    b"\x1f\x8b": "GZ",
    b"Rar!\x1a": "RAR",
    b"7z\xbc\xaf": "7Z",
    b"{\\rtf": "RTF",
}
MARKUP = (b"<!doctype", b"<html", b"<head", b"<meta", b"<style", b"<table", b"<?xml")
CONTROL = bytes({*range(1, 9), *range(14, 32), 127})
CONTROL_SHARE, NUL_SHARE = 0.02, 0.1  # random bytes hold 0.11 controls; programs and databases more NUL
ALLOWED = 40  # one cell with each of the controls is still text


def refuse_other_kinds(data: bytes, name: str) -> None:
    """Do these bytes begin as a picture, a document, an archive or a web page does? Raises InputError then."""
    kind = next((kind for signature, kind in SIGNATURES.items() if data.startswith(signature)), "")
    if kind:
        problem = _(
            "{name} is no table: it is a {kind} file. CSV, TSV or XLSX was expected. "
            "Export the posts again as CSV or XLSX and load that file.",
            name=name,
            kind=kind,
        )
        raise InputError(problem)
    start = data[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(MARKUP):
        problem = _(
            "{name} is no table: it begins with {kind}. CSV, TSV or XLSX was expected. "
            "Open it in Excel and save it as XLSX, or export it again as CSV.",
            name=name,
            kind=start.split()[0][:10].decode("ascii", "replace"),
        )
        raise InputError(problem)


def refuse_binary(sample: bytes, nuls: int, length: int, name: str) -> None:
    """Does the text hold more control characters than text does? Raises InputError then.

    `sample`: some of the text, UTF-8; `nuls`: how many characters of value 0 were taken out of the `length`
    bytes of text that remained.
    """
    controls = len(sample) - len(sample.translate(None, CONTROL))
    if controls > max(ALLOWED, CONTROL_SHARE * len(sample)) or nuls > max(ALLOWED, NUL_SHARE * length):
        problem = _(
            "{name} is neither a workbook nor text: it is full of characters that no text holds. "
            "Open it in Excel, save it as XLSX or CSV (UTF-8) and load that file.",
            name=name,
        )
        raise InputError(problem)
