"""Stands in where doppler-sdk is not installed: sends the one request of it that the example uses (contracts/doppler.md 8.1)."""

import platform

import requests


class _Secrets:
    def __init__(self, sdk):
        self._sdk = sdk

    def download(self, config, project, format=None):
        # As the SDK does: pasted together, without percent-encoding.
        pairs = [("project", project), ("config", config), ("format", format)]
        query = "&".join(f"{name}={value}" for name, value in pairs if value is not None)
        headers = {
            "Authorization": f"Bearer {self._sdk.access_token}",
            "User-Agent": f"DopplerSDK/1.3.0 Python/{platform.python_version()}",
        }
        url = f"{self._sdk.base_url}/v3/configs/config/secrets/download?{query}"
        response = requests.get(url, headers=headers, timeout=30)
        response.raise_for_status()
        return response


class DopplerSDK:
    def __init__(self, access_token):
        self.access_token = access_token
        self.base_url = "https://api.doppler.com"
        self.secrets = _Secrets(self)

    def set_base_url(self, url):
        self.base_url = url
