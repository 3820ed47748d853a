"""What opening a `/play` link does: links of the services, and audio that this server carries itself.

links.py     the service's link for a track: the one that is held, else a new one
ranges.py    which bytes a request asks for                                        (pure)
headers.py   what an audio answer says of itself                                   (pure)
proof.py     whether an answer of a media host is audio                            (pure)
origin.py    any part of a song from its service; a broken link is renewed once
carried.py   one stream: parts stitched, first byte to last
places.py    how many streams at once, for this process and for each key
watch.py     what ends streams: listeners who left, keys that were switched off
"""
