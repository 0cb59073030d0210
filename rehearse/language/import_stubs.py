"""Import a package without the parts of it that nothing here uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def without(*names: str, **attributes: object) -> Iterator[None]:
    """Put an empty module in the place of each that an import would bring; those that are there already stay.

    Args:
        names: Full names of packages and modules.
        attributes: What the import asks of them.

    """
    stand_ins = {name: ModuleType(name) for name in names if name not in sys.modules}
    for module in stand_ins.values():
        vars(module).update(attributes, __path__=[])
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]
