"""Loads the secrets of a config into the environment of this process."""

import os
from io import StringIO

from dopplersdk import DopplerSDK
from dotenv import load_dotenv
from prefect.blocks.system import Secret

API = os.environ.get("DOPPLER_API", "http://127.0.0.1:8090")


def load_secrets_from_doppler() -> None:
    config = Secret.load("doppler-config").get()
    doppler = DopplerSDK(access_token=config["access_token"])
    doppler.set_base_url(API)
    response = doppler.secrets.download(config=config["config"], project=config["project"], format="env")
    # Without interpolation: a value may hold ${…} and mean it.
    load_dotenv(stream=StringIO(response.text), interpolate=False)
