"""One small valid file of each format, made once."""

from __future__ import annotations

import io
from functools import cache

import docx
import openpyxl

TEXT = "# 大綱\n\n第1 目的\n- **重点** 一\n\n指標\t目標\t実績\nA\t100%\t71.5%\n"
HTML = (
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>大綱</title></head><body>"
    "<h1>大綱</h1><ol><li>一</ol>"
    "<table><tr><th rowspan=2>指標<th colspan=2>値<tr><td>1<td>2</table></body></html>"
)


@cache
def sample(kind: str) -> bytes:
    """The bytes of a valid file: txt, md, csv, html, docx, xlsx or pdf."""
    if kind in ("txt", "md"):
        return TEXT.encode()
    if kind == "csv":
        return "指標,目標,実績\nA,100%,71.5%\n".encode("cp932")
    if kind == "html":
        return HTML.encode()
    if kind == "pdf":
        return _pdf()
    return _word() if kind == "docx" else _excel()


def _word() -> bytes:
    document = docx.Document()
    document.add_heading("大綱", 1)
    document.add_paragraph("一", style="List Number")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "指標", "71.5%"
    table.cell(0, 0).merge(table.cell(1, 0))
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _excel() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["大綱"], ["指標", "目標", "実績"], ["A", 1, 0.715]):
        sheet.append(row)
    sheet["C3"].number_format = "0.0%"
    sheet.merge_cells("A1:C1")
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def _pdf() -> bytes:
    """A PDF with a line and a ruled table, written by hand so that no font is needed."""
    lines = "".join(f"100 {y} m 300 {y} l S " for y in (600, 640, 680))
    lines += "".join(f"{x} 600 m {x} 680 l S " for x in (100, 200, 300))
    words = "".join(
        f"BT /F1 12 Tf {x} {y} Td ({text}) Tj ET "
        for x, y, text in (
            (100, 720, "Plan 2026"),
            (110, 655, "A"),
            (210, 655, "B"),
            (110, 615, "1"),
            (210, 615, "2"),
        )
    )
    stream = (lines + words).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    trailer = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer
