window.YTD.like.part0 = [
{
  "like": {
    "tweetId": "mhgqs2x8kkq265s2",
    "fullText": "@florian_eastlake_g2w7g I do! Ask Fenella Hollowell too",
    "expandedUrl": "https://x.example/ginevra_dunmere_b8j8b/status/mhgqs2x8kkq265s2"
  }
}
]
