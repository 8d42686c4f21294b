window.YTD.bookmark.part0 = [
{
  "bookmark": {
    "tweetId": "pjbkxkspvnbbj8vp",
    "fullText": "Lovely, @ginevra_dunmere_b8j8b https://x.example/florian_eastlake_g2w7g/status/gcjvhvm6wn947nrk",
    "expandedUrl": "https://x.example/user_d3w5r8g5j9q7/status/pjbkxkspvnbbj8vp"
  }
}
]
