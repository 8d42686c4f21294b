window.YTD.tweets.part0 = [
  {
    "tweet": {
      "id": "1656333707377445100",
      "id_str": "1656333707377445100",
      "created_at": "Wed May 10 16:21:43 +0000 2023",
      "full_text": "@noel_penn will you come?",
      "lang": "en",
      "display_text_range": [
        "0",
        "25"
      ],
      "entities": {
        "hashtags": [],
        "symbols": [],
        "urls": [],
        "user_mentions": [
          {
            "name": "Noel Penn",
            "screen_name": "noel_penn",
            "id": "70024004",
            "id_str": "70024004",
            "indices": [
              "0",
              "10"
            ]
          }
        ]
      }
    }
  }
]