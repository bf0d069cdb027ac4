"""What the flow needs, read from the environment."""

from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    secret_api_key: str
