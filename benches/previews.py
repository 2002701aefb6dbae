"""How soon the open dialog knows a file of any size: `glad inspect FILE --beginning`, the whole process.

    venv/bin/python benches/previews.py target/release/glad

Writes a CSV file of 1 GB, a Parquet file and a workbook of 1 000 000 x 10 numbers, and a CSV file of 2000
columns. Wall and processor seconds are the least of five runs.
"""

import pathlib
import subprocess
import sys
import tempfile
import zipfile

from readers import run

ROWS, COLUMNS, WIDE, RUNS = 1_000_000, 10, 2000, 5
LETTERS = "ABCDEFGHIJ"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(path, table):
    """One sheet, written by hand: libraries take minutes for as many cells."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            write = lambda text: sheet.write(text.encode())
            cells = (f'<c r="{letter}1" t="inlineStr"><is><t>x{at}</t></is></c>' for at, letter in enumerate(LETTERS))
            write(f'<worksheet xmlns="{SHEETS}"><sheetData><row r="1">{"".join(cells)}</row>')
            for row, numbers in enumerate(table, 2):
                cells = (f'<c r="{letter}{row}"><v>{number}</v></c>' for letter, number in zip(LETTERS, numbers))
                write(f'<row r="{row}">{"".join(cells)}</row>')
            write("</sheetData></worksheet>")


def write(folder):
    import numpy
    import pandas

    draw = numpy.random.default_rng(1)
    table = draw.normal(size=(ROWS, COLUMNS)).round(6)
    frame = pandas.DataFrame(table, columns=[f"x{at}" for at in range(COLUMNS)])
    wide = pandas.DataFrame(draw.normal(size=(1000, WIDE)).round(4)).add_prefix("channel_")
    frame.to_parquet(folder / "table.parquet", index=False)
    wide.to_csv(folder / "wide.csv", index=False)
    workbook(folder / "table.xlsx", table)
    text = frame.to_csv(index=False).encode()
    head = text.index(b"\n") + 1
    with open(folder / "long.csv", "wb") as file:
        file.write(text)
        while file.tell() < 1_000_000_000:
            file.write(text[head:])


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # In a process of its own: the peak of a child begins at the memory of its parent.
        subprocess.run([sys.executable, __file__, "--write", name], check=True)
        print("| file | MB | wall s | CPU s | peak MB |\n|---|---|---|---|---|")
        for path in sorted(folder.iterdir()):
            found = [run([program, "inspect", str(path), "--beginning", "--json"]) for _ in range(RUNS)]
            if None in found:
                sys.exit(f"{path.name} is not read")
            wall, cpu, peak = (min(column) for column in zip(*found))
            print(f"| {path.name} | {path.stat().st_size / 1e6:.0f} | {wall:.2f} | {cpu:.2f} | {peak:.0f} |")


if sys.argv[1:2] == ["--write"]:
    write(pathlib.Path(sys.argv[2]))
else:
    main()
