from __future__ import annotations

import pytest

from pressgen.model.address import normalise_mailbox, to_ascii_domain


@pytest.mark.parametrize(
    "one",
    ["Desk@Daily.Example", "desk@daily.EXAMPLE", "desk@daily.example"],
)
def test_capitals_make_no_other_mailbox(one: str) -> None:
    assert normalise_mailbox(one) == "desk@daily.example"


def test_a_domain_is_the_same_in_letters_and_in_ascii() -> None:
    assert normalise_mailbox("post@München.example") == normalise_mailbox("post@xn--mnchen-3ya.example")
    assert normalise_mailbox("post@straße.example") != normalise_mailbox("post@strasse.example")


@pytest.mark.parametrize(
    "wrong",
    ["", "desk", "@daily.example", "desk@", "de sk@daily.example", "a..b@daily.example", "a@b\n.example", "a@ü..x"],
)
def test_what_no_mail_can_go_to_is_no_address(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not an e-mail address"):
        to_ascii_domain(wrong)
