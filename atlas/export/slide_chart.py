"""The ranking of a slide as PowerPoint's own bar chart, whose figures can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from atlas.export.slide_deck import name_for_all_scripts
from atlas.export.slide_words import font_family
from atlas.figures.captions import figure_name, shown
from atlas.figures.lettering import Face, balanced, clean, printable, shorten, width_of
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Mark, Rectangle
from atlas.model import COUNTED, MapView
from atlas.text import Text

#: How numbers of a unit are shown, where that can be said; the reader's Office has its own signs.
_FORMATS = {"ratio": "0.00", "index": "0.00", "share": "0.0%", "change": "+0%;−0%;0%"}
_COUNTS, _MONEY = "#,##0", "#,##0.0"
#: Sizes of letters in points, and beside rows lower than so many inches.
_NAME, _SMALL, _LOW = 9, 8, 0.27
#: The lowest row that a name in two lines stands in.
_TWO_LINES = 0.25
#: Room for a chart's own edge, and between names and bars, in inches.
_EDGE, _BESIDE = 0.03, 0.12


def put_chart(slide: Any, height: float, bars: Sequence[Mark], view: MapView, text: Text) -> Any:
    """Put the chart where the bars were drawn on a sheet so high, in their colours; returns its
    frame, None when no bar was drawn.

    Its plot lies where theirs did, so the line that they are read against is right for it too.
    """
    drawn = [mark for mark in bars if isinstance(mark, Rectangle)]
    box = bars[0].part.box if bars else None
    if not drawn or box is None:
        return None
    rows = view.regions[view.regions["value"].notna()].iloc[: len(drawn)]
    data = CategoryChartData(number_format=_number_format(view) or "General")
    room = min(mark.box[0] for mark in drawn) - box[0] - _BESIDE
    row = (box[3] - box[1]) / len(drawn)
    lines = 2 if row > _TWO_LINES else 1
    names = [_name(text.name(view.items[str(code)]), room, lines) for code in rows.index]
    data.categories = names
    data.add_series(printable(figure_name(view, text)), [float(value) for value in rows["value"]])
    west, south, east, north = box
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, Inches(west), Inches(height - north - _EDGE),
        Inches(east - west), Inches(north - south + 2 * _EDGE), data,
    )  # fmt: skip
    frame.name = text("Ranking")
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    chart.font.size = Pt(_NAME if row > _LOW else _SMALL)
    chart.font.name = font_family("".join(names))
    _place_plot(chart, drawn, rows, (west, south - _EDGE, east, north + _EDGE))
    _set_bars(chart, drawn, row)
    _set_values(chart, [shown(view, value, text) for value in rows["value"]], _number_format(view))
    name_for_all_scripts(chart.element)
    return frame


def put_bars(slide: Any, height: float, bars: Sequence[Mark], name: str, text: Text) -> Any:
    """Put a chart where the bars of a plate (parts ``bar``) were drawn, their names left to the
    words beside it; returns its frame, None without bars."""
    drawn = [mark for mark in bars if isinstance(mark, Rectangle)]
    box = drawn[0].part.box if drawn else None
    if box is None:
        return None
    west, south, east, north = box
    values = pd.DataFrame({"value": [float(mark.part.code) for mark in drawn]})
    data = CategoryChartData(number_format=_FORMATS["ratio"])
    data.categories = [clean(mark.part.name) or " " for mark in drawn]
    data.add_series(printable(name), list(values["value"]))
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, Inches(west), Inches(height - north), Inches(east - west),
        Inches(north - south), data,
    )  # fmt: skip
    frame.name = text("Ranking")
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    chart.font.size, chart.font.name = Pt(_NAME), font_family(name)
    _place_plot(chart, drawn, values, box)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    _set_bars(chart, drawn, (north - south) / len(drawn))
    _set_values(chart, [], _FORMATS["ratio"])
    name_for_all_scripts(chart.element)
    return frame


def _number_format(view: MapView) -> str | None:
    """The spreadsheet's format of the figure; None where values are words."""
    if view.metric.unit == "amount":
        return _COUNTS if view.measure in COUNTED else _MONEY
    return _FORMATS.get(view.metric.unit)


def _name(name: str, room: float, lines: int) -> str:
    """A region's name, shortened to so many lines so wide: a longer one would push the bars away,
    or run into the next."""
    face = Face(_NAME if lines > 1 else _SMALL)
    if max(width_of(line, face) for line in balanced(name, face, lines)) <= room:
        # A category without a letter would be none at all.
        return clean(name) or " "
    return shorten(name, face, room)


def _place_plot(chart: Any, drawn: Sequence[Rectangle], rows: pd.DataFrame, box: Any) -> None:
    """Let the plot take the very room of the drawn bars, and its axis their scale."""
    west, south, east, north = box
    ends = [
        (mark.box[0], mark.box[2], value) for mark, value in zip(drawn, rows["value"], strict=True)
    ]
    first, last, value = max(ends, key=lambda end: abs(end[2]))
    per_unit = (last - first) / abs(value) if value else 1.0
    zero = first if value >= 0 else last
    left, right = min(end[0] for end in ends), max(end[1] for end in ends)
    axis = chart.value_axis
    axis.minimum_scale = min((left - zero) / per_unit, 0.0)
    axis.maximum_scale = max((right - zero) / per_unit, axis.minimum_scale + 1e-9)
    axis.visible = axis.has_major_gridlines = False
    names = chart.category_axis
    names.reverse_order = True
    names.has_major_gridlines = False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.fill.background()
    # Every name, however low the rows are.
    before = names._element.find(qn("c:noMultiLvlLbl"))
    before.addprevious(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>'))
    names.tick_labels.font.color.rgb = _colour(LIGHT.text)
    # LibreOffice leaves out every other name of low rows, but not where they are said to lie flat.
    names._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", "0")
    wide, high = east - west, north - south
    share = [(left - west) / wide, _EDGE / high, (right - left) / wide, 1 - 2 * _EDGE / high]
    x, y, w, h = (f"{value:.5f}" for value in share)
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
        '<c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{x}"/><c:y val="{y}"/><c:w val="{w}"/><c:h val="{h}"/>'
        "</c:manualLayout></c:layout>"
    )
    plot = chart.element.find(".//{*}plotArea")
    for old in plot.findall("{*}layout"):
        plot.remove(old)
    plot.insert(0, layout)


def _set_bars(chart: Any, drawn: Sequence[Rectangle], row: float) -> None:
    """The bars' thickness, colours and values, as they were drawn."""
    plot, thick = chart.plots[0], drawn[0].box[3] - drawn[0].box[1]
    plot.gap_width = min(round((row - thick) / thick * 100), 500)
    plot.vary_by_categories = False
    series = plot.series[0]
    series.invert_if_negative = False
    for position, mark in enumerate(drawn):
        point = series.points[position].format
        point.fill.solid()
        point.fill.fore_color.rgb = _colour(mark.fill or LIGHT.page)
        point.line.color.rgb = _colour(mark.line or LIGHT.page)
        point.line.width = Pt(mark.line_width)


def _set_values(chart: Any, values: Sequence[str], number_format: str | None) -> None:
    """The value at the end of each bar: a number that follows the bar, or else the words."""
    plot = chart.plots[0]
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value = True
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.bold = chart.font.size, True
    labels.font.color.rgb = _colour(LIGHT.text)
    if number_format:
        labels.number_format, labels.number_format_is_linked = number_format, False
    for position, value in enumerate(() if number_format else values):
        label = plot.series[0].points[position].data_label
        label.text_frame.text = printable(value)
        label.position = XL_LABEL_POSITION.OUTSIDE_END
        font = label.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold, font.name = chart.font.size, True, font_family(value)
        font.color.rgb = _colour(LIGHT.text)
    _lay_on_page(chart)


def _lay_on_page(chart: Any) -> None:
    """Give values the page's ground, so that the line under the chart does not cross them."""
    for labels in [*chart.element.iter(qn("c:dLbls")), *chart.element.iter(qn("c:dLbl"))]:
        for after in ("c:txPr", "c:dLblPos", "c:showLegendKey"):
            found = labels.find(qn(after))
            if found is not None:
                ground = LIGHT.page.lstrip("#").upper()
                found.addprevious(
                    parse_xml(
                        f"<c:spPr {nsdecls('c', 'a')}><a:solidFill>"
                        f'<a:srgbClr val="{ground}"/></a:solidFill></c:spPr>'
                    )
                )
                break


def _colour(colour: str) -> RGBColor:
    found: RGBColor = RGBColor.from_string(colour.lstrip("#").upper())
    return found
