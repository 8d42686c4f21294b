"""Makes the example study, byte for byte the same on every machine.

    python examples/make_study.py [--study DIR] [--truth DIR]

Everybody in it is invented.  Standard library only.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from study_collected import delete_v1, flat_v2, lines, page_v2, tweet_v1
from study_people import DEPT, PEOPLE
from study_posts import TEMPLATES, Post, account_posts, snowflake, storm_posts
from study_tables import roster_csv, table_csv, table_tags
from study_takeout import NOTE_TEXT, STRANGERS, takeout
from study_truth import graph, identifiers

HERE = Path(__file__).resolve().parent

INTERVIEWS = {
    "thornquill-2013-03-14.txt": "interview_txt_names.txt",
    "02_ZT_library.txt": "interview_txt_initials.txt",
    "GMT20160311-140200_Recording.transcript.vtt": "interview_vtt_voices.txt",
    "penhalwyn_akinsowale.srt": "interview_srt.txt",
}


def build() -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the files of the study and those of its truth, by name."""
    storm = storm_posts()
    account = account_posts()
    note = NOTE_TEXT.format(**PEOPLE)
    noted = Post(
        snowflake(1481900000000, "noted"), DEPT, 1481900000000, note[:139] + "…",
    )  # fmt: skip
    archived = sorted(
        (post for post in [*account, *storm, noted] if post.author is DEPT),
        key=lambda post: -int(post.id),
    )
    flat, paged = storm[:120], [storm[at : at + 10] for at in range(120, 150, 10)]
    streamed = [post for at, post in enumerate(storm) if at % 5 in {0, 1, 3}][:60]
    deleted = next(post for post in streamed[20:] if post.author is not DEPT)
    study = {
        "takeout.zip": takeout([*account, *storm, noted], note),
        "hashtag_v2.jsonl": lines(
            [
                *(flat_v2(post) for post in flat),
                *(page_v2(page, number) for number, page in enumerate(paged)),
            ],
        ),
        "hashtag_v1.jsonl": lines(
            [*(tweet_v1(post) for post in streamed), delete_v1(deleted)],
        ),
        "hashtag.csv": table_csv(storm[20:120]),
        "tags_export.csv": table_tags(storm[60:140]),
        "people.csv": roster_csv([person for person in PEOPLE.values() if person.roster]),
    }
    for name, template in INTERVIEWS.items():
        text = (TEMPLATES / template).read_text("utf-8").format(**PEOPLE)
        study["interviews/" + name] = text.encode()
    truth = {
        "identifiers.json": identifiers(study, STRANGERS),
        "graph.json": graph(
            {
                "takeout.zip": archived,
                "hashtag_v2.jsonl": storm,
                "hashtag_v1.jsonl": streamed,
                "hashtag.csv": storm[20:120],
                "tags_export.csv": storm[60:140],
            },
            [deleted.id],
        ),
    }
    return study, truth


def main() -> None:
    """Write the study and its truth."""
    parser = argparse.ArgumentParser(description="Make the invented example study.")
    parser.add_argument("--study", type=Path, default=HERE / "study")
    parser.add_argument("--truth", type=Path, default=HERE.parent / "tests" / "examples")
    folders = parser.parse_args()
    for folder, files in zip((folders.study, folders.truth), build(), strict=True):
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            print(f"{name}  {len(content)} bytes")


if __name__ == "__main__":
    main()
