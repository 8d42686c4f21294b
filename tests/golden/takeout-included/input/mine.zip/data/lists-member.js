window.YTD.lists_member.part0 = [
  {
    "userListInfo": {
      "url": "https://twitter.com/tilda_orrow/lists/friends-of-bram"
    }
  }
]