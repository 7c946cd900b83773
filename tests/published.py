"""Answers of statistics offices in the forms in which they are documented, recorded here for tests:
figures of toyland, a country that there is not. No office published any of them."""

from __future__ import annotations

import json
from typing import Any

_NAMES = "http://www.sdmx.org/resources/sdmxml/schemas"
_HEADER = (
    "<m:Header><m:ID>toyland</m:ID><m:Test>true</m:Test><m:Prepared>2024-01-01T00:00:00"
    '</m:Prepared><m:Sender id="TEST"/>{structure}</m:Header>'
)
#: SDMX-ML 2.1, generic: a figure, an estimated one, a confidential one.
GENERIC = f"""<?xml version="1.0" encoding="UTF-8"?>
<m:GenericData xmlns:m="{_NAMES}/v2_1/message" xmlns:g="{_NAMES}/v2_1/data/generic"
 xmlns:c="{_NAMES}/v2_1/common">{
    _HEADER.format(
        structure='''
<m:Structure structureID="S" dimensionAtObservation="TIME_PERIOD"><c:Structure>
<Ref agencyID="TEST" id="JOBS" version="1.0"/></c:Structure></m:Structure>'''
    )
}
<m:DataSet structureRef="S">
<g:Series><g:SeriesKey><g:Value id="freq" value="A"/><g:Value id="nace_r2" value="A"/>
<g:Value id="geo" value="XT-N"/></g:SeriesKey>
<g:Obs><g:ObsDimension value="2030"/><g:ObsValue value="41"/></g:Obs>
<g:Obs><g:ObsDimension value="2031"/><g:ObsValue value="43.5"/><g:Attributes>
<g:Value id="OBS_FLAG" value="e"/></g:Attributes></g:Obs></g:Series>
<g:Series><g:SeriesKey><g:Value id="freq" value="A"/><g:Value id="nace_r2" value="A"/>
<g:Value id="geo" value="XT-S"/></g:SeriesKey>
<g:Obs><g:ObsDimension value="2030"/><g:ObsValue value="NaN"/><g:Attributes>
<g:Value id="OBS_FLAG" value="c"/></g:Attributes></g:Obs></g:Series>
</m:DataSet></m:GenericData>""".encode()


def specific(version: str) -> bytes:
    """The same as SDMX-ML of a structure of its own: ``v2_1`` or ``v3_0``."""
    urn = (
        "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=TEST:JOBS(1.0):ObsLevelDim:TIME_PERIOD"
    )
    what = (
        '<Ref agencyID="TEST" id="JOBS" version="1.0"/>'
        if version == "v2_1"
        else "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=TEST:JOBS(1.0)"
    )
    structure = (
        f'<m:Structure structureID="S" namespace="{urn}" dimensionAtObservation="TIME_PERIOD">'
        f"<c:Structure>{what}</c:Structure></m:Structure>"
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<m:StructureSpecificData xmlns:m="{_NAMES}/{version}/message"
 xmlns:ss="{_NAMES}/{version}/data/structurespecific" xmlns:c="{_NAMES}/{version}/common"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:n="{urn}">
{_HEADER.format(structure=structure)}
<m:DataSet ss:structureRef="S" xsi:type="n:DataSetType" ss:dataScope="DataStructure">
<Series freq="A" nace_r2="A" geo="XT-N"><Obs TIME_PERIOD="2030" OBS_VALUE="41"/>
<Obs TIME_PERIOD="2031" OBS_VALUE="43.5" OBS_FLAG="e"/></Series>
<Series freq="A" nace_r2="A" geo="XT-S"><Obs TIME_PERIOD="2030" OBS_VALUE="NaN" OBS_FLAG="c"/>
</Series></m:DataSet></m:StructureSpecificData>""".encode()


def sdmx_json(version: int) -> bytes:
    """The same as SDMX-JSON 1.0 or 2.0."""

    def dimension(name: str, *codes: str) -> dict[str, Any]:
        return {"id": name, "name": name, "values": [{"id": c, "name": c} for c in codes]}

    structure = {
        "dimensions": {
            "dataSet": [dimension("freq", "A")],
            "series": [dimension("nace_r2", "A"), dimension("geo", "XT-N", "XT-S")],
            "observation": [dimension("TIME_PERIOD", "2030", "2031")],
        },
        "attributes": {"observation": [dimension("OBS_STATUS", "e", "c")]},
    }
    series = {
        "0:0": {"observations": {"0": [41], "1": [43.5, 0]}},
        "0:1": {"observations": {"0": [None, 1]}},
    }
    data: dict[str, Any] = {"structure": structure, "dataSets": [{"series": series}]}
    if version > 1:
        data = {"data": {"structures": [structure], "dataSets": [{"series": series}]}}
    return json.dumps(data).encode()


#: SDMX-CSV 1.0 as Eurostat gives it.
CSV = b"""DATAFLOW,LAST UPDATE,freq,nace_r2,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG
TEST:JOBS(1.0),01/01/24 11:00:00,A,A,XT-N,2030,41,
TEST:JOBS(1.0),01/01/24 11:00:00,A,A,XT-N,2031,43.5,e
"""


def _dimension(label: str, codes: dict[str, str]) -> dict[str, Any]:
    index = {code: place for place, code in enumerate(codes)}
    return {"label": label, "category": {"index": index, "label": codes}}


def json_stat(**changed: Any) -> bytes:
    """A dataset of JSON-stat 2.0 as Eurostat gives it: figures and flags by their place."""
    content = {
        "version": "2.0", "class": "dataset", "label": "Jobs in toyland (test data)",
        "id": ["freq", "nace_r2", "geo", "time"], "size": [1, 1, 2, 2],
        "dimension": {
            "freq": _dimension("Time frequency", {"A": "Annual"}),
            "nace_r2": _dimension("Statistical classification", {"A": "Farming"}),
            "geo": _dimension("Geopolitical entity (reporting)", {"XT-N": "N", "XT-S": "S"}),
            "time": _dimension("Time", {"2030": "2030", "2031": "2031"}),
        },
        "value": {"0": 41, "1": 43.5}, "status": {"1": "e", "2": "c"},
        **changed,
    }  # fmt: skip
    return json.dumps(content).encode()


#: What PxWeb (API 1) says of a table, and what it answers when it is asked for all of it: codes are
#: numbers, names are what they mean.
PXWEB_TABLE = json.dumps({
    "title": "Jobs in toyland (test data) by Regions, Economic activities, Indicator and Year",
    "variables": [
        {"code": "Regions", "text": "Regions", "values": ["0", "1"],
         "valueTexts": ["North", "South & <b>Sea</b>"]},
        {"code": "Economic activities", "text": "Economic activities", "values": ["0"],
         "valueTexts": ["A"]},
        {"code": "Indicator", "text": "Indicator", "values": ["0", "1"],
         "valueTexts": ["Employed", "Hired"]},
        {"code": "Year", "text": "Year", "values": ["0", "1"], "valueTexts": ["2030", "2031"],
         "time": True},
    ],
}).encode()  # fmt: skip
PXWEB_DATA = json.dumps({
    "class": "dataset", "label": "Jobs in toyland (test data)", "version": "2.0",
    "id": ["Regions", "Economic activities", "Indicator", "Year"], "size": [2, 1, 2, 2],
    "dimension": {
        "Regions": _dimension("Regions", {"0": "North", "1": "South & <b>Sea</b>"}),
        "Economic activities": _dimension("Economic activities", {"0": "A"}),
        "Indicator": _dimension("Indicator", {"0": "Employed", "1": "Hired"}),
        "Year": _dimension("Year", {"0": "2030", "1": "2031"}),
    },
    "value": [41, 43, 1, 2, 70, None, 3, 4],
}).encode()  # fmt: skip

#: The same as a PX file, in Georgian letters of UTF-8.
PX = """CHARSET="ANSI";
AXIS-VERSION="2010";
CODEPAGE="utf-8";
TITLE="დასაქმება; test data";
CONTENTS="დასაქმება";
STUB="რეგიონი","სექტორი";
HEADING="Indicator","წელი";
VALUES("რეგიონი")="ჩრდილოეთი","სამხრეთი";
CODES("რეგიონი")="0","1";
VALUES("სექტორი")="A";
VALUES("Indicator")="Employed","Hired";
VALUES("წელი")="2030","2031";
DATA=
41 43 1 2
70 ".." 3 4;
""".encode()
