window.YTD.lists_created.part0 = [
  {
    "userListInfo": {
      "url": "https://twitter.com/tilda_orrow/lists/friends-of-bram"
    }
  }
]