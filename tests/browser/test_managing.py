"""From a file to a published release and back, in a browser, in English and in Georgian."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import TOYLAND
from playwright.sync_api import Page, expect

from atlas.text import Text
from tests.browser.managing import MANAGER, managed, sign_in
from tests.browser.visitor import PATIENCE, Visitor

#: Farming in the south is 150 instead of 100; the country is spelt wrongly.
FIGURES = """Invented figures

Region;Sector;Year;Employees;Remark
North One;A;2020;10;
North One;C10;2020;20;
North One;C11;2020;30;
North Two;A;2020;40;
North Two;C10;2020;0;
XT-N;TOTAL;2020;120;
South & <b>Sea</b>;TOTAL;2020;250;
South & <b>Sea</b>;A;2020;150;=1+1
South & <b>Sea</b>;C;2020;100;
Toylend;A;2020;200;
"""
FARMING = "/map?metric=employment&industry=A&year=2020&lang=en"
REASON = "The office corrected its figures"


@pytest.fixture(scope="module", params=["en", "ka"])
def text(request: pytest.FixtureRequest) -> Text:
    """The manager's language."""
    return Text(request.param)


@pytest.fixture(scope="module")
def address(text: Text, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An atlas of toyland with sign-ins, its edition free to be changed."""
    folder = tmp_path_factory.mktemp("managed")
    shutil.copytree(TOYLAND, folder / "editions" / "toyland")
    settings = {
        "ATLAS_EDITION": "toyland",
        "ATLAS_EDITIONS": str(folder / "editions"),
        "STREAMLIT_SERVER_MAX_UPLOAD_SIZE": "1",
    }
    with managed(folder / "home", folder, **settings) as found:
        yield found


def idle(page: Page, text: Text) -> None:
    """Wait until no work is being done and the page stands."""
    expect(page.locator(".steps")).to_be_visible()
    expect(page.get_by_role("button", name=text("Cancel"), exact=True)).to_have_count(
        0, timeout=2 * PATIENCE * 1000
    )


def step(page: Page, text: Text, name: str) -> None:
    """Wait until that step of the import is the one to be answered."""
    expect(page.locator(".steps .now")).to_contain_text(name, timeout=2 * PATIENCE * 1000)
    idle(page, text)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def confirm(page: Page, text: Text, name: str) -> None:
    """Press what asks first, and say yes."""
    press(page, name)
    press(page, text("Yes, do it"))


def farming(visitor: Visitor, address: str) -> str:
    """What a page of the public says of the south's farming, and the release it names."""
    visitor.open(address)
    expect(visitor.page.locator("table").first).to_be_visible()
    row = visitor.page.locator("table tbody tr", has_text="South & <b>Sea</b>").first
    return row.locator("td").first.inner_text()


def accessible(page: Page) -> list[str]:
    found = Axe().run(page).response
    assert len(found["passes"]) > 15
    return [
        f"{violation['id']}: {node['target']}"
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


def test_a_file_becomes_a_release_and_is_taken_back(
    visit: Callable[..., Visitor], text: Text, tmp_path: Path
) -> None:
    manager, reader = visit(), visit()
    page = manager.page
    assert farming(reader, FARMING) == "100"
    (tmp_path / "figures.csv").write_text(FIGURES, encoding="utf-16")
    manager.open(f"/data?lang={text.language}")
    sign_in(manager, MANAGER, text("Sign in"))
    assert accessible(page) == []

    # The conversation: columns, the misspelt country, the report, a reason, the import.
    page.locator("input[type=file]").set_input_files(tmp_path / "figures.csv")
    step(page, text, text("Columns"))
    expect(page.get_by_text("utf-16")).to_be_visible()
    assert accessible(page) == []
    press(page, text("Confirm the columns"))
    step(page, text, text("Regions"))
    expect(page.locator(".stForm")).to_contain_text("Toylend")
    press(page, text("Confirm these names"))
    step(page, text, text("Report"))
    issues = page.locator("table", has_text=text("What is wrong, and what to do"))
    expect(issues).to_contain_text(text("Warning"))
    assert accessible(page) == []
    with page.expect_download() as download:
        press(page, f"{text('Report ({language})', language='ქართული')}")
    saved = Path(download.value.path()).read_text("utf-8-sig")
    assert saved.splitlines()[0].split(",")[0] == Text("ka")("Kind of issue")
    for field in page.locator(".stForm input[type=text]").all():
        field.fill(REASON)
    press(page, text("Accept with these reasons"))
    step(page, text, text("Import"))
    page.locator(".st-key-import_now button").click()
    expect(page.get_by_test_id("stAlert").first).to_contain_text(
        "observations.csv", timeout=2 * PATIENCE * 1000
    )
    assert farming(reader, FARMING) == "100"

    # A draft, which its manager alone can see.
    press(page, text("Go on to drafts and releases"))
    press(page, text("Build a draft"))
    ready = page.get_by_role("link", name=text("Preview"))
    expect(ready).to_be_visible(timeout=4 * PATIENCE * 1000)
    assert accessible(page) == []
    page.get_by_role("link", name=text("What changes")).click()
    manager.arrive(re.compile("view=compare"))
    expect(page.locator(".change-map svg")).to_be_visible()
    expect(page.locator("table tbody")).to_contain_text("150")
    assert accessible(page) == []
    page.go_back()
    ready.click()
    manager.arrive(re.compile("/map"))
    expect(page.locator(".draft")).to_contain_text(text("Draft, not published."))
    expect(page.locator(".st-key-export button").first).to_be_disabled()
    draft = manager.words["release"]
    named = f"{FARMING}&edition=toyland&release={draft}"
    assert farming(manager, named) == "150"
    manager.open(f"/map?edition=toyland&release={draft}&lang={text.language}")
    reader.open(named)
    alert = reader.page.get_by_test_id("stAlert")
    expect(alert).to_contain_text(f"There is no release “{draft}”.")
    assert farming(reader, FARMING) == "100"
    page.locator(".draft a").click()
    manager.arrive(re.compile("view=releases"))

    # Published: everybody sees it, and links to the release before go on.
    confirm(page, text, text("Publish"))
    expect(page.get_by_test_id("stAlert").first).to_contain_text(draft)
    assert farming(reader, FARMING) == "150"
    assert farming(reader, named) == "150"
    before = page.locator(".release b").nth(1).inner_text()
    assert farming(reader, f"{FARMING}&edition=toyland&release={before}") == "100"

    # And back.
    confirm(page, text, text("Roll back to this"))
    expect(page.get_by_test_id("stAlert").first).to_contain_text(before)
    assert farming(reader, FARMING) == "100"
    assert farming(reader, named) == "150"
    page.get_by_text(text("Record"), exact=True).click()
    expect(page.locator("table tbody tr").first).to_contain_text(MANAGER)
    steps = page.locator("table tbody tr td:nth-child(3)").all_inner_texts()
    done = ("rolled back to", "published", "built", "imported", "published", "built")
    assert steps == [text(said) for said in done]
    assert accessible(page) == []


def test_a_file_that_is_too_large_is_refused_by_the_server(
    visit: Callable[..., Visitor], address: str, tmp_path: Path, text: Text
) -> None:
    """The browser's own check is passed by: what it would send is sent again, larger."""
    manager = visit()
    page = manager.page
    manager.open(f"/data?lang={text.language}")
    sign_in(manager, MANAGER, text("Sign in"))
    (tmp_path / "small.csv").write_text("a,b\n1,2\n")
    with page.expect_request(re.compile("/_stcore/upload_file/")) as sent:
        page.locator("input[type=file]").set_input_files(tmp_path / "small.csv")
    idle(page, text)
    place = re.sub(r"[^/]+$", "another", sent.value.url)
    headers = {name: value for name, value in sent.value.headers.items() if "xsrf" in name.lower()}
    statuses = [
        page.request.put(
            place, headers=headers,
            multipart={"file": {"name": "f.csv", "mimeType": "text/csv", "buffer": b"x" * size}},
        ).status
        for size in (1000, 3_000_000)
    ]  # fmt: skip
    assert statuses == [204, 413]


def test_building_is_cancelled_and_an_edition_begun(
    visit: Callable[..., Visitor], text: Text
) -> None:
    manager = visit()
    page, malta = manager.page, text.country("MT")
    manager.open(f"/data?view=releases&lang={text.language}")
    sign_in(manager, MANAGER, text("Sign in"))
    press(page, text("Build a draft"))
    press(page, text("Cancel"))
    alert = page.get_by_test_id("stAlert").first
    expect(alert).to_contain_text(text("Cancelled; nothing was changed."))
    expect(page.get_by_text(text("There is no draft."))).to_be_visible()

    for name in ("../outside", "malta"):
        press(page, text("New edition"))
        page.get_by_label(text("Name in addresses: small Latin letters, digits, - and _")).fill(
            name
        )
        manager.choose(text("Country"), malta)
        press(page, text("Make the edition"))
        if name != "malta":
            expect(alert).to_contain_text(text("“{value}” cannot name an edition: small letters,"
                " digits, - and _, at most 64.", value="../outside"))  # fmt: skip
            page.reload()
            manager.settle()
    manager.arrive(re.compile("into=malta"))
    edition = page.get_by_label(text("Edition"), exact=True)
    expect(edition).to_have_value(re.compile("· malta$"))
