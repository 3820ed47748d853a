"""Addresses that the answers hold: the service's own hosts, or the stand-in's origin where it is asked directly."""

from dataclasses import dataclass

API_HOSTS = ("www.youtube.com", "music.youtube.com", "*.youtube.com", "youtube.com")
MEDIA_HOSTS = ("*.googlevideo.com",)
IMAGE_HOSTS = ("lh3.googleusercontent.com", "i.ytimg.com")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The origins (`scheme://host[:port]`) of media and of pictures."""

    media: str
    images: str


SERVICE = Addresses("https://rr1---sn-standin.googlevideo.com", "https://lh3.googleusercontent.com")


def at_origin(origin: str) -> Addresses:
    """Everything at one origin."""
    return Addresses(origin, origin)
