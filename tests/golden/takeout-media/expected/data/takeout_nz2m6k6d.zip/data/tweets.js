window.YTD.tweets.part0 = [
{
  "tweet": {
    "created_at": "Wed Mar 20 09:30:12 +0000 2019",
    "id": "gcjvhvm6wn947nrk",
    "id_str": "gcjvhvm6wn947nrk",
    "full_text": "Who comes to the reading? Mail florian.eastlake.g9k4n@example.org #TeamFlorian",
    "display_text_range": [
      "0",
      "78"
    ],
    "entities": {
      "hashtags": [
        {
          "text": "TeamFlorian",
          "indices": [
            "66",
            "78"
          ]
        }
      ],
      "symbols": [],
      "user_mentions": [],
      "urls": [],
      "media": [
        {
          "expanded_url": "https://x.example/florian_eastlake_g2w7g/status/gcjvhvm6wn947nrk/photo/1",
          "indices": [
            "0",
            "5"
          ],
          "url": "https://example.org/gb77j2bnx7",
          "media_url_https": "https://example.org/mqmf4bfbqjb98zq3.jpg",
          "id_str": "w5pjd2rzbs79n6cx",
          "id": "w5pjd2rzbs79n6cx",
          "type": "photo",
          "display_url": "example.org/twitter.com/p7d2m2mtd2",
          "ext_alt_text": "Ginevra Dunmere at a desk"
        }
      ]
    },
    "lang": "en",
    "favorite_count": "3",
    "edit_info": {
      "initial": {
        "editTweetIds": [
          "gcjvhvm6wn947nrk"
        ],
        "editableUntil": "2019-03-20T12:35:23.000Z",
        "editsRemaining": "5",
        "isEditEligible": true
      }
    },
    "extended_entities": {
      "media": [
        {
          "expanded_url": "https://x.example/florian_eastlake_g2w7g/status/gcjvhvm6wn947nrk/photo/1",
          "indices": [
            "0",
            "5"
          ],
          "url": "https://example.org/gb77j2bnx7",
          "media_url_https": "https://example.org/mqmf4bfbqjb98zq3.jpg",
          "id_str": "w5pjd2rzbs79n6cx",
          "id": "w5pjd2rzbs79n6cx",
          "type": "photo",
          "display_url": "example.org/twitter.com/p7d2m2mtd2",
          "ext_alt_text": "Ginevra Dunmere at a desk"
        }
      ]
    }
  }
}
]
