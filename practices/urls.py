"""Addresses of the practices pages: signing in and what to act as."""

from django.urls import path

from practices.views.drafts import Drafts, StillHere
from practices.views.gallery import Gallery
from practices.views.limits import ChangeLimit, ChangePerson, EndLimit, Limits, SetStage
from practices.views.sign_in import Memberships, SignIn, SignOut

app_name = "practices"
urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("sign-out/", SignOut.as_view(), name="sign_out"),
    path("gallery/", Gallery.as_view(), name="gallery"),
    path("drafts/", Drafts.as_view(), name="drafts"),
    path("still-here/", StillHere.as_view(), name="still_here"),
    path("acting-as/", Memberships.as_view(), name="memberships"),
    path("limits/", Limits.as_view(), name="limits"),
    path("limits/practice/", ChangeLimit.as_view(), name="limit_practice"),
    path("limits/end/", EndLimit.as_view(), name="limit_end"),
    path("limits/people/<int:clinician_id>/", ChangePerson.as_view(), name="limit_of"),
    path("limits/people/<int:clinician_id>/stage/", SetStage.as_view(), name="stage_of"),
]
