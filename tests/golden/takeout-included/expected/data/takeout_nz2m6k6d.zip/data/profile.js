window.YTD.profile.part0 = [
{
  "profile": {
    "description": {
      "bio": "Teaches with Ginevra Dunmere",
      "website": "https://example.org/xrmqd5tvch",
      "location": "United Kingdom"
    },
    "avatarMediaUrl": "https://example.org/xhrfkdd3w9",
    "headerMediaUrl": "https://example.org/sncz6qt7wx"
  }
}
]
