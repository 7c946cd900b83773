"""Words of a slide: lines that belong together as one text box, and the fonts they ask for.

PowerPoint opens a file with the fonts of whoever reads it. Embedding Noto would be for Windows
alone, so fonts are named that are there already: Arial and Georgia come with Windows and macOS, and
both run narrower than the Noto that boxes are measured with. Georgian letters are in neither;
Sylfaen, which has them, comes with every Windows since 2000, is what Office's own themes name for
Georgian, and wherever it is missing the machine's own Georgian letters take its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from atlas.export.paths import left_of
from atlas.figures.lettering import Face, printable, runs_left, width_of
from atlas.figures.sheet import Letters

SANS, SERIF, GEORGIAN = "Arial", "Georgia", "Sylfaen"
#: Where the first baseline lies, as a share of the height of a line that is set exactly.
ASCENT = 0.815
_ALIGN = {"left": "l", "center": "ctr", "right": "r"}
#: Lines farther apart than so many of their heights do not belong together.
_APART = 1.4
_LANGUAGES = {"en": "en-GB", "ka": "ka-GE"}


@dataclass
class Block:
    """Rows of words in one text box; each row is one or several runs side by side.

    ``west`` and ``east``: where the widest row begins and ends; ``step``: from one baseline to the
    next. Inches.
    """

    rows: list[list[Letters]]
    align: str
    west: float
    east: float
    step: float

    @property
    def first(self) -> Letters:
        """Its first words."""
        return self.rows[0][0]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.first.y + ASCENT * self.step

    @property
    def foot(self) -> float:
        """Its lower edge."""
        return self.top - len(self.rows) * self.step


def blocks(letters: Iterable[Letters]) -> list[Block]:
    """The lines of one part of a picture, put together as text boxes."""
    found: list[Block] = []
    for row in _rows(letters):
        new = _block(row)
        if not found or not _joined(found[-1], new):
            found.append(new)
    return found


def _rows(letters: Iterable[Letters]) -> list[list[Letters]]:
    """Runs side by side on one line of a label are one row."""
    rows: list[list[Letters]] = []
    for mark in letters:
        if rows and mark.part.role == "label" and abs(rows[-1][0].y - mark.y) < 1e-6:
            rows[-1].append(mark)
        else:
            rows.append([mark])
    return rows


def _block(row: list[Letters]) -> Block:
    first, last = row[0], row[-1]
    align = "center" if first.part.role == "label" else first.align
    end = left_of(last) + width_of(last.words, last.face)
    return Block([row], align, left_of(first), end, first.face.line)


def _joined(above: Block, below: Block) -> bool:
    """Join a row to the block above it, if it belongs there."""
    last, new = above.rows[-1][0], below.first
    drop = last.y - new.y
    alike = new.part.role == "label" or (last.face, last.colour) == (new.face, new.colour)
    places = {
        "left": (above.west, below.west),
        "center": (above.west + above.east, below.west + below.east),
        "right": (above.east, below.east),
    }[above.align]
    level = abs(places[0] - places[1]) < 0.01
    if not (alike and level and above.align == below.align and 0 < drop < _APART * above.step):
        return False
    if len(above.rows) > 1 and abs(drop - above.step) > 1e-3:
        return False
    above.rows += below.rows
    above.west, above.east = min(above.west, below.west), max(above.east, below.east)
    above.step = drop
    return True


def font_family(words: str, *, serif: bool = False) -> str:
    """The font that words are set in on a slide."""
    if any("\u10a0" <= letter <= "\u10ff" or "\u1c90" <= letter <= "\u1cbf" for letter in words):
        return GEORGIAN
    return SERIF if serif else SANS


def block_body(block: Block, language: str) -> Markup:
    """A block as the body of a text box in DrawingML."""
    spacing = Markup('<a:lnSpc><a:spcPts val="{}"/></a:lnSpc>').format(round(block.step * 7200))
    paragraphs = Markup("").join(
        Markup('<a:p><a:pPr algn="{}"{}>{}</a:pPr>{}</a:p>').format(
            _ALIGN[block.align],
            Markup(' rtl="1"') if runs_left(row[0].words) else "",
            spacing,
            _space().join(_run(letters, language) for letters in row),
        )
        for row in block.rows
    )
    return Markup(
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t">'
        "<a:noAutofit/></a:bodyPr><a:lstStyle/>{}</p:txBody>"
    ).format(paragraphs)


def _space() -> Markup:
    return Markup("<a:r><a:t> </a:t></a:r>")


def _run(letters: Letters, language: str) -> Markup:
    face, glow = letters.face, Markup("")
    if letters.halo:
        glow = Markup(
            '<a:effectLst><a:glow rad="{}"><a:srgbClr val="{}"/></a:glow></a:effectLst>'
        ).format(round(letters.halo_width * 12_700 / 2), letters.halo.lstrip("#"))
    return Markup("<a:r>{}<a:t>{}</a:t></a:r>").format(
        run_properties(letters.words, face, letters.colour, language, glow),
        printable(letters.words),
    )


def run_properties(
    words: str, face: Face, colour: str, language: str, effects: Markup | str = ""
) -> Markup:
    """How a run of words looks, in DrawingML."""
    return Markup(
        '<a:rPr lang="{}" sz="{}" b="{}" i="{}" dirty="0"><a:solidFill><a:srgbClr val="{}"/>'
        '</a:solidFill>{}<a:latin typeface="{font}"/><a:ea typeface="{font}"/>'
        '<a:cs typeface="{font}"/></a:rPr>'
    ).format(
        _LANGUAGES.get(language, language), round(face.size * 100), int(face.bold),
        int(face.italic), colour.lstrip("#"), effects,
        font=font_family(words, serif=face.serif),
    )  # fmt: skip
