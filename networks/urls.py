"""Addresses of the networks pages."""

from django.urls import path

from networks.views.board import Board, Rebalance

app_name = "networks"
urlpatterns = [
    path("board/", Board.as_view(), name="board"),
    path("board/rebalance/", Rebalance.as_view(), name="rebalance"),
]
