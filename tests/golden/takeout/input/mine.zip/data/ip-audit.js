window.YTD.ip_audit.part0 = [
  {
    "ipAudit": {
      "accountId": "70021001",
      "createdAt": "2023-05-10T09:30:12.347Z",
      "loginIp": "192.0.2.7"
    }
  }
]