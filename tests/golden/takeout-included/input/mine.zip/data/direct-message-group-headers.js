window.YTD.direct_message_group_headers.part0 = [
  {
    "dmConversation": {
      "conversationId": "1656287104033687797",
      "messages": [
        {
          "messageCreate": {
            "id": "1656292282182994164",
            "senderId": "70024004",
            "createdAt": "2023-05-10T11:00:00.217Z"
          }
        }
      ]
    }
  }
]