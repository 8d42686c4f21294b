window.YTD.block.part0 = [
  {
    "blocking": {
      "accountId": "70024004",
      "userLink": "https://twitter.com/intent/user?user_id=70024004"
    }
  }
]