"""Pictures and files of domains behind signed links: wished by the web, drawn by a worker, kept for minutes."""

from numirror.shell.media.gallery import Gallery, LinkOver, NoPicture, NotYet
from numirror.shell.media.links import Address, MediaLinks
from numirror.shell.media.pictures import Pictures

__all__ = ["Address", "Gallery", "LinkOver", "MediaLinks", "NoPicture", "NotYet", "Pictures"]
