"""Stands in where prefect is not installed: a flow is a function."""


def flow(function):
    return function
