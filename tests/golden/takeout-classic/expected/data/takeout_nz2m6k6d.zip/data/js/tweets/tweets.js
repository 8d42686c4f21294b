Grailbird.data.tweets = [
{
  "entities": {
    "user_mentions": [],
    "media": [
      {
        "expanded_url": "https://x.example/florian_eastlake_g2w7g/status/m99f6x27f7jtr285/photo/1",
        "indices": [
          6,
          36
        ],
        "url": "https://example.org/p8924tphrh",
        "media_url": "https://example.org/bc3srnzmz6",
        "id_str": "c4fv84zm9n8f83dd",
        "id": "c4fv84zm9n8f83dd",
        "media_url_https": "https://example.org/bc3srnzmz6",
        "sizes": [
          {
            "h": 600,
            "resize": "fit",
            "w": 600
          }
        ],
        "display_url": "example.org/twitter.com/nf63jqwkn9",
        "media_alt": "Ginevra Dunmere at a table"
      }
    ],
    "hashtags": [],
    "urls": []
  },
  "geo": {},
  "id_str": "m99f6x27f7jtr285",
  "text": "hello https://example.org/p8924tphrh",
  "id": "m99f6x27f7jtr285",
  "created_at": "2008-12-11 17:20:33 +0000",
  "user": {
    "name": "Florian Eastlake",
    "screen_name": "florian_eastlake_g2w7g",
    "protected": false,
    "id_str": "b3924b7xgbpcs6dx",
    "profile_image_url_https": "https://example.org/gdt5pjww6w",
    "id": "b3924b7xgbpcs6dx",
    "verified": false
  }
},
{
  "entities": {
    "user_mentions": [],
    "media": [
      {
        "expanded_url": "https://x.example/florian_eastlake_g2w7g/status/m99f6x27f7jtr285/photo/1",
        "indices": [
          6,
          36
        ],
        "url": "https://example.org/p8924tphrh",
        "media_url": "https://example.org/bc3srnzmz6",
        "id_str": "c4fv84zm9n8f83dd",
        "id": "c4fv84zm9n8f83dd",
        "media_url_https": "https://example.org/bc3srnzmz6",
        "sizes": [
          {
            "h": 600,
            "resize": "fit",
            "w": 600
          }
        ],
        "display_url": "example.org/twitter.com/nf63jqwkn9",
        "media_alt": "Ginevra Dunmere at a table"
      }
    ],
    "hashtags": [],
    "urls": []
  },
  "geo": {},
  "id_str": "k4hmfjk6bprqbrgt",
  "text": "hello https://example.org/p8924tphrh",
  "id": "k4hmfjk6bprqbrgt",
  "created_at": "2008-12-11 17:20:33 +0000",
  "user": {
    "name": "Florian Eastlake",
    "screen_name": "florian_eastlake_g2w7g",
    "protected": false,
    "id_str": "b3924b7xgbpcs6dx",
    "profile_image_url_https": "https://example.org/gdt5pjww6w",
    "id": "b3924b7xgbpcs6dx",
    "verified": false
  },
  "retweeted_status": {
    "entities": {
      "user_mentions": [],
      "media": [
        {
          "expanded_url": "https://x.example/florian_eastlake_g2w7g/status/m99f6x27f7jtr285/photo/1",
          "indices": [
            6,
            36
          ],
          "url": "https://example.org/p8924tphrh",
          "media_url": "https://example.org/bc3srnzmz6",
          "id_str": "c4fv84zm9n8f83dd",
          "id": "c4fv84zm9n8f83dd",
          "media_url_https": "https://example.org/bc3srnzmz6",
          "sizes": [
            {
              "h": 600,
              "resize": "fit",
              "w": 600
            }
          ],
          "display_url": "example.org/twitter.com/nf63jqwkn9",
          "media_alt": "Ginevra Dunmere at a table"
        }
      ],
      "hashtags": [],
      "urls": []
    },
    "geo": {},
    "id_str": "hv85vdssx7526p3g",
    "text": "hello https://example.org/p8924tphrh",
    "id": "hv85vdssx7526p3g",
    "created_at": "2008-12-11 17:20:33 +0000",
    "user": {
      "name": "Ginevra Dunmere",
      "screen_name": "ginevra_dunmere_b8j8b",
      "protected": false,
      "id_str": "fpmxx8qsbrgqkpks",
      "profile_image_url_https": "https://example.org/gdt5pjww6w",
      "id": "fpmxx8qsbrgqkpks",
      "verified": false
    }
  }
},
{
  "entities": {
    "user_mentions": [],
    "media": [
      {
        "expanded_url": "https://x.example/florian_eastlake_g2w7g/status/m99f6x27f7jtr285/photo/1",
        "indices": [
          6,
          36
        ],
        "url": "https://example.org/p8924tphrh",
        "media_url": "https://example.org/bc3srnzmz6",
        "id_str": "c4fv84zm9n8f83dd",
        "id": "c4fv84zm9n8f83dd",
        "media_url_https": "https://example.org/bc3srnzmz6",
        "sizes": [
          {
            "h": 600,
            "resize": "fit",
            "w": 600
          }
        ],
        "display_url": "example.org/twitter.com/nf63jqwkn9",
        "media_alt": "Ginevra Dunmere at a table"
      }
    ],
    "hashtags": [],
    "urls": []
  },
  "geo": {},
  "id_str": "xb63p73bfsqx4sxv",
  "text": "hello https://example.org/p8924tphrh",
  "id": "xb63p73bfsqx4sxv",
  "created_at": "2008-12-11 17:20:33 +0000",
  "user": {
    "name": "Florian Eastlake",
    "screen_name": "florian_eastlake_g2w7g",
    "protected": false,
    "id_str": "b3924b7xgbpcs6dx",
    "profile_image_url_https": "https://example.org/gdt5pjww6w",
    "id": "b3924b7xgbpcs6dx",
    "verified": false
  }
}
]
