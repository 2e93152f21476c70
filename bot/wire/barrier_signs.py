"""How pages say that something stands in front of their article, in the languages of most of the web's news."""

import re


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


# What such pages are called, in full.
_SITE = r"\W*(?:[|–—-].*)?"  # the name of the site behind a title
ROBOT_CHECK_TITLE = _any_of(
    rf"just a moment{_SITE}", rf"attention required{_SITE}", rf"access (?:to this page has been )?denied{_SITE}",
    rf"(?:please )?verify (?:that )?you are (?:a )?human{_SITE}", rf"are you (?:a )?(?:human|robot){_SITE}",
    rf"(?:human|bot|captcha) verification{_SITE}", rf"pardon our interruption{_SITE}", rf"robot check{_SITE}",
    r"ddos.?guard.*", rf"checking your browser(?: before accessing .*)?{_SITE}",
    rf"security (?:check|verification){_SITE}", rf"one more step{_SITE}", rf"client challenge{_SITE}",
    rf"captcha{_SITE}", rf"(?:request|you have been|access) (?:blocked|unsuccessful){_SITE}",
    rf"(?:error )?403.{{0,3}}forbidden{_SITE}", r"forbidden", r"error 1020.*", rf"nur einen moment{_SITE}",
    rf"un (?:instant|momento){_SITE}", r"しばらくお待ちください.*", r"请稍候.*",
)  # fmt: skip
REGION_TITLE = _any_of(
    r"(?:error )?451\b.*", r".*\bunavailable (?:due to|for) legal reasons.*",
    r".*not available in your (?:country|region).*",
)  # fmt: skip
MISSING_TITLE = _any_of(
    r"(?:error )?404\b.*", r".{0,40}\W404(?: error)?", r"not found",
    r"(?:.{0,40}\W)?(?:page|article|story|content) (?:not found|no longer available|does not exist).*",
    r"(?:.{0,40}\W)?seite (?:wurde )?nicht gefunden.*", r"(?:.{0,40}\W)?page (?:introuvable|non trouvée).*",
    r"(?:.{0,40}\W)?página no encontrada.*", r"(?:.{0,40}\W)?pagina non trovata.*",
    r"(?:.{0,40}\W)?página não encontrada.*", r"(?:.{0,40}\W)?pagina niet gevonden.*",
)  # fmt: skip
CONSENT_TITLE = _any_of(
    r"before you continue.*", r"bevor (?:sie|du) .{0,40}(?:fort|weiter).*", r"avant de continuer.*",
    r"antes de continuar.*", r"prima di continuare.*", r"(?:cookie|privacy|gdpr)[ -](?:consent|settings|gate|wall)\b.*",
    r".{0,30}\bconsent(?: page| management)?", r"your privacy choices.*", r"datenschutz-?einstellungen",
    r".{0,30}(?:teil|part) (?:der|of the) .{0,20}(?:marken)?famil(?:ie|y).*",
)  # fmt: skip
LOGIN_TITLE = _any_of(
    r"(?:.{0,40}\W)?(?:log|sign)[ -]?in(?:\W.{0,40})?",
    r"(?:.{0,40}\W)?(?:anmelden|anmeldung|einloggen|login)(?:\W.{0,40})?",
    r"(?:.{0,40}\W)?(?:connexion|se connecter|iniciar sesión|accedi|inloggen|logga in)(?:\W.{0,40})?",
)

# What a challenge holds in its source, and says to whom it stops.
CHALLENGE = _any_of(
    r"_cf_chl_opt", r"/cdn-cgi/challenge-platform", r"cf-browser-verification", r"cf-error-details",
    r"_Incapsula_Resource", r"px-captcha", r"captcha-delivery\.com", r"awswaf\.com", r"gokuProps", r"ddos-guard",
    r"sucuri_cloudproxy", r"sec-if-cpt", r"challenge-form", r"g-recaptcha", r"h-captcha", r"cf-turnstile",
)  # fmt: skip
CHALLENGED = _any_of(
    r"verify(?:ing)? (?:that )?you are (?:a )?human", r"not a (?:ro)?bot\b", r"are you a robot",
    r"checking your browser", r"enable (?:javascript|js)(?: and cookies)? to continue",
    r"unusual (?:traffic|activity)", r"security of your connection", r"complete the (?:captcha|security check)",
    r"access (?:\w+ ){0,5}denied", r"you have been blocked", r"automated (?:access|requests|queries|bot)",
    r"cloudflare ray id", r"incident id",
)  # fmt: skip
COOKIES = _any_of(
    r"\bcookies?\b", r"\bour (?:\d+ )?(?:trusted )?partners\b", r"personali[sz]ed (?:ads|advertising|content)",
    r"privacy", r"\bconsent\b", r"\btracking\b", r"datenschutz", r"einwilligung", r"zustimm", r"données personnelles",
    r"consentement", r"consentimiento", r"privacidad", r"consenso", r"toestemming", r"samtycke", r"zgod[ayę]\b",
)  # fmt: skip
CONSENT_ASKED = _any_of(
    r"\b(?:accept|agree|reject|allow|manage)(?: (?:to|and|all|the|our|cookies|settings|continue|close))+\b",
    r"\bi agree\b", r"akzeptieren", r"zustimmen", r"ablehnen", r"tout accepter", r"refuser", r"aceptar", r"rechazar",
    r"accett", r"rifiuta", r"accepteren", r"weigeren", r"godkänn", r"akceptuj",
)  # fmt: skip
REGIONAL = _any_of(
    r"(?:not|un)available (?:\w+ ){0,4}in your (?:country|region|location)",
    r"(?:not|un)available (?:\w+ ){0,5}european (?:countries|visitors|union)",
    r"european (?:visitors|countries|union|economic area).{0,200}(?:unavailable|cannot grant|not available|legal)",
    r"legal reasons.{0,80}(?:european|gdpr)", r"nicht in (?:ihrem land|deiner region) verfügbar",
)  # fmt: skip

_THIS = r"(?:this|the (?:full|rest|entire|whole|complete)|your|our|unlimited|all|more)"
_PIECE = r"(?:article|story|content|post|report|page)"
PAID = _any_of(
    # English
    r"(?:subscrib|sign[ -]?up|register|member|join|upgrade|trial|account|plan|log[ -]?in|sign[ -]?in).{0,80}"
    rf"\bto (?:(?:continue|keep|finish)\b|(?:read|unlock|access|view|see) {_THIS})",
    rf"\bto (?:(?:continue|keep|finish) reading|(?:read|view|unlock|access) {_THIS} {_PIECE}).{{0,60}}"
    r"(?:subscri|member|register|sign|log|account|trial|plan)",
    r"(?:continue|keep) reading (?:this article |your article )?(?:with|for) (?:a|an|your|just|only|\W?\d)",
    rf"{_PIECE} is (?:\w+ ){{0,2}}(?:available (?:only |exclusively )?(?:to|for)|exclusive (?:to|for)|reserved for"
    r"|limited to|locked|for) (?:\w+ ){0,3}(?:subscribers|members|users)",
    r"\b(?:subscriber|member)s?[- ](?:only|exclusive)\b",
    r"\bfor (?:paid |paying |registered )?(?:subscribers|members) only",
    r"(?:reached|used|exceeded|read) (?:your|all|the) .{0,30}\b(?:limit|free (?:articles|stories))",
    rf"rest of this {_PIECE} is", r"already a (?:paid )?(?:subscriber|member)\?",
    # German
    r"(?:artikel|inhalt|text|beitrag|bericht) ist (?:\w+ ){0,2}(?:kostenpflichtig|für (?:\S+ ){0,2}abonnent|nur für"
    r"|ein plus)",
    r"(?:nur|exklusiv) für (?:\S+ ){0,2}\S*abonnent", r"\b(?:jetzt|sofort|kostenlos) (?:\S+ ){0,4}weiterlesen",
    r"\b(?:abo|abonn\w+|plus|premium)\b.{0,60}\bweiter(?:zu)?lesen", r"artikel (?:jetzt )?(?:freischalten|kaufen)",
    r"(?:bereits|schon) (?:\S+ )?(?:abonnent|abonniert|digital-?abo)",
    # French
    r"réservée? (?:à nos|aux) abonnés", r"reste .{1,12}(?:%|pour cent).{0,40}à (?:lire|découvrir)", r"déjà abonné",
    r"pour lire la suite", r"(?:abonnez|inscrivez|connectez)-vous.{0,60}(?:pour|afin d)",
    # Spanish, Italian, Portuguese
    r"(?:contenido|artículo|noticia|nota) (?:solo |sólo |exclusiv\w+ |únicamente )+(?:para |de )?(?:\w+ )?"
    r"(?:suscriptores|socios)",
    r"para (?:seguir|continuar) leyendo", r"ya (?:eres|es|soy) (?:suscriptor|socio)", r"riservat\w+ agli abbonati",
    r"già abbonato", r"per continuare a leggere", r"(?:abbonati|registrati).{0,60}per (?:leggere|continuare)",
    r"exclusivo para assinantes", r"já é assinante", r"para continuar (?:lendo|a ler)",
    # Dutch, the Scandinavian languages, Polish
    r"(?:alleen|exclusief) voor abonnees", r"lees verder met", r"al abonnee\?", r"redan prenumerant",
    r"(?:endast|enbart|bara) för prenumeranter", r"läs vidare med", r"(?:kun|bare) for abonnenter",
    r"for å lese (?:videre|hele)", r"for at læse (?:videre|hele)", r"pozostało .{1,8}%",
    r"(?:tylko )?dla (?:prenumerator|subskrybent|abonent)",
    # Japanese, Chinese, Russian
    r"会員限定", r"残り?\s?[\d,]+文字", r"続きを読むには", r"(?:订阅|登录|訂閱|登入)[^。]{0,8}(?:阅读|閱讀)",
    r"доступ\w* (?:только )?(?:по подписке|подписчикам)", r"чтобы (?:читать|прочитать) (?:далее|полностью)",
)  # fmt: skip
LOGGED_IN = _any_of(
    r"(?:must|need to|have to|please) (?:be logged in|log ?in|sign ?in|register) to (?:continue"
    rf"|(?:read|view|see|access) {_THIS})",
    r"(?:anmelden|einloggen),? um .{0,40}(?:lesen|sehen)", r"connectez-vous pour (?:lire|accéder)",
    r"inicia sesión para (?:leer|ver|seguir)", r"accedi per (?:leggere|continuare)", r"log in om .{0,30}lezen",
)  # fmt: skip
