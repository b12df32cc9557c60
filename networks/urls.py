"""Addresses of the networks pages."""

from django.urls import path

from networks.views.automation import ChooseAutomation
from networks.views.board import Board, Rebalance
from networks.views.limits import EndNetworkLimits, NetworkLimits
from networks.views.lists_ended import ListsEnded
from networks.views.none_said import NoneSaid
from networks.views.shadow import ShadowReport

app_name = "networks"
urlpatterns = [
    path("board/", Board.as_view(), name="board"),
    path("board/rebalance/", Rebalance.as_view(), name="rebalance"),
    path("automation/", ChooseAutomation.as_view(), name="automation"),
    path("first-weeks/", ShadowReport.as_view(), name="shadow"),
    path("red-flag-answers/", NoneSaid.as_view(), name="none_said"),
    path("lists-ended/", ListsEnded.as_view(), name="lists_ended"),
    path("limits/", NetworkLimits.as_view(), name="limits"),
    path("limits/end/", EndNetworkLimits.as_view(), name="limit_end"),
]
