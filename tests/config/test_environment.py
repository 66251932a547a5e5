"""The environment over the file, held against the library whose convention it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict, SettingsError

from config.environment import InvalidEnvironment, merge, tables_of


class Listener(BaseModel):
    model_config = ConfigDict(extra="forbid")
    bind: str = "127.0.0.1:80"
    proxies: list[str] = Field(default=[])
    limit: int | None = None
    first_day: date | None = Field(default=None, alias="from")


class Sample(BaseModel):
    name: str = ""
    listener: Listener = Listener()
    listeners: list[Listener] = Field(default=[])
    words: dict[str, Listener] = Field(default={})
    either: str | list[str] = ""


class Reference(BaseSettings):
    """The same keys, read by the library."""

    model_config = SettingsConfigDict(env_prefix="MOTCUA__", env_nested_delimiter="__", extra="ignore")
    name: str = ""
    listener: Listener = Listener()
    listeners: list[Listener] = Field(default=[])
    words: dict[str, Listener] = Field(default={})
    either: str | list[str] = ""


ENVIRONMENTS: list[dict[str, str]] = [
    {},
    {"HOME": "/root", "MOTCUA_HOME": "/var", "MOTCUA__": "x", "MOTCUA__ELSE__KEY": "1"},
    {"MOTCUA__NAME": "Ba Vì"},
    {"MOTCUA__NAME": '["not", "a", "list"]'},
    {"MOTCUA__LISTENER__BIND": "127.0.0.1:9"},
    {"motcua__door__bind": "127.0.0.1:9"},
    {"MOTCUA__LISTENER__LIMIT": "3"},
    {"MOTCUA__LISTENER__FROM": "2026-01-02"},
    {"MOTCUA__LISTENER__BNID": "127.0.0.1:9"},
    {"MOTCUA__LISTENER__PROXIES": '["10.0.0.0/8"]'},
    {"MOTCUA__LISTENER": '{"bind": "127.0.0.1:1", "limit": 2}'},
    {"MOTCUA__LISTENER": '{"bind": "127.0.0.1:1", "limit": 2}', "MOTCUA__LISTENER__BIND": "127.0.0.1:9"},
    {"MOTCUA__LISTENERS": '[{"bind": "127.0.0.1:1"}, {}]'},
    {"MOTCUA__WORDS": '{"vi": {"bind": "127.0.0.1:1"}}'},
    {"MOTCUA__WORDS__VI__BIND": "127.0.0.1:1"},
    {"MOTCUA__WORDS__VI__BIND": "127.0.0.1:1", "MOTCUA__WORDS__EN__PROXIES": '["a"]'},
    {"MOTCUA__EITHER": "plain"},
    {"MOTCUA__EITHER": '["a", "b"]'},
]


def outcome(tables: dict[str, Any]) -> object:
    try:
        return Sample(**tables)
    except ValidationError as error:
        return [(row["loc"], row["type"]) for row in error.errors()]


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=lambda one: " ".join(one) or "empty")
def test_it_reads_what_the_library_reads(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert outcome(tables_of(Sample, environment)) == outcome(EnvSettingsSource(Reference)())


@pytest.mark.parametrize("name", ["MOTCUA__LISTENERS", "MOTCUA__LISTENER__PROXIES", "MOTCUA__LISTENER"])
def test_what_is_no_json_is_refused_by_its_name_where_the_library_refuses(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "[1,")
    with pytest.raises(SettingsError):
        EnvSettingsSource(Reference)()
    with pytest.raises(InvalidEnvironment, match="hãy viết danh sách và bảng theo JSON") as caught:
        tables_of(Sample, {name: "[1,"})
    assert caught.value.name == name


def test_tables_are_laid_over_each_other_and_lists_replaced() -> None:
    tables: dict[str, Any] = {"listener": {"bind": "a", "proxies": ["x", "y"]}, "name": "n"}
    merge(tables, {"listener": {"proxies": ["z"]}, "words": {"vi": {}}})
    assert tables == {"listener": {"bind": "a", "proxies": ["z"]}, "name": "n", "words": {"vi": {}}}
