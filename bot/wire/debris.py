"""What a page carries besides the article: navigation, advertising, newsletters, sharing, contacts.

Rules are for whole lines, or for a whole sentence glued to the front or the end of a line. A sentence of the article is
never changed, so quotations stay word for word.
"""

import re

_LONGEST = 220  # a longer line is prose, whatever it begins with
_GLUE = 170  # how far into a line something glued to its front or end is looked for

_ADVERTISING = r"""
    (?:advertisements?|sponsored(?:\ (?:content|by\b.{0,60}))?|paid\ (?:content|post|partner\ content)
        |promoted(?:\ content)?|(?:publicidad|anzeige|werbung|publicité))
        (?:[.:\s|·—-]+(?:remove|hide|close|skip|report)(?:\ this)?\ (?:ads?|advert(?:isement)?s?))?
    |(?:remove|hide|close|skip|report)(?:\ this)?\ (?:ads?|advert(?:isement)?s?)
    |(?:story|article|text)\ continues(?:\ below|\ after)?(?:\ (?:this\ )?(?:ad|advert|advertisement))?
    |continues?\ (?:below|after)\ (?:this\ )?(?:ad|advert|advertisement)|continue\ reading(?:\ (?:below
        |the\ main\ story|on\ .{0,40}))?
    |scroll\ (?:down\ )?(?:to\ continue|for\ more)(?:\ .{0,40})?|(?:after|skip\ past)\ newsletter\ promotion
"""
_NAVIGATION = r"""
    skip\ (?:to|past)\ (?:the\ )?(?:main\ )?(?:content|navigation|search|footer|newsletter.{0,30})|(?:back\ to
        |return\ to)\ (?:the\ )?(?:top|home|homepage)
    |(?:(?:main\ )?menu|home|search|log\ ?in|sign\ ?in|register|my\ account|next|previous|next\ (?:article|story)
        |previous\ (?:article|story)|close|open\ menu|toggle\ (?:menu|navigation))
    |(?:save\ )?(?:log|sign)\ in\b.{0,30}\b(?:register|subscribe|create)\b.{0,60}
    |home(?:\s*+[>»/|›·]\s*+[\w&' -]{1,40}+){1,6}
    |(?:[\w&'-]{1,20}+\s*+[|»›·]\s*+){3,12}[\w&'-]{1,20}
    |(?:\d+|one|two|three)[\s-]*min(?:ute)?s?\ read|(?:estimated\ )?reading\ time:?.{0,20}
    |(?:most\ (?:read|popular|viewed)|trending(?:\ now)?|editors?'?\ picks?|top\ stories|latest\ news|more\ (?:news
        |stories|headlines)|(?:you\ (?:may|might)\ (?:also\ )?like)|recommended(?:\ (?:for\ you|reading|stories))?)
    |(?:recommended|watch(?:\ now)?|listen(?:\ now)?|in\ pictures|explainer|don't\ miss)\s*[:»›>→].{0,180}(?<![.])
    |(?:topics|tags|filed\ under|categories|keywords)\s*:.{1,180}
    |view\ (?:all\ )?(?:\d+\ )?comments?|(?:leave|post|add)\ (?:a\ )?(?:comment|reply)|\d*\ ?comments?
        |show\ comments|join\ the\ (?:conversation|discussion)
"""
_READ_MORE = r"""
    (?:related|see\ also|read\ (?:also|next|more|the\ full\ (?:story|article))|also\ read|more\ (?:on|from|about)
        |read\ more\ (?:on|about|at|from))\s*[:»›>→—-].{0,180}
    |(?:related|related\ (?:articles?|stories|coverage|content|topics|news|links)|see\ also|also\ read|read\ also
        |read\ more(?:\ here)?|read\ next|learn\ more|more\ on\ this\ (?:story|topic))[\s:»›>→….]*
    |(?:read\ more|more\ from|more\ on|more\ about)\ (?:on|about|at|from|by)?[^.!?]{1,90}(?![.!?])
"""
_NEWSLETTER = r"""
    (?:(?:please\ )?(?:sign\ ?up|subscribe|register)(?:\ (?:here|now|today|free))?\ (?:for|to
        |and)\ .{0,170}(?:newsletters?|e-?mails?|inbox|alerts?|briefings?|updates|podcasts?|channels?|today|free
        |digest|for\ more|access|support).{0,90})
    |(?:sign\ up|subscribe|subscribe\ (?:now|today|here)|sign\ up\ (?:now|today|here|free))[\s!.»→]*
    |(?:get|receive|have)\ .{0,120}(?:in|to|into|straight\ to|delivered\ to)\ your\ (?:inbox|e-?mail).{0,80}
    |(?:enter|your)\ (?:your\ )?e-?mail(?:\ address)?[\s:*.]*|(?:daily|weekly|morning|evening|free)\ newsletters?
        |newsletters?
    |join\ (?:our|the)\ .{0,60}(?:newsletter|mailing\ list|channel|community|telegram|whatsapp|discord).{0,60}
    |(?:already\ a\ (?:member|subscriber)|not\ a\ subscriber)\?.{0,60}|(?:this\ (?:article|content
        |story)\ is\ (?:for|only\ available\ to|reserved\ for)\ (?:subscribers|members)).{0,80}
    |(?:download|get)\ (?:the|our)\ .{0,40}\bapp\b.{0,60}
"""
_SHARING = r"""
    (?:share|tweet|print|e-?mail|save|bookmark|copy\ (?:the\ )?link|link\ copied|gift(?:\ this\ article)?|facebook
        |twitter|linkedin|reddit|whatsapp|telegram|pinterest|instagram|flipboard|x|bluesky|threads|youtube|\W)+
    |share\ (?:this|the|on|via|with)\b.{0,80}|(?:follow|find|like|join)\ (?:us|me|him|her|them)\b.{0,30}\b(?:on
        |@).{0,90}
    |follow\ [\w.@\ -]{1,50}\ on\ (?:x|twitter|facebook|instagram|linkedin|threads|bluesky|google\ news|telegram
        |whatsapp|youtube)\b.{0,60}
"""
_LEGAL = r"""
    (?:(?:we|our\ site)\ (?:and\ our\ (?:\w+\ ){0,3}partners\ )?(?:use|uses|store)\b.{0,30}\bcookies
        |this\ (?:web)?site\ uses\ cookies|by\ (?:continuing|using|clicking)\ .{0,80}\b(?:cookies|terms
        |privacy)).{0,140}
    |(?:accept|reject|manage|allow)(?:\ all)?\ (?:cookies|(?:cookie\ )?(?:preferences|settings))|cookie\ (?:policy
        |settings|preferences|notice)
    |(?:(?:privacy\ (?:policy|notice)|terms\ (?:of\ (?:use|service)|and\ conditions))\W*(?:and\W*)?)+
    |(?:copyright\ )?(?:©|\(c\)|copyright)\ .{0,140}|(?:.{0,60}\.\ )?all\ rights\ reserved\b.{0,100}
    |this\ material\ may\ not\ be\ published,\ broadcast.{0,100}|our\ standards:\ .{0,80}
    |the\ post\ .{1,160}\ (?:appeared\ first|first\ appeared)\ on\ .{1,60}
    |(?:\(?(?:additional\ )?(?:reporting|writing|editing)\ by\ .{2,160})
    |(?:\[|…|\.\.\.)\s*\[?\+\d+\ chars\]
"""
_CREDIT = r"""
    (?:photo|photograph|image|picture|photo\ credit|image\ credit|credit|photo\ by|image\ by)s?\s*:\s*.{1,100}
        |[\w .-]{0,40}[/|]?\s*getty\ images
"""
_CONTACT = r"""
    for\ (?:updates|corrections|feedback|tips|updates\ (?:and|or)\ corrections|corrections\ (?:and|or)\ (?:updates
        |clarifications))\b.{0,40}\b(?:e-?mail|contact|write\ to|reach|message)\b.{0,120}
    |(?:to\ (?:report|suggest|request|submit)\ (?:an?\ )?(?:error|correction|typo|mistake|tip)s?|(?:spotted|seen
        |found|notice)\ an?\ (?:error|mistake|typo)|(?:have|got|do\ you\ have)\ an?\ (?:tip|correction|question
        |story)).{0,140}
    |(?:you\ can\ )?(?:contact|e-?mail|reach|write\ to)\ (?:us|me|him|her|them|the\ (?:author|editor|reporter
        |writer|newsroom|desk)s?|[\w.\ -]{1,40})\ (?:at|via|on|by)\ .{0,40}(?:@|\[at\]|\(at\)).{0,80}
    |(?:e-?mail|contact|tips|corrections)\s*:?\ [^\s@]{1,60}(?:@|\s?\[at\]\s?|\s?\(at\)\s?)\S{1,80}
"""
_CLOSE = r"[\s.!…»›→*)\]]*"
_WHOLE = re.compile(
    rf"\W{{0,4}}(?:{_ADVERTISING}|{_NAVIGATION}|{_READ_MORE}|{_NEWSLETTER}|{_SHARING}|{_LEGAL}|{_CREDIT}|{_CONTACT}){_CLOSE}",
    re.IGNORECASE | re.VERBOSE,
)
_GLUED = re.compile(
    rf"\W{{0,4}}\b(?:{_ADVERTISING}|{_READ_MORE}|{_NEWSLETTER}|{_SHARING}|{_LEGAL}|{_CONTACT}){_CLOSE}",
    re.IGNORECASE | re.VERBOSE,
)
_CONTACT_LINE = re.compile(rf"(?:{_CONTACT}){_CLOSE}", re.IGNORECASE | re.VERBOSE)
# Cheap looks before the dear ones. Every rule above begins with one of these words or holds one of these signs, and no
# line without a hint has anything glued to it.
_START_WORDS = """
    advertisement advertisements sponsored paid promoted publicidad anzeige werbung publicité remove hide close skip
    report story article text continue continues scroll after back return main menu home search log login sign
    signin register my next previous open toggle one two three estimated reading most trending editors editor's
    editors' top latest more you recommended related see read also watch listen in explainer don't learn topics tags
    filed categories keywords view leave post add comment comments show join please subscribe get receive have enter
    your daily weekly morning evening free newsletter newsletters already not this download share tweet print email
    e-mail save bookmark copy link gift facebook twitter linkedin reddit whatsapp telegram pinterest instagram
    flipboard x bluesky threads youtube follow find like we our by accept reject manage allow cookie privacy terms
    copyright c all the additional reporting writing editing photo photos photograph image images picture pictures
    credit for to spotted seen found notice got do contact reach write can tips corrections
"""
_STARTS = frozenset(_START_WORDS.split())
_SIGNS = (
    "|",
    "›",
    "»",
    "·",
    "©",
    "getty images",
    "rights reserved",
    " chars]",
    "min read",
    "minute read",
    "comment",
    "error",
)
_HINTS = (
    "advert", "remove ads", "newsletter", "inbox", "read more", "sign up", "subscri", "corrections", "an error",
    "cookies", "©", "copyright", "rights reserved", "share this", "follow ", "reporting by", "editing by", "first on",
    " chars]", "continue reading", "mail", "contact",
)  # fmt: skip
_FIRST_WORD = re.compile(r"\W{0,4}([\w'-]{1,20})")
_END = re.compile(r"[.!?…][\"”’»)\]]*+\s*+(?=[A-Z©(\[“\"])")
_GLUED_WORD = re.compile(r"^Advertisement(?=[A-Z“\"])|(?<=[.!?”\"])\s*Advertisement$")
_AT, _DOTS = r"(?:@|\[\s?at\s?\]|\(\s?at\s?\))", r"(?:\.|\[\s?dot\s?\]|\(\s?dot\s?\))"
_MAIL = re.compile(rf"[\w.+-]{{1,64}}\s?{_AT}\s?([\w-]{{1,63}}(?:\s?{_DOTS}\s?[\w-]{{2,63}}){{1,4}})", re.IGNORECASE)
_DOT = re.compile(r"\s?(?:\[\s?dot\s?\]|\(\s?dot\s?\))\s?", re.IGNORECASE)


def strip_debris(line: str) -> str:
    """The line, which has single spaces, without what does not belong to the article; "" where nothing of it does."""
    lowered = line.lower()
    if len(line) <= _LONGEST and _may_be_debris(lowered) and _WHOLE.fullmatch(line):
        return ""
    ends = lowered if len(line) <= 2 * _GLUE else lowered[:_GLUE] + lowered[-_GLUE:]
    if any(hint in ends for hint in _HINTS):
        line = _strip_front(_strip_end(_GLUED_WORD.sub("", line).strip()))
    return line


def contact_host(line: str) -> str | None:
    """The host of the mail address in a contact line, also where the address is spelled out; None in other lines."""
    if "@" not in line and "at]" not in line and "at)" not in line:
        return None
    match = _MAIL.search(line, max(0, len(line) - _LONGEST))
    if not match:
        return None
    sentence = line[_sentence_start(line, match.start()) :]
    return _DOT.sub(".", match[1]).replace(" ", "").lower() if _CONTACT_LINE.match(sentence) else None


def _may_be_debris(lowered: str) -> bool:
    first = _FIRST_WORD.match(lowered)
    return not first or first[1] in _STARTS or any(sign in lowered for sign in _SIGNS)


def _sentence_start(line: str, before: int) -> int:
    ends = [match.end() for match in _END.finditer(line, max(0, before - _LONGEST), before)]
    return ends[-1] if ends else 0


def _strip_end(line: str) -> str:
    start = max(0, len(line) - _GLUE)
    for match in _END.finditer(line, start):
        if _GLUED.fullmatch(line, match.end()):
            return line[: match.end()].rstrip()
    return line


def _strip_front(line: str) -> str:
    ends = [match.end() for match in _END.finditer(line, 0, _GLUE + 1)]
    for end in reversed(ends):
        if _GLUED.fullmatch(line, 0, end):
            return line[end:].lstrip()
    return line
