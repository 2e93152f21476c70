"""Installing the desk in further workspaces: a page that leads to Slack, and the one to which Slack leads back."""

from html import escape
from secrets import compare_digest, token_urlsafe
from urllib.parse import urlencode

from aiohttp import web

from bot.archive.installations import begin_installation, end_installation
from bot.errors import ConfigError, PostError
from config import defaults
from handlers.slack.asked import Slack
from handlers.slack.manifest import SCOPES
from handlers.slack.outcomes import UNANSWERED, code_of

_COOKIE = "newsdesk_installing"
_BACK = "/slack/oauth_redirect"


class InstallPages:
    """The pages. What was begun in a browser comes back once, soon, and in the same browser."""

    def __init__(self, slack: Slack) -> None:
        self._slack, self._access = slack, slack.workspaces.access

    def routes(self) -> list[web.RouteDef]:
        """Where they are; none where nobody can install the desk."""
        if not self._access.client_id:
            return []
        return [web.get("/slack/install", self._begin), web.get(_BACK, self._come_back)]

    async def _begin(self, _request: web.Request) -> web.Response:
        state, fronts = token_urlsafe(24), self._slack.fronts
        await fronts.archive.write(begin_installation, state, fronts.clock())
        asked = {
            "client_id": self._access.client_id,
            "scope": ",".join(sorted(SCOPES)),
            "state": state,
            "redirect_uri": self._back,
        }
        at = f"{self._access.api_url.removesuffix('api/')}oauth/v2/authorize?{urlencode(asked)}"
        answer = web.Response(status=302, headers={"Location": at})
        answer.set_cookie(
            _COOKIE,
            state,
            max_age=defaults.INSTALLING_MINUTES * 60,
            httponly=True,
            samesite="Lax",
            secure=self._back.startswith("https://"),
        )
        return answer

    async def _come_back(self, request: web.Request) -> web.Response:
        state, fronts = request.query.get("state", ""), self._slack.fronts
        is_ours = bool(state) and compare_digest(state.encode(), request.cookies.get(_COOKIE, "").encode())
        if not is_ours or not await fronts.archive.write(end_installation, state, fronts.clock()):
            return _page("This link has been used, or is too old. Begin again.", status=400)
        if "code" not in request.query:
            return _page("Nothing was installed. You can begin again whenever you like.")
        try:
            granted = await self._slack.workspaces.ask(
                "oauth.v2.access",
                client_id=self._access.client_id,
                client_secret=self._access.client_secret,
                code=request.query["code"],
                redirect_uri=self._back,
            )
            if granted.get("is_enterprise_install") or not granted.get("access_token"):
                return _page("Newsdesk is installed in single workspaces, not in a whole organisation.", status=400)
            workspace = await self._slack.workspaces.install(granted, (granted.get("authed_user") or {}).get("id"))
        except UNANSWERED as fault:
            why = code_of(fault) or "no answer"
            return _page(f"Slack did not hand over the token ({why}). Begin again.", status=502)
        except (ConfigError, PostError):
            return _page("Slack did not take the token that it has just given. Begin again.", status=502)
        said = f"Newsdesk is installed in {workspace.name}. Invite it to a channel: /invite @{workspace.bot_name}"
        return _page(said, begin=False)

    @property
    def _back(self) -> str:
        return f"{self._access.public_url.rstrip('/')}{_BACK}"


def _page(sentence: str, *, status: int = 200, begin: bool = True) -> web.Response:
    link = '<p><a href="/slack/install">Install Newsdesk in Slack</a></p>' if begin else ""
    body = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Newsdesk</title><p>{escape(sentence)}</p>{link}'
    )
    answer = web.Response(text=body, content_type="text/html", status=status)
    answer.del_cookie(_COOKIE)
    return answer
