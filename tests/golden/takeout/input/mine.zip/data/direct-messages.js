window.YTD.direct_messages.part0 = [
  {
    "dmConversation": {
      "conversationId": "70021001-70023003",
      "messages": [
        {
          "messageCreate": {
            "recipientId": "70021001",
            "senderId": "70023003",
            "id": "1656261213287155962",
            "createdAt": "2023-05-10T11:33:39.749Z",
            "text": "Yes, and https://twitter.com/tilda_orrow/status/1656250856988543228",
            "mediaUrls": [],
            "reactions": [],
            "urls": [
              {
                "url": "https://twitter.com/tilda_orrow/status/1656250856988543228",
                "expanded": "https://twitter.com/tilda_orrow/status/1656250856988543228",
                "display": "twitter.com/tilda_orrow/status/1656250856988543228"
              }
            ]
          }
        },
        {
          "messageCreate": {
            "recipientId": "70023003",
            "senderId": "70021001",
            "id": "1656256035137849595",
            "createdAt": "2023-05-10T11:13:05.182Z",
            "text": "Ida, did you read https://twitter.com/bram_quill/status/1656235322540624127 by Bram Quill?",
            "mediaUrls": [],
            "reactions": [],
            "urls": [
              {
                "url": "https://twitter.com/bram_quill/status/1656235322540624127",
                "expanded": "https://twitter.com/bram_quill/status/1656235322540624127",
                "display": "twitter.com/bram_quill/status/1656235322540624127"
              }
            ]
          }
        }
      ]
    }
  }
]