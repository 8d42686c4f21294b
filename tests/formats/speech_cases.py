"""Transcripts in XML to try readers on: the same talk in every format, of invented people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from anonymize.formats import elan, exmaralda, tei, tei_tables, transcriber, ttml
from anonymize.formats.pieces import Draft
from anonymize.formats.spoken import Spoken
from anonymize.formats.xml_tables import Tables
from anonymize.formats.xml_text import read_xml
from anonymize.model.documents import Document
from tests.formats.xml_cases import parsed

FULL, GIVEN, LABEL = "Annalena Kowaltic", "Annalena", "AnnalenaK"
OTHER, STAFF = "Bennolt", "Tilda Brandrup"
PATH = "file:///D:/recordings/annalena"

ELAN = f"""<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="{STAFF}" DATE="2014-03-05T10:11:12+01:00" FORMAT="3.0" VERSION="3.0"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">
    <LICENSE LICENSE_URL="https://licence.example/{LABEL}">By {FULL}</LICENSE>
    <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">
        <MEDIA_DESCRIPTOR MEDIA_URL="{PATH}/a.mpg" MIME_TYPE="video/mpeg"
            RELATIVE_MEDIA_URL="./{LABEL}.mpg"/>
        <LINKED_FILE_DESCRIPTOR LINK_URL="{PATH}/a.csv" MIME_TYPE="unknown"/>
        <PROPERTY NAME="URN">urn:nl-mpi-tools-elan-eaf:2f1a</PROPERTY>
        <PROPERTY NAME="lastUsedAnnotationId">5</PROPERTY>
    </HEADER>
    <TIME_ORDER>
        <TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="0"/>
        <TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="1000"/>
        <TIME_SLOT TIME_SLOT_ID="ts3"/>
        <TIME_SLOT TIME_SLOT_ID="ts4" TIME_VALUE="2500"/>
    </TIME_ORDER>
    <TIER ANNOTATOR="Tilda" DEFAULT_LOCALE="en" LINGUISTIC_TYPE_REF="talk" PARTICIPANT="{FULL}"
        TIER_ID="utterance@{LABEL}">
        <ANNOTATION>
            <ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
                <ANNOTATION_VALUE>I am {FULL} &amp; that is {OTHER}</ANNOTATION_VALUE>
            </ALIGNABLE_ANNOTATION>
        </ANNOTATION>
    </TIER>
    <TIER LINGUISTIC_TYPE_REF="gloss" PARENT_REF="utterance@{LABEL}" TIER_ID="gloss@{LABEL}">
        <ANNOTATION>
            <REF_ANNOTATION ANNOTATION_ID="a2" ANNOTATION_REF="a1" CVE_REF="cveid0">
                <ANNOTATION_VALUE>name</ANNOTATION_VALUE>
            </REF_ANNOTATION>
        </ANNOTATION>
        <ANNOTATION>
            <REF_ANNOTATION ANNOTATION_ID="a3" ANNOTATION_REF="a1" PREVIOUS_ANNOTATION="a2">
                <ANNOTATION_VALUE/>
            </REF_ANNOTATION>
        </ANNOTATION>
    </TIER>
    <TIER LINGUISTIC_TYPE_REF="talk" TIER_ID="{OTHER}">
        <ANNOTATION>
            <ALIGNABLE_ANNOTATION ANNOTATION_ID="a4" TIME_SLOT_REF1="ts2" TIME_SLOT_REF2="ts4">
                <ANNOTATION_VALUE>Hello {GIVEN}</ANNOTATION_VALUE>
            </ALIGNABLE_ANNOTATION>
        </ANNOTATION>
    </TIER>
    <TIER LINGUISTIC_TYPE_REF="gloss" PARENT_REF="{OTHER}" TIER_ID="{OTHER}-gaze"/>
    <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="talk" TIME_ALIGNABLE="true"/>
    <LINGUISTIC_TYPE CONSTRAINTS="Symbolic_Subdivision" CONTROLLED_VOCABULARY_REF="words"
        GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="gloss" TIME_ALIGNABLE="false"/>
    <LOCALE COUNTRY_CODE="US" LANGUAGE_CODE="en"/>
    <LANGUAGE LANG_DEF="http://cdb.iso.org/lg/CDB-00138502-001" LANG_ID="eng"
        LANG_LABEL="English (eng)"/>
    <CONSTRAINT DESCRIPTION="Subdivision of a parent" STEREOTYPE="Symbolic_Subdivision"/>
    <CONTROLLED_VOCABULARY CV_ID="words">
        <DESCRIPTION LANG_REF="eng">Kinds of words</DESCRIPTION>
        <CV_ENTRY_ML CVE_ID="cveid0"><CVE_VALUE LANG_REF="eng">name</CVE_VALUE></CV_ENTRY_ML>
    </CONTROLLED_VOCABULARY>
    <EXTERNAL_REF EXT_REF_ID="er1" TYPE="ecv" VALUE="{PATH}/a.ecv"/>
</ANNOTATION_DOCUMENT>
"""

EXMARALDA = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- (c) http://www.rrz.uni-hamburg.de/exmaralda -->
<basic-transcription>
   <head>
      <meta-information>
         <project-name>School films</project-name>
         <transcription-name>{LABEL}_1</transcription-name>
         <referenced-file url="{PATH}/a.wav" />
         <ud-meta-information>
            <ud-information attribute-name="Date of recording">2014-03-05</ud-information>
            <ud-information attribute-name="Transcriber">{STAFF}</ud-information>
            <ud-information attribute-name="Code of {LABEL}">{LABEL}</ud-information>
         </ud-meta-information>
         <comment>With {FULL}</comment>
         <transcription-convention>HIAT</transcription-convention>
      </meta-information>
      <speakertable>
         <speaker id="SPK0">
            <abbreviation>{LABEL}</abbreviation>
            <sex value="f" />
            <languages-used><language lang="eng" /></languages-used>
            <l1 /><l2 />
            <ud-speaker-information>
               <ud-information attribute-name="Name">{FULL}</ud-information>
               <ud-information attribute-name="Occupation">teacher</ud-information>
            </ud-speaker-information>
            <comment />
         </speaker>
         <speaker id="{OTHER}">
            <abbreviation>{OTHER}</abbreviation>
            <sex value="m" />
            <languages-used /><l1 /><l2 /><ud-speaker-information /><comment />
         </speaker>
      </speakertable>
   </head>
   <basic-body>
      <common-timeline>
         <tli id="T0" time="0.0" /><tli id="T1" time="2.186" /><tli id="T2" />
         <tli id="T3" time="4.5" type="appl" />
      </common-timeline>
      <tier id="TIE0" speaker="SPK0" category="v" type="t" display-name="{LABEL} [v]" >
         <event start="T0" end="T1">I am {FULL} &amp; that is {OTHER} </event>
         <event start="T1" end="T2">and </event>
      </tier>
      <tier id="{OTHER}_v" speaker="{OTHER}" category="v" type="t" display-name="{OTHER} [v]">
         <event start="T2" end="T3">Hello {GIVEN}</event>
      </tier>
   </basic-body>
   <tierformat-table>
      <tier-format tierref="{OTHER}_v"><property name="font-face">Plain</property></tier-format>
   </tierformat-table>
</basic-transcription>
"""

TRANSCRIBER = f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE Trans SYSTEM "trans-14.dtd">
<Trans scribe="{STAFF}" audio_filename="{LABEL}" version="4" version_date="2014-03-05">
<Speakers>
<Speaker id="spk1" name="{FULL}" check="no" type="female" dialect="native" accent=""
 scope="local"/>
<Speaker id="spk2" name="{OTHER}" check="no" dialect="native" accent="" scope="local"/>
</Speakers>
<Topics><Topic id="to1" desc="Film of {GIVEN}"/></Topics>
<Episode program="School films" air_date="2014-03-05">
<Section type="report" topic="to1" startTime="0" endTime="5.5">
<Turn speaker="spk1" startTime="0" endTime="2.5" mode="spontaneous" channel="studio">
<Sync time="0"/>
I am {GIVEN}
<Sync time="1.2"/>
Kowaltic &amp; that is {OTHER} <Event desc="laugh" type="noise" extent="instantaneous"/>
</Turn>
<Turn speaker="spk2" startTime="2.5" endTime="4">
<Sync time="2.5"/>
Hello {GIVEN}
</Turn>
<Turn speaker="spk1 spk2" startTime="4" endTime="5.5">
<Sync time="4"/>
<Who nb="1"/>
Yes
<Who nb="2"/>
No
</Turn>
</Section>
</Episode>
</Trans>
"""

TTML = f"""<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
    xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
    xml:lang="en-GB" ttp:timeBase="media" ttp:cellResolution="40 24">
  <head>
    <metadata>
      <ttm:title>Talk with {FULL}</ttm:title>
      <ttm:desc/>
      <ttm:agent xml:id="{LABEL}" type="person"><ttm:name type="full">{FULL}</ttm:name></ttm:agent>
      <ttm:agent xml:id="v2" type="person"><ttm:name type="given">{OTHER}</ttm:name></ttm:agent>
    </metadata>
    <styling>
      <style xml:id="s1" tts:color="#FFFF00" tts:fontFamily="proportionalSansSerif"
          tts:fontSize="100%" tts:textAlign="center" tts:textOutline="black 1px 0px"/>
      <style xml:id="style_{LABEL}" style="s1" tts:backgroundColor="rgba(0,0,0,127)"/>
    </styling>
    <layout><region xml:id="bottom" tts:origin="10% 80%" tts:extent="80% 20%"/></layout>
  </head>
  <body region="bottom">
    <div>
      <p xml:id="p1" begin="00:00:00.000" end="00:00:02.500" ttm:agent="{LABEL}"
          style="style_{LABEL}">I am <span tts:fontStyle="italic">Anna</span>lena Kowaltic<br/>&amp;
 that is {OTHER}</p>
      <p begin="2.5s" end="4s" ttm:agent="v2">Hello {GIVEN}</p>
      <p begin="4s" dur="1.5s"><span ttm:agent="{LABEL}">Yes</span>
        <span ttm:agent="v2" begin="4.5s">No</span></p>
    </div>
  </body>
</tt>
"""

TEI = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="{PATH}/x.rng"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
 <teiHeader>
  <fileDesc>
   <titleStmt><title>Talk with {FULL}</title>
    <respStmt xml:id="TB"><resp>transcribed by</resp><persName>{STAFF}</persName></respStmt>
   </titleStmt>
   <publicationStmt><publisher>School of Film</publisher><pubPlace>Leeds</pubPlace>
    <date when="2014-03-05">5 March 2014</date><idno type="hdl">11022/0000</idno>
   </publicationStmt>
   <sourceDesc><recordingStmt><recording type="audio">
    <media url="{PATH}/a.wav" mimeType="audio/wav"/><date when="2014-03-04"/>
   </recording></recordingStmt></sourceDesc>
  </fileDesc>
  <profileDesc><particDesc><listPerson>
   <person xml:id="{LABEL}" sex="2" n="AK" role="teacher">
    <persName><forename>Annalena</forename> <surname>Kowaltic</surname></persName>
    <birth when="1980-02-03">in <placeName key="leeds">Leeds</placeName></birth>
    <residence>Leeds</residence><occupation>teacher of film</occupation>
    <education>college</education>
   </person>
   <person xml:id="{OTHER}"><persName>{OTHER} Oakshard</persName></person>
  </listPerson></particDesc></profileDesc>
  <revisionDesc><change who="#TB" when="2014-03-06">Checked by Tilda</change></revisionDesc>
 </teiHeader>
 <text>
  <timeline unit="s"><when xml:id="T0" absolute="12:00:00"/>
   <when xml:id="T1" interval="1.5" since="#T0"/><when xml:id="T2" interval="2.5" since="#T0"/>
  </timeline>
  <body>
   <u xml:id="u1" who="#{LABEL}" start="#T0" end="#T1"><seg xml:id="s1">I am <hi
    rend="bold">Anna</hi>lena Kowaltic<anchor synch="#T1"/> and <persName
    ref="#{OTHER}">{OTHER}</persName> <pause dur="PT0.5S"/>
    <incident><desc>{GIVEN} laughs</desc></incident></seg></u>
   <u who="#{OTHER} #{LABEL}" start="#T1" end="#T2"><w lemma="{GIVEN}">{GIVEN}</w><w>is</w></u>
   <sp who="#{OTHER}"><speaker>{OTHER}</speaker><p>Hello <choice><sic>Annalina</sic><corr
    resp="#TB">{GIVEN}</corr></choice> <gap reason="inaudible"/></p></sp>
  </body>
 </text>
</TEI>
"""

FORMS: Mapping[str, Spoken] = {
    one.name: one
    for one in (elan.FORMAT, exmaralda.FORMAT, transcriber.FORMAT, ttml.FORMAT, tei.FORMAT)
}
TABLES: Mapping[str, Tables] = {
    "elan": elan.TABLES,
    "exmaralda": exmaralda.TABLES,
    "transcriber": transcriber.TABLES,
    "ttml": ttml.TABLES,
    "tei": tei_tables.TABLES,
}
CASES: Mapping[str, bytes] = {
    "elan": ELAN.encode(),
    "exmaralda": EXMARALDA.encode(),
    "transcriber": TRANSCRIBER.encode("latin-1"),
    "ttml": TTML.encode(),
    "tei": TEI.encode(),
}
RECORDS = {"elan": 4, "exmaralda": 3, "transcriber": 3, "ttml": 3, "tei": 3}
"""Turns, annotations, events or cues in each."""
_TIMES = frozenset(
    ("TIME_VALUE", "TIME_SLOT_REF1", "TIME_SLOT_REF2", "time", "start", "end", "startTime",
     "endTime", "begin", "dur", "interval", "since", "absolute", "synch"),
)  # fmt: skip
_IDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # Attributes that are ids, by group, with those that refer to them.
    "elan": (("TIER_ID",), ("PARENT_REF",)),
    "exmaralda": (("id",), ("speaker", "tierref", "start", "end")),
    "transcriber": (("id",), ("speaker", "topic")),
    "ttml": (("id",), ("agent", "style", "region")),
    "tei": (("id",), ("who", "ref", "resp", "since", "synch", "start", "end")),
}


_REFERRED = {"speaker": "speaker", "tierref": "tier", "start": "tli", "end": "tli"}
"""Of EXMARaLDA, the elements an attribute refers to; each kind has ids of its own."""


def document(form: str, data: bytes) -> Document:
    """Return a file as the format reads it."""
    text = FORMS[form].decode(data, "a", None)
    make: Callable[[str, str], Draft] = FORMS[form].tokenise
    return make(text.content, "a").document(text.charset, "a")


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def skeleton(form: str, data: bytes) -> list[Any]:
    """Return what no new name may change: elements, times, and which reference is to which id.

    An id is told by its position, so that two that became one would be noticed.
    """
    ids, refs = _IDS[form]
    found: list[Any] = []
    elements = [one for one in parsed(data).iter() if isinstance(one.tag, str)]
    numbers: dict[tuple[str, str], int] = {}
    for element in elements:
        for key, value in element.attrib.items():
            if _local(key) in ids:
                group = _group(form, _local(element.tag))
                assert (group, value) not in numbers, f"two ids of {element.tag} are one"
                numbers[group, value] = len(numbers)
    for element in elements:
        said: list[Any] = [_local(element.tag)]
        for key, value in sorted(element.attrib.items()):
            name = _local(key)
            if name in refs:
                group = _REFERRED.get(name, "") if form == "exmaralda" else ""
                words = [word.lstrip("#") for word in _split(form, value)]
                said.append((name, [numbers.get((group, word), word) for word in words]))
            elif name in _TIMES:
                said.append((name, value))
        found.append(said)
    return found


def _split(form: str, value: str) -> list[str]:
    return [value] if form == "elan" else value.split()


def _group(form: str, element: str) -> str:
    return element if form == "exmaralda" else ""


def is_well_formed(data: bytes) -> bool:
    """Whether a file can be read, by this program and by lxml."""
    parsed(data)
    read_xml(data, "a")
    return True
