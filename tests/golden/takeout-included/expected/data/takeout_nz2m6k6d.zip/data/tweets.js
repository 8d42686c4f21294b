window.YTD.tweets.part0 = [
{
  "tweet": {
    "id": "j5w3w76ppxkpt32h",
    "id_str": "j5w3w76ppxkpt32h",
    "created_at": "Wed Mar 20 16:21:43 +0000 2019",
    "full_text": "@bertram_calloway_h7q2x will you come?",
    "lang": "en",
    "display_text_range": [
      "0",
      "38"
    ],
    "entities": {
      "hashtags": [],
      "symbols": [],
      "urls": [],
      "user_mentions": [
        {
          "name": "Bertram Calloway",
          "screen_name": "bertram_calloway_h7q2x",
          "id": "vb54t5chp7t6r498",
          "id_str": "vb54t5chp7t6r498",
          "indices": [
            "0",
            "23"
          ]
        }
      ]
    }
  }
}
]
