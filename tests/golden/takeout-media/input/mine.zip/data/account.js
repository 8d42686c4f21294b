window.YTD.account.part0 = [
  {
    "account": {
      "email": "tilda.orrow@penwith.example",
      "username": "tilda_orrow",
      "accountId": "70021001",
      "createdAt": "2017-08-12T16:10:37.512Z",
      "accountDisplayName": "Tilda Orrow"
    }
  }
]