window.YTD.following.part0 = [
  {
    "following": {
      "accountId": "70023003",
      "userLink": "https://twitter.com/intent/user?user_id=70023003"
    }
  }
]