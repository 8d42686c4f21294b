window.YTD.bookmark.part0 = [
  {
    "bookmark": {
      "tweetId": "1656240500689930494",
      "fullText": "Lovely, @bram_quill https://twitter.com/tilda_orrow/status/1656230144391317760",
      "expandedUrl": "https://twitter.com/ida_farrow/status/1656240500689930494"
    }
  }
]