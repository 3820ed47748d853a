"""What YouTube's answers mean beyond the errors of every source; each is told apart because something else follows.

BadAnswer
  Unreadable         an answer came, but of another shape than ours: yt-dlp may read it
NotPlayable
  OtherClientWanted  this client is not served the video; another one may be
SourceRateLimited
  SessionLimited     the service has had enough of this address, for up to an hour
"""

from __future__ import annotations

from music.sources.base import BadAnswer, NotPlayable, SourceRateLimited


class Unreadable(BadAnswer):
    pass


class OtherClientWanted(NotPlayable):
    pass


class SessionLimited(SourceRateLimited):
    pass
