"""Stopping letters about replies: by a button on a page, or in one click from a mail program."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from comments import notifications, tokens
from comments.models import Comment
from comments.views import apart
from comments.views.kept import keeps_words


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop letters about replies to a comment, or to all of its writer's comments.

    The token in the address is what shows the right to do it: mail programs post here themselves,
    without a cookie and without a token of a form (RFC 8058), and must not be redirected. Opening
    the page changes nothing.
    """
    pk = tokens.read(tokens.UNSUBSCRIBE, token)
    found = Comment.objects.select_related("thread__article", "author")
    comment = None if pk is None else found.filter(pk=pk).first()
    if comment is None:
        status = HTTPStatus.NOT_FOUND
        return apart.page(request, "comments/unsubscribe_unknown.html", {}, status=status)
    by_writer = Comment.objects.by(comment.author)
    if request.method == "POST":
        of_all = request.POST.get("comments") == "all"
        notifications.stop_replies(by_writer if of_all else by_writer.filter(pk=comment.pk))
        comment.refresh_from_db(fields=["wants_replies"])
    context = {
        "comment": comment,
        "article": comment.thread.article,
        "others": by_writer.filter(wants_replies=True).exclude(pk=comment.pk).count(),
    }
    return apart.page(request, "comments/unsubscribe.html", context)
