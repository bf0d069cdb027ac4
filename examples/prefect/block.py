"""Keeps where the secrets lie, and the token that reads them, in a Prefect block."""

import sys

from prefect.blocks.system import Secret

if __name__ == "__main__":
    value = {"project": "my-project", "config": "dev", "access_token": sys.argv[1]}
    Secret(value=value).save("doppler-config", overwrite=True)
