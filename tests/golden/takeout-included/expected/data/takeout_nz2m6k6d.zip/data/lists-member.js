window.YTD.lists_member.part0 = [
{
  "userListInfo": {
    "url": "https://x.example/florian_eastlake_g2w7g/mkkr772kjn"
  }
}
]
