"""The port to whoever carries texts and emails, and who that is."""

from practices.post.office import post_office
from practices.post.port import Declined, NotCarriedError, NotNow, PostOffice, Unclear

__all__ = ["Declined", "NotCarriedError", "NotNow", "PostOffice", "Unclear", "post_office"]
