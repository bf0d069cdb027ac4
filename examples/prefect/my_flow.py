"""A flow that loads its secrets first and then uses them."""

from doppler_secrets import load_secrets_from_doppler
from prefect import flow
from settings import Settings


@flow
def my_flow() -> None:
    load_secrets_from_doppler()
    settings = Settings()
    print(f"the key has {len(settings.secret_api_key)} characters")


if __name__ == "__main__":
    my_flow()
