from django.urls import path

from comments.views import (
    confirm,
    decisions,
    leaving,
    mine,
    own,
    reports,
    subscriptions,
    threads,
    transparency,
    writing,
)

app_name = "comments"

urlpatterns = [
    path("comments/on/<slug:slug>/", threads.thread, name="thread"),
    path("comments/on/<slug:slug>/feed/", threads.thread_feed, name="thread-feed"),
    path("feed/comments/", threads.site_feed, name="feed"),
    path("comments/write/<slug:slug>/", writing.write, name="write"),
    path("comments/<int:pk>/", threads.permalink, name="permalink"),
    path("comments/<int:pk>/yours/", own.own, name="own"),
    path("comments/<int:pk>/edit/", own.edit, name="edit"),
    path("comments/<int:pk>/delete/", own.delete, name="delete"),
    path("comments/<int:pk>/confirm-again/", confirm.confirm_again, name="confirm-again"),
    path("comments/confirm/<str:token>/", confirm.confirm, name="confirm"),
    path("comments/<int:pk>/report/", reports.report, name="report"),
    path("comments/decisions/<int:pk>/", decisions.decision, name="decision"),
    path("comments/decisions/<int:pk>/appeal/", decisions.appeal, name="appeal"),
    path("comments/notice/", reports.notice, name="notice"),
    path("comments/notice/<str:code>/", reports.notice_status, name="notice-status"),
    path("comments/unsubscribe/<str:token>/", subscriptions.unsubscribe, name="unsubscribe"),
    path("comments/mine/", mine.mine, name="mine"),
    path("comments/mine/remove/", leaving.leave, name="leave"),
    path("comments/mine/on/<slug:slug>/", mine.mine_in_thread, name="mine-in-thread"),
    path("comments/me/", mine.who_am_i, name="me"),
    path("account/comments/", mine.mine, name="account"),
    path("transparency/", transparency.transparency, name="transparency"),
    path("transparency.csv", transparency.transparency_csv, name="transparency-csv"),
    path("transparency.json", transparency.transparency_json, name="transparency-json"),
]
