window.YTD.direct_messages_group.part0 = [
  {
    "dmConversation": {
      "conversationId": "1656287104033687797",
      "messages": [
        {
          "conversationNameUpdate": {
            "initiatingUserId": "70021001",
            "name": "Reading with Bram Quill",
            "createdAt": "2023-05-10T11:00:00.217Z"
          }
        },
        {
          "participantsJoin": {
            "initiatingUserId": "70021001",
            "userIds": [
              "70023003",
              "70024004"
            ],
            "createdAt": "2023-05-10T11:00:00.217Z"
          }
        },
        {
          "messageCreate": {
            "id": "1656292282182994164",
            "senderId": "70024004",
            "createdAt": "2023-05-10T11:00:00.217Z",
            "text": "I would rather not",
            "mediaUrls": [],
            "urls": [],
            "reactions": []
          }
        },
        {
          "messageCreate": {
            "id": "1656297460332300531",
            "senderId": "70023003",
            "createdAt": "2023-05-10T11:00:00.217Z",
            "text": "Brammie, see https://twitter.com/bram_quill/status/1656235322540624127",
            "mediaUrls": [
              "https://ton.twitter.com/dm/1656297460332300531/1656302638481606898/AbCd12.jpg"
            ],
            "urls": [],
            "reactions": [
              {
                "senderId": "70021001",
                "reactionKey": "like",
                "eventId": "1656307816630913265",
                "createdAt": "2023-05-10T11:00:00.217Z"
              }
            ]
          }
        },
        {
          "participantsLeave": {
            "userIds": [
              "70024004"
            ],
            "createdAt": "2023-05-10T11:00:00.217Z"
          }
        }
      ]
    }
  }
]