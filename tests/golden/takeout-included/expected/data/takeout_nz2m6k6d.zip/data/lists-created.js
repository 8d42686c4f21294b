window.YTD.lists_created.part0 = [
{
  "userListInfo": {
    "url": "https://x.example/florian_eastlake_g2w7g/mkkr772kjn"
  }
}
]
