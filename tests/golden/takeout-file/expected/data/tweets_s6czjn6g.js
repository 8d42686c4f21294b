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
      "urls": []
    },
    "lang": "en",
    "favorite_count": "3"
  }
},
{
  "created_at": "Wed Mar 20 10:52:30 +0000 2019",
  "id": "fkcbmp4mcbz8s22h",
  "id_str": "fkcbmp4mcbz8s22h",
  "full_text": "@ginevra_dunmere_b8j8b see https://x.example/user_d3w5r8g5j9q7/status/pjbkxkspvnbbj8vp as well",
  "display_text_range": [
    "0",
    "94"
  ],
  "entities": {
    "hashtags": [],
    "symbols": [],
    "user_mentions": [
      {
        "screen_name": "ginevra_dunmere_b8j8b",
        "name": "Ginevra Dunmere",
        "id": "fxrbgrm92cnk735s",
        "id_str": "fxrbgrm92cnk735s",
        "indices": [
          "0",
          "22"
        ]
      }
    ],
    "urls": [
      {
        "url": "https://x.example/user_d3w5r8g5j9q7/status/pjbkxkspvnbbj8vp",
        "expanded_url": "https://x.example/user_d3w5r8g5j9q7/status/pjbkxkspvnbbj8vp",
        "display_url": "x.example/user_d3w5r8g5j9q7/status/pjbkxkspvnbbj8vp",
        "indices": [
          "27",
          "86"
        ]
      }
    ]
  },
  "lang": "en",
  "favorite_count": "3",
  "in_reply_to_status_id_str": "mhgqs2x8kkq265s2",
  "in_reply_to_user_id_str": "fxrbgrm92cnk735s",
  "in_reply_to_screen_name": "ginevra_dunmere_b8j8b"
}
]
