window.YTD.profile.part0 = [
  {
    "profile": {
      "description": {
        "bio": "Teaches with Bram Quill",
        "website": "https://t.co/x1",
        "location": "Ashbrook, England"
      },
      "avatarMediaUrl": "https://pbs.twimg.com/profile_images/1/x.jpg",
      "headerMediaUrl": "https://pbs.twimg.com/profile_banners/70021001/1"
    }
  }
]