"""Canary files of the sheets that TAGS writes and of annotated texts, see `tests.canaries`."""

from __future__ import annotations

import csv
import io
import json

from tests.canaries import TIME, Canaries, Canary, Json, Tweet


def canary_tags() -> Canary:
    """Return a sheet with the columns of TAGS, and one unknown."""
    canaries = Canaries(9200)
    tweet = Tweet(canaries, "tags", name=canaries.word("tags from_user"))
    row = {
        "id_str": canaries.id("tags id_str"),
        "from_user": tweet.name,
        "text": tweet.text,
        "created_at": TIME,
        "time": "22/11/2016 09:30:00",
        "geo_coordinates": canaries.word("tags geo_coordinates"),
        "user_lang": canaries.word("tags user_lang"),
        "in_reply_to_user_id_str": canaries.id("tags in_reply_to_user_id_str"),
        "in_reply_to_screen_name": canaries.word("tags in_reply_to_screen_name"),
        "from_user_id_str": canaries.id("tags from_user_id_str"),
        "in_reply_to_status_id_str": canaries.id("tags in_reply_to_status_id_str"),
        "source": canaries.word("tags source"),
        "profile_image_url": canaries.url("tags profile_image_url"),
        "user_followers_count": "10",
        "user_friends_count": "11",
        "user_location": canaries.word("tags user_location"),
        "status_url": f"https://twitter.com/{tweet.name}/status/{canaries.id('tags status_url')}",
        "entities_str": json.dumps(
            {"urls": [{"expanded_url": canaries.url("tags entities_str")}]},
        ),
        "column_nobody_knows": canaries.word("tags unknown column"),
    }
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(row), lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    return canaries.file(out.getvalue().encode())


def canary_gold() -> Canary:
    """Return annotated texts: an id, a text of identifiers a pattern tells of, annotations."""
    canaries = Canaries(9400)
    lines: list[Json] = []
    for number in range(2):
        where = f"gold {number}"
        handle, mail = canaries.word(f"{where} handle"), canaries.email(f"{where} e-mail")
        text = f"Ask @{handle} or mail {mail} 🎬 see {canaries.url(f'{where} URL')}"
        lines.append(
            {
                "id": canaries.word(f"{where} id"),
                "text": text,
                "entities": [
                    {
                        "start": 4,
                        "end": 5 + len(handle),
                        "label": "HANDLE",
                        "normal": canaries.word(f"{where} entity"),
                    },
                ],
                "meta": {"source": canaries.word(f"{where} meta")},
                "zz_unknown": canaries.word(f"{where} unknown key"),
            },
        )
    return canaries.file(
        "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines).encode(),
    )


def canary_workbook() -> Canary:
    """Return a workbook of NodeXL: both sheets, an unknown one, comments and properties."""
    import openpyxl

    from anonymize.formats.table_nodexl import EDGES, VERTICES
    from tests.formats.table_cases import Cells

    cells = Cells(Canaries(9600))
    book = openpyxl.Workbook()
    book.properties.creator = cells.canaries.word("author of the workbook")
    book.active.title = cells.canaries.word("name of a sheet")
    book.active.append([cells.canaries.word("unknown sheet")])
    for name, columns in (("Edges", EDGES), ("Vertices", VERTICES)):
        row = cells.row(columns, name)
        sheet = book.create_sheet(name)
        for line in ([], list(row), list(row.values())):
            sheet.append(line)
        words = (cells.canaries.word(f"{name} comment {at}") for at in "ab")
        sheet["A3"].comment = openpyxl.comments.Comment(*words)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), cells.canaries.where


def canary_parquet() -> Canary:
    """Return a Parquet table with the columns of academictwitteR, one unknown, and metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from anonymize.formats.table_exports import ACADEMIC
    from tests.formats.table_cases import Cells

    cells = Cells(Canaries(9800))
    row = cells.row(ACADEMIC, "parquet")
    table = pa.table({name: [value] for name, value in row.items()})
    table = table.replace_schema_metadata({"by": cells.canaries.word("metadata of Parquet")})
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue(), cells.canaries.where
