window.YTD.follower.part0 = [
{
  "follower": {
    "accountId": "fxrbgrm92cnk735s",
    "userLink": "https://x.example/i/user/fxrbgrm92cnk735s"
  }
}
]
