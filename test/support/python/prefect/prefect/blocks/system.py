"""Stands in for the block of a secret: kept in a file of PREFECT_HOME, readable by its owner."""

import json
import os
from pathlib import Path


def _path(name):
    return Path(os.environ["PREFECT_HOME"]) / f"{name}.json"


class Secret:
    def __init__(self, value):
        self._value = value

    def save(self, name, overwrite=False):
        if _path(name).exists() and not overwrite:
            raise ValueError(f"there is a block named {name}")
        _path(name).touch(mode=0o600)
        _path(name).write_text(json.dumps(self._value))

    @classmethod
    def load(cls, name):
        return cls(json.loads(_path(name).read_text()))

    def get(self):
        return self._value
