window.__THAR_CONFIG = {
 "userInfo": {
  "accountId": "70021001",
  "userName": "tilda_orrow",
  "displayName": "Tilda Orrow"
 },
 "archiveInfo": {
  "sizeBytes": "1"
 },
 "dataTypes": {}
}
