"""The form for deleting an account."""

from django import forms

from accounts.models import CommentsChoice


class DeletionForm(forms.Form):
    """What becomes of the comments, and a tick that says it is meant."""

    comments = forms.ChoiceField(
        label="Your comments",
        choices=[
            (CommentsChoice.ANONYMISE, "Keep the words, without my name"),
            (CommentsChoice.REMOVE, "Remove the words too"),
        ],
        initial=CommentsChoice.ANONYMISE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of your comments."},
    )
    is_sure = forms.BooleanField(
        label="I understand that this cannot be undone once it is done",
        error_messages={"required": "Tick this if you want your account deleted."},
    )
