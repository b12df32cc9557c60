"""Before a release: are Notify's templates there, and are they what our words need?"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from practices.post import post_office
from practices.post.notify import Notify
from practices.post.templates import faults, missing


class Command(BaseCommand):
    """Says what each missing template means, and fails where one is wrong."""

    help = "Looks at the GOV.UK Notify templates the settings name, and says what is wrong."

    def handle(self, **_: Any) -> None:
        post = post_office()
        if settings.TRAINING or not isinstance(post, Notify):
            self.stdout.write("In training nothing is sent: there are no templates to look at.")
            return
        for words in missing():
            self.stdout.write(words)
        found = faults(post)
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("The templates that are set are what our words need.")
