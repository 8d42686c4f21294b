window.YTD.like.part0 = [
  {
    "like": {
      "tweetId": "1656235322540624127",
      "fullText": "@tilda_orrow I do! Ask Ida Farrow too",
      "expandedUrl": "https://twitter.com/bram_quill/status/1656235322540624127"
    }
  }
]