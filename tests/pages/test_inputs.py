"""What inputs are told to show, so that nothing is sent that the browser has heard of."""

from __future__ import annotations

import pytest
from screen import ROOT
from streamlit.testing.v1 import AppTest

PLACE = "choice_region"


@pytest.fixture
def kakheti(georgia_at_home: None) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.query_params["region"] = "GE-KA"
    return app.switch_page("pages/explore/region.py").run()


def told(app: AppTest) -> bool:
    return bool(app.selectbox(key=PLACE).proto.set_value)


def test_an_input_is_told_once_what_the_address_says(kakheti: AppTest) -> None:
    assert told(kakheti)
    assert kakheti.selectbox(key=PLACE).value == "GE-KA"
    assert not told(kakheti.run())


def test_what_a_run_that_was_cut_off_told_is_told_again(kakheti: AppTest) -> None:
    """Else the browser would show the first region there is beside the figures of Kakheti."""
    kakheti.session_state["run_going_on"] = True
    assert told(kakheti.run())
    assert kakheti.selectbox(key=PLACE).value == "GE-KA"
    assert not told(kakheti.run())
