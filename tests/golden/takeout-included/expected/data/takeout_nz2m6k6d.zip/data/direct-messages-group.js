window.YTD.direct_messages_group.part0 = [
{
  "dmConversation": {
    "conversationId": "sjrtfjfmbjv44crs",
    "messages": [
      {
        "conversationNameUpdate": {
          "initiatingUserId": "b3924b7xgbpcs6dx",
          "name": "Reading with Ginevra Dunmere",
          "createdAt": "2019-03-20T11:00:00.000Z"
        }
      },
      {
        "participantsJoin": {
          "initiatingUserId": "b3924b7xgbpcs6dx",
          "userIds": [
            "sfp6g8t9rjkkt9xt",
            "vb54t5chp7t6r498"
          ],
          "createdAt": "2019-03-20T11:00:00.000Z"
        }
      },
      {
        "messageCreate": {
          "id": "qhzfd9p7c2cvpjgx",
          "senderId": "sfp6g8t9rjkkt9xt",
          "createdAt": "2019-03-20T11:00:00.000Z",
          "text": "Ginevra, see https://x.example/ginevra_dunmere_b8j8b/status/mhgqs2x8kkq265s2",
          "mediaUrls": [
            "https://example.org/x3jqtjbrb3653bhj.jpg"
          ],
          "urls": [],
          "reactions": [
            {
              "senderId": "b3924b7xgbpcs6dx",
              "reactionKey": "like",
              "eventId": "n2h72c7wqzx5v69n",
              "createdAt": "2019-03-20T11:00:00.000Z"
            }
          ]
        }
      },
      {
        "participantsLeave": {
          "userIds": [
            "vb54t5chp7t6r498"
          ],
          "createdAt": "2019-03-20T11:00:00.000Z"
        }
      }
    ]
  }
}
]
