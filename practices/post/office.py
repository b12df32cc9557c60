"""Who carries messages under these settings."""

from functools import cache

from django.conf import settings

from practices.post.notify import Notify
from practices.post.port import PostOffice
from practices.post.training import TrainingPost


@cache
def post_office() -> PostOffice:
    """The carrier of this process: nobody in training, GOV.UK Notify for real patients."""
    if settings.TRAINING:
        return TrainingPost()
    return Notify(
        api_key=settings.NOTIFY_API_KEY,
        template_id=settings.NOTIFY_TEMPLATE,
        email_template_id=settings.NOTIFY_EMAIL_TEMPLATE,
        letter_template_id=settings.NOTIFY_LETTER_TEMPLATE,
        large_print_template_id=settings.NOTIFY_LARGE_PRINT_TEMPLATE,
        base_url=settings.NOTIFY_URL,
    )
