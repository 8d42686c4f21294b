window.YTD.mute.part0 = [
{
  "muting": {
    "accountId": "vb54t5chp7t6r498",
    "userLink": "https://x.example/i/user/vb54t5chp7t6r498"
  }
}
]
