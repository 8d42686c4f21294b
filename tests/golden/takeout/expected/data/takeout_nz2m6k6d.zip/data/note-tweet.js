window.YTD.note_tweet.part0 = [
{
  "noteTweet": {
    "noteTweetId": "t5dn7vgrh22bd8qj",
    "createdAt": "2019-03-20T09:30:12.000Z",
    "updatedAt": "2019-03-20T09:30:12.000Z",
    "lifecycle": {
      "value": 1,
      "name": "Published",
      "originalName": "Published"
    },
    "core": {
      "text": "Who comes to the reading? Mail florian.eastlake.g9k4n@example.org #TeamFlorian And Ginevra Dunmere reads first, then Fenella Hollowell, and Bertram Calloway after the break if he likes.",
      "urls": [],
      "mentions": [],
      "hashtags": [],
      "cashtags": [],
      "styletags": []
    }
  }
}
]
