from __future__ import annotations

import pytest

from pressgen.model.address import mailbox_of, to_ascii_domain


@pytest.mark.parametrize(
    "one",
    ["Desk@Daily.Example", "desk@daily.EXAMPLE", "desk@daily.example"],
)
def test_capitals_make_no_other_mailbox(one: str) -> None:
    assert mailbox_of(one) == "desk@daily.example"


def test_a_domain_is_the_same_in_letters_and_in_ascii() -> None:
    assert mailbox_of("post@München.example") == mailbox_of("post@xn--mnchen-3ya.example")
    assert mailbox_of("post@straße.example") != mailbox_of("post@strasse.example")


@pytest.mark.parametrize(
    "wrong",
    ["", "desk", "@daily.example", "desk@", "de sk@daily.example", "a..b@daily.example", "a@b\n.example", "a@ü..x"],
)
def test_what_no_mail_can_go_to_is_no_address(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not an e-mail address"):
        to_ascii_domain(wrong)
