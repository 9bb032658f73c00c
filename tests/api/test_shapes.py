"""What is taken for a text: no zero byte, no more than the limit as it was sent, and where it is needed one sign."""

import re

import pytest
from rest_framework.exceptions import ValidationError

from api.description import NO_ZERO, SEEN
from api.shapes import Text


@pytest.mark.parametrize(
    ("sent", "code"),
    [("a\x00b", "invalid"), ("ab" + " " * 9, "max_length"), ("\u200b\x1f ", "blank"), (7, "invalid")],
)
def test_what_is_no_text_is_refused_and_the_description_says_so(sent, code):
    with pytest.raises(ValidationError) as refused:
        Text(max_length=10).run_validation(sent)
    assert refused.value.get_codes() == [code]
    if isinstance(sent, str) and code != "max_length":
        assert not re.search(SEEN, sent)


@pytest.mark.parametrize("sent", ["ab", " a\u200b", "\ta\n", "é"])
def test_what_is_a_text_is_taken(sent):
    assert Text(max_length=10).run_validation(sent)
    assert re.search(SEEN, sent)
    assert re.search(NO_ZERO, sent)
