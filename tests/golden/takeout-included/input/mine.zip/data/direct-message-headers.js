window.YTD.direct_message_headers.part0 = [
  {
    "dmConversation": {
      "conversationId": "70021001-70023003",
      "messages": [
        {
          "messageCreate": {
            "id": "1656256035137849595",
            "senderId": "70021001",
            "recipientId": "70023003",
            "createdAt": "2023-05-10T11:13:05.182Z"
          }
        }
      ]
    }
  }
]