"""The tables of those who read the journal: the board, the connectors, the bundles."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from config.base import Code, Day, Secret, Section, Text, UpstreamUrl
from config.patterns import FILE_NAME, PUBLIC_KEY
from config.portal_schema import PortalSection
from config.sentences import InvalidValue
from contract.followers import BUNDLE_NAME, is_webhook

DossierColumn = Literal[
    "code",
    "procedure",
    "procedure_name",
    "field",
    "channel",
    "status",
    "received_at",
    "due_at",
    "finished_at",
    "returned_at",
    "carried_over",
    "digitised",
    "not_digitised_reason",
]  # what a column of a table may hold


def _proxy(value: str) -> str:
    parts = urlsplit(value)
    if value and not (value.isascii() and parts.scheme == "http" and parts.hostname and parts.port):
        raise InvalidValue("is no proxy; write http://HOST:PORT or http://USER:PASSWORD@HOST:PORT")
    return value


class FollowerSection(Section):
    service_url: str = ""
    token: str = ""


class PictureSection(Section):
    """A picture of the folder `pictures`, shown while nobody waits; both dates included."""

    file: Annotated[str, Field(pattern=FILE_NAME)]
    seconds: int = Field(default=10, ge=3, le=600)
    first_day: Day | None = Field(default=None, alias="from")
    last_day: Day | None = Field(default=None, alias="until")


class BoardSection(FollowerSection):
    name: str = Field(default="", max_length=40)
    width: int = Field(default=1920, ge=640, le=7680)
    height: int = Field(default=1080, ge=480, le=7680)
    voice: bool = True
    far: bool = False
    overdue_first: bool = True
    procedures_page: bool = True
    picture: list[PictureSection] = Field(default=[])


class ConnectorSection(Section):
    portal: PortalSection | None = None
    name: Code
    kind: Literal["cloudevents", "national_portal"] = "cloudevents"
    url: UpstreamUrl
    token: Secret = ""
    oauth_token_url: UpstreamUrl | None = None
    oauth_client_id: Secret = ""
    oauth_client_secret: Secret = ""
    oauth_scope: Secret = ""
    hmac_secret: str = ""
    ca_file: str = ""
    client_certificate: str = ""
    client_key: str = ""
    proxy: Annotated[str, AfterValidator(_proxy)] = ""
    batch_events: int = Field(default=500, ge=1, le=500)

    @model_validator(mode="after")
    def _agrees(self) -> ConnectorSection:
        if is_webhook(self.name):
            raise InvalidValue("names that begin with webhook- belong to webhooks; choose another name")
        if self.oauth_token_url and self.token:
            raise InvalidValue("token and oauth_token_url exclude each other; keep one of them")
        if bool(self.oauth_token_url) != bool(self.oauth_client_id):
            raise InvalidValue("oauth_token_url and oauth_client_id go together; write both or none")
        if self.client_key and not self.client_certificate:
            raise InvalidValue("client_key needs client_certificate beside it; write that too")
        return self


class BundleSection(Section):
    """Events and answers by USB stick. `connector`: the one whose receiver also reads the bundles."""

    follower: Code = BUNDLE_NAME
    connector: str = ""
    trusted_keys: list[Annotated[str, Field(pattern=PUBLIC_KEY)]] = Field(default=[])
    part_mib: int = Field(default=32, ge=1, le=1024)


class SyncSection(FollowerSection):
    """`fields`, `reasons`: further fields of dossiers, and words for results that are not digitised.

    Other free text of upstream is never kept. `columns`, `statuses`, `channels`: how tables of dossiers call them;
    `default_channel`: of a new dossier whose table does not say how it came in.
    """

    columns: dict[DossierColumn, list[Text]] = Field(default={})
    statuses: dict[Text, Annotated[int, Field(ge=1, le=10)]] = Field(default={})
    channels: dict[Text, Annotated[int, Field(ge=1, le=4)]] = Field(default={})
    default_channel: int = Field(default=1, ge=1, le=4)
    fields: list[Text] = Field(default=[])
    reasons: list[Text] = Field(default=[])
    connector: list[ConnectorSection] = Field(default=[])
    bundle: BundleSection = BundleSection()
