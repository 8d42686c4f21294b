window.YTD.direct_message_headers.part0 = [
{
  "dmConversation": {
    "conversationId": "b3924b7xgbpcs6dx-sfp6g8t9rjkkt9xt",
    "messages": [
      {
        "messageCreate": {
          "id": "cccms4kzvqjvtvn8",
          "senderId": "b3924b7xgbpcs6dx",
          "recipientId": "sfp6g8t9rjkkt9xt",
          "createdAt": "2019-03-20T11:13:05.000Z"
        }
      }
    ]
  }
}
]
