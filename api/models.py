"""What the API keeps of its own: the answers to calls that must not be done twice."""

from django.db import models


class KeptAnswer(models.Model):
    """The answer to one call with an Idempotency-Key, stored in the transaction of what the call did.

    `caller` is a key's or a person's name (throttles.caller); `about` the reference of the request, by which the row
    goes when the request is erased.
    """

    caller = models.CharField(max_length=60)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    about = models.CharField(max_length=12, blank=True, db_index=True)
    status = models.PositiveSmallIntegerField(default=0)  # 0: the first call is still running
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    sealed = models.BooleanField(default=False)  # the body holds a secret that is given out once (base/sealing.py)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="api_kept_answer_once")]

    def __str__(self) -> str:
        return "answer"  # its key is the caller's
