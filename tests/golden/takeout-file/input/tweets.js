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
        "urls": []
      },
      "lang": "en",
      "favorite_count": "3"
    }
  },
  {
    "created_at": "Wed May 10 10:52:30 +0000 2023",
    "id": "1656250856988543228",
    "id_str": "1656250856988543228",
    "full_text": "@bram_quill see https://twitter.com/ida_farrow/status/1656240500689930494 as well",
    "display_text_range": [
      "0",
      "81"
    ],
    "entities": {
      "hashtags": [],
      "symbols": [],
      "user_mentions": [
        {
          "screen_name": "bram_quill",
          "name": "Bram Quill",
          "id": "1234567890123456789",
          "id_str": "1234567890123456789",
          "indices": [
            "0",
            "11"
          ]
        }
      ],
      "urls": [
        {
          "url": "https://twitter.com/ida_farrow/status/1656240500689930494",
          "expanded_url": "https://twitter.com/ida_farrow/status/1656240500689930494",
          "display_url": "twitter.com/ida_farrow/status/1656240500689930494",
          "indices": [
            "16",
            "73"
          ]
        }
      ]
    },
    "lang": "en",
    "favorite_count": "3",
    "in_reply_to_status_id_str": "1656235322540624127",
    "in_reply_to_user_id_str": "1234567890123456789",
    "in_reply_to_screen_name": "bram_quill"
  }
]