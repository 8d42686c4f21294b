window.YTD.note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "1656281925884381430",
      "createdAt": "2023-05-10T09:30:12.347Z",
      "updatedAt": "2023-05-10T09:30:12.347Z",
      "lifecycle": {
        "value": 1,
        "name": "Published",
        "originalName": "Published"
      },
      "core": {
        "text": "Who comes to the reading? Mail tilda.orrow@penwith.example #TeamTilda And Bram Quill reads first, then Ida Farrow, and Noel Penn after the break if he likes.",
        "urls": [],
        "mentions": [],
        "hashtags": [],
        "cashtags": [],
        "styletags": []
      }
    }
  }
]