window.YTD.direct_message_group_headers.part0 = [

]
