window.YTD.direct_messages.part0 = [
{
  "dmConversation": {
    "conversationId": "b3924b7xgbpcs6dx-sfp6g8t9rjkkt9xt",
    "messages": [
      {
        "messageCreate": {
          "recipientId": "b3924b7xgbpcs6dx",
          "senderId": "sfp6g8t9rjkkt9xt",
          "id": "vcf4b8jr8j5sjkx2",
          "createdAt": "2019-03-20T11:33:39.000Z",
          "text": "Yes, and https://x.example/florian_eastlake_g2w7g/status/fkcbmp4mcbz8s22h",
          "mediaUrls": [],
          "reactions": [],
          "urls": [
            {
              "url": "https://x.example/florian_eastlake_g2w7g/status/fkcbmp4mcbz8s22h",
              "expanded": "https://x.example/florian_eastlake_g2w7g/status/fkcbmp4mcbz8s22h",
              "display": "x.example/florian_eastlake_g2w7g/status/fkcbmp4mcbz8s22h"
            }
          ]
        }
      },
      {
        "messageCreate": {
          "recipientId": "sfp6g8t9rjkkt9xt",
          "senderId": "b3924b7xgbpcs6dx",
          "id": "cccms4kzvqjvtvn8",
          "createdAt": "2019-03-20T11:13:05.000Z",
          "text": "Fenella, did you read https://x.example/ginevra_dunmere_b8j8b/status/mhgqs2x8kkq265s2 by Ginevra Dunmere?",
          "mediaUrls": [],
          "reactions": [],
          "urls": [
            {
              "url": "https://x.example/ginevra_dunmere_b8j8b/status/mhgqs2x8kkq265s2",
              "expanded": "https://x.example/ginevra_dunmere_b8j8b/status/mhgqs2x8kkq265s2",
              "display": "x.example/ginevra_dunmere_b8j8b/status/mhgqs2x8kkq265s2"
            }
          ]
        }
      }
    ]
  }
}
]
