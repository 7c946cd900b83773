"""Figures of Turkey's provinces as an office might send them: test data, invented by a script."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import xlsxwriter


def provinces(folder: Path) -> dict[str, str]:
    """Code and name of each province of the edition."""
    regions = pd.read_csv(folder / "regions.csv", keep_default_na=False)
    return dict(zip(regions["region_code"], regions["name_tr"], strict=True))


def figures(codes: list[str]) -> dict[tuple[str, str], int]:
    """Invented employment: Istanbul has 400 of 1,000 in C; of the other eighty each has 100, and in
    C two neighbours have 40 together. So C is 400 + 40 * 40 = 2,000 of 1,000 + 80 * 100 = 9,000."""
    chance = random.Random(6)
    found = {("TR-34", "C"): 400, ("TR-34", "A"): 100, ("TR-34", "G"): 500}
    others = [code for code in codes if code not in ("TR", "TR-34")]
    for first, second in zip(others[::2], others[1::2], strict=True):
        more = chance.randint(0, 15)
        for code, making in ((first, 20 + more), (second, 20 - more)):
            farming = chance.randint(0, 40)
            found |= {(code, "C"): making, (code, "A"): farming}
            found[code, "G"] = 100 - making - farming
    return found


def workbook(path: Path, rows: list[tuple[str, str, str]]) -> None:
    """An XLSX as an office sends it: titles, an empty row, Turkish headers, numbers as text, a note
    at the end."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Tablo 1")
        sheet.write(0, 0, "İllere ve faaliyete göre çalışan sayısı (test verisi)")
        sheet.write(1, 0, "Yıllık ortalama")
        for place, header in enumerate(("İl", "NACE kodu", "Yıl", "Çalışan sayısı (kişi)")):
            sheet.write(3, place, header)
        for line, (name, code, count) in enumerate(rows, start=4):
            sheet.write_row(line, 0, (name, code, 2023, count))
        sheet.write(len(rows) + 5, 0, "Kaynak: test")


def filled(turkey: Path, path: Path) -> dict[tuple[str, str], int]:
    """Write the workbook of employment; returns the figures in it."""
    names = provinces(turkey)
    counts = figures(list(names))
    rows = [(names[code], sector, f"{count},0") for (code, sector), count in counts.items()]
    rows += [("İstanbul", "Toplam", "1.000,0"), ("Sirnak", "Toplam", "100,0")]
    workbook(path, rows)
    return counts
