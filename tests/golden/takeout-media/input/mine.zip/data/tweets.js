window.YTD.tweets.part0 = [
  {
    "tweet": {
      "created_at": "Wed May 10 09:30:12 +0000 2023",
      "id": "1656230144391317760",
      "id_str": "1656230144391317760",
      "full_text": "Who comes to the reading? Mail tilda.orrow@penwith.example #TeamTilda",
      "display_text_range": [
        "0",
        "69"
      ],
      "entities": {
        "hashtags": [
          {
            "text": "TeamTilda",
            "indices": [
              "59",
              "69"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": [],
        "media": [
          {
            "expanded_url": "https://twitter.com/tilda_orrow/status/1656230144391317760/photo/1",
            "indices": [
              "0",
              "5"
            ],
            "url": "https://t.co/abcDEF",
            "media_url_https": "https://pbs.twimg.com/media/Fv1AbCdEfGh.jpg",
            "id_str": "1656271569585768696",
            "id": "1656271569585768696",
            "type": "photo",
            "display_url": "pic.twitter.com/abcDEF",
            "ext_alt_text": "Bram Quill at a desk"
          }
        ]
      },
      "lang": "en",
      "favorite_count": "3",
      "source": "<a href=\"https://app.example\" rel=\"nofollow\">Tilda's App</a>",
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1656230144391317760"
          ],
          "editableUntil": "2023-05-10T12:35:23.450Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "extended_entities": {
        "media": [
          {
            "expanded_url": "https://twitter.com/tilda_orrow/status/1656230144391317760/photo/1",
            "indices": [
              "0",
              "5"
            ],
            "url": "https://t.co/abcDEF",
            "media_url_https": "https://pbs.twimg.com/media/Fv1AbCdEfGh.jpg",
            "id_str": "1656271569585768696",
            "id": "1656271569585768696",
            "type": "photo",
            "display_url": "pic.twitter.com/abcDEF",
            "ext_alt_text": "Bram Quill at a desk"
          }
        ]
      }
    }
  }
]