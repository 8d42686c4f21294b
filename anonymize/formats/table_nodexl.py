"""Sheets of NodeXL workbooks: edges, vertices, members of groups.

Source: NodeXL's workbook template with the columns its X importers add (2009 to 2023).  Headers
stand in the second row.  Where a node stands in the plot and its measures in the network point
to it alone, labels, tooltips and menu items repeat handles and texts: all are left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from anonymize.formats.column_types import (
    DATE,
    FLAG,
    LANGUAGE,
    OTHER,
    POST,
    RULE,
    SHOWN_POST,
    TAGS,
    URL,
    URLS,
    Column,
    counts,
    display,
    handle,
    place,
    ruled_out,
    text,
    user,
    word,
)

_METRICS = ruled_out(
    # Where a node stands in the plot and in the network points to it alone.
    *("X", "Y", "Polar R", "Polar Angle", "Degree", "In-Degree", "Out-Degree"),
    *("Betweenness Centrality", "Closeness Centrality", "Eigenvector Centrality", "PageRank"),
    *("Clustering Coefficient", "Reciprocated Vertex Pair Ratio", "ID", "Dynamic Filter"),
    *("Color", "Shape", "Size", "Opacity", "Visibility", "Width", "Style", "Locked?"),
    *("Label Fill Color", "Label Position", "Label Text Color", "Label Font Size"),
    *("Add Your Own Columns Here", "Marked?", "Layout Order", "Sentiment List", "Top Words"),
)
EDGES: Mapping[str, Column] = {
    "Vertex 1": handle("author"),
    "Vertex 2": handle("target"),
    "Relationship": word(
        "Tweet|Mentions|Replies to|Retweet|Quote|Followed|Follows|MentionsInRetweet"
        "|MentionsInQuote|MentionsInReplyTo",
    ),
    "Relationship Date (UTC)": DATE,
    "Tweet": text(),
    "URLs in Tweet": URLS,
    "Hashtags in Tweet": TAGS,
    "Media in Tweet": URLS,
    "Tweet Date (UTC)": DATE,
    "Date": DATE,
    "Twitter Page for Tweet": URL,
    "Imported ID": SHOWN_POST,
    "In-Reply-To Tweet ID": POST,
    "In-Reply-To User ID": user(""),
    "Favorited": FLAG,
    "Is Quote Status": FLAG,
    "Possibly Sensitive": FLAG,
    "Language": LANGUAGE,
    "Quoted Status ID": POST,
    "Retweeted": FLAG,
    "Retweet ID": POST,
    "Truncated": FLAG,
    "Unified Twitter ID": POST,
    "Place Country": place(),
    "Place Country Code": place(),
    "Place Full Name": place(),
    "Place Name": place(),
    "Place ID": OTHER,
    "Place Type": word("country|admin|city|neighborhood|poi"),
    "Reciprocated?": FLAG,
    **counts("Favorite Count", "Retweet Count", "Edge Weight"),
    **_METRICS,
    **ruled_out(
        *("Domains in Tweet", "Tweet Image File", "Time", "Latitude", "Longitude", "Source"),
        *("Label", "Place Bounding Box", "Place URL", "Vertex 1 Group", "Vertex 2 Group"),
    ),
}
VERTICES: Mapping[str, Column] = {
    "Vertex": handle("author"),
    "Name": display("author"),
    "User ID": user("author"),
    "Description": text("bio", "author"),
    "Location": place(),
    "Web": URL,
    "Joined Twitter Date (UTC)": DATE,
    "Verified": FLAG,
    "Default Profile": FLAG,
    "Default Profile Image": FLAG,
    "Geo Enabled": FLAG,
    "Protected": FLAG,
    "Language": LANGUAGE,
    "Tweeted Search Term?": FLAG,
    "Vertex Group": word(r"G?\d{1,6}"),
    **counts("Followed", "Followers", "Tweets", "Favorites", "Listed Count"),
    **_METRICS,
    **ruled_out(
        # The tooltip is the handle with a tweet, the menu item a link to the profile.
        *("Image File", "Label", "Tooltip", "Time Zone", "Time Zone UTC Offset (Seconds)"),
        *("Profile Banner Url", "Profile Background Image Url", "Profile Image Url"),
        *("Custom Menu Item Text", "Custom Menu Item Action", "URLs in Tweet by Count"),
        *("URLs in Tweet by Salience", "Domains in Tweet by Count", "Hashtags in Tweet by Count"),
        *("Domains in Tweet by Salience", "Hashtags in Tweet by Salience", "Top Word Pairs"),
        *("Top Words in Tweet by Count", "Top Words in Tweet by Salience"),
        *("Top Word Pairs in Tweet by Count", "Top Word Pairs in Tweet by Salience"),
    ),
}
MEMBERS: Mapping[str, Column] = {
    "Group": word(r"G?\d{1,6}"),
    "Vertex": handle("author"),
    "Vertex ID": RULE,
}
