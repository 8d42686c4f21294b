window.YTD.block.part0 = [
{
  "blocking": {
    "accountId": "vb54t5chp7t6r498",
    "userLink": "https://x.example/i/user/vb54t5chp7t6r498"
  }
}
]
