window.YTD.new_thing.part0 = [
  {
    "newThing": {
      "about": "Tilda Orrow"
    }
  }
]