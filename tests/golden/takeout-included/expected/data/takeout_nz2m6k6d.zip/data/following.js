window.YTD.following.part0 = [
{
  "following": {
    "accountId": "sfp6g8t9rjkkt9xt",
    "userLink": "https://x.example/i/user/sfp6g8t9rjkkt9xt"
  }
}
]
