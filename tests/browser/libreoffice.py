"""LibreOffice as somebody uses it: opens a workbook, types into cells, saves it. Without a window."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SOFFICE = shutil.which("soffice")
NUMBER = re.compile(r"-?\d+(\.\d+)?")

# A module of the person's own library, in a profile of its own, is run without being asked for.
MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Typing"
 script:language="StarBasic">
Sub Work(source As String, target As String, orders As String)
  Dim opened(0) As New com.sun.star.beans.PropertyValue
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  opened(0).Name = "Hidden"
  opened(0).Value = True
  saved(0).Name = "FilterName"
  saved(0).Value = "Calc MS Excel 2007 XML"
  book = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, opened())
  lines = createUnoService("com.sun.star.io.TextInputStream")
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  lines.setInputStream(files.openFileRead(ConvertToURL(orders)))
  lines.setEncoding("UTF-8")
  Do While Not lines.isEOF()
    order = Split(lines.readLine(), Chr(9))
    If UBound(order) = 4 Then
      cell = book.Sheets.getByName(order(0)).getCellByPosition(CLng(order(1)), CLng(order(2)))
      If order(3) = "number" Then
        cell.setValue(Val(order(4)))
      Else
        cell.setString(order(4))
      End If
    End If
  Loop
  lines.closeInput()
  book.storeToURL(ConvertToURL(target), saved())
  book.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Typing"/>
</library:library>
"""


@dataclass(frozen=True)
class Typed:
    """What is typed into one cell; rows and columns count from 1."""

    page: str
    column: int
    row: int
    text: str


def work_in(path: Path, typed: Iterable[Typed], *, folder: Path) -> Path:
    """The workbook after LibreOffice has opened it, typed all this and saved it."""
    source, saved, orders = (folder / name for name in ("source.xlsx", "saved.xlsx", "orders.txt"))
    shutil.copy(path, source)
    orders.write_text("\n".join(map(_order, typed)), encoding="utf-8")
    _run(_profile(folder), "--norestore", f'macro:///Standard.Typing.Work("{source}","{saved}","{orders}")')
    assert saved.exists(), "LibreOffice has not saved the workbook"
    return saved.rename(folder / f"記入済み_{path.name}")


def _order(one: Typed) -> str:
    kind = "number" if NUMBER.fullmatch(one.text) else "text"
    return f"{one.page}\t{one.column - 1}\t{one.row - 1}\t{kind}\t{one.text}"


def _profile(folder: Path) -> Path:
    """A profile whose own library holds the macro; LibreOffice makes the rest of it when it first runs."""
    profile = folder / "profile"
    library = profile / "user" / "basic" / "Standard"
    if not library.exists():
        _run(profile, "--terminate_after_init")
        (library / "Typing.xba").write_text(MACRO, encoding="utf-8")
        (library / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    return profile


def _run(profile: Path, *words: str) -> None:
    assert SOFFICE is not None
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", *words]
    subprocess.run(command, check=True, capture_output=True)
