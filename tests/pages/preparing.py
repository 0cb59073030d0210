"""Open and read the page Prepare."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from rehearse.preparation.preparation import Preparation, load, save
from tests.pages.driving import open_app, shown


def open_part(part: str) -> AppTest:
    at = open_app()
    at.query_params["part"] = part
    at.switch_page(routes.PREPARE).run()
    assert not at.exception
    return at


def prepared() -> Preparation:
    return load(services().history.documents)


def keep(*parts: object) -> None:
    for part in parts:
        save(services().history.documents, part)


def everything(at: AppTest) -> str:
    boxes = [*at.subheader, *at.header, *at.caption, *at.success, *at.info, *at.warning]
    return "\n".join([shown(at), *(str(box.value) for box in boxes), *(box.label for box in at.checkbox)]).replace(
        "\\", ""
    )


def links(at: AppTest) -> list[str]:
    return [link.proto.query_string for link in at.get("page_link")]
