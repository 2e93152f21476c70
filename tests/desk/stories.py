"""The made-up news that the tests of answering, searching and briefing read."""

from tests.desk.paper import piece

FERRY_ENDS = piece(
    "ferry-ends",
    "The ferry between Selby and Holm Island will stop running on 3 May, the harbour board said on Tuesday. About 400 "
    "islanders use it every day. Board chair Mara Lindqvist said the hull was too worn to repair. She said: “We looked "
    "at every option and there was none left.”",
    title="Holm Island ferry to stop in May",
)
FERRY_BUSES = piece(
    "ferry-buses",
    "Passengers of the Holm Island ferry will be carried by bus over the new bridge from 3 May, the transport ministry "
    "said. Tickets will cost 4 euros.",
    title="Buses to replace the Holm Island ferry",
    publisher="Northern Gazette",
    published="2025-04-23T07:30",
)
RATE_RAISED = piece(
    "rate-raised",
    "The Bank of Norrland raised its key interest rate to 3.5% on Wednesday, its second rise this winter. Governor "
    "Elin Strand said inflation was still too high.",
    title="Bank of Norrland raises rate to 3.5%",
    published="2025-03-12T12:00",
)
RATE_CUT = piece(
    "rate-cut",
    "The Bank of Norrland cut its key interest rate to 3.25% on Wednesday. Governor Elin Strand said inflation had "
    "fallen faster than expected.",
    title="Bank of Norrland cuts rate to 3.25%",
    publisher="Northern Gazette",
    published="2025-04-16T12:00",
)
MINE_POLICE = piece(
    "mine-police",
    "The collapse at the Torv mine killed 12 workers, police said on Monday. Rescue teams searched through the night.",
    title="Twelve dead in Torv mine",
    published="2025-04-21T08:00",
)
MINE_UNION = piece(
    "mine-union",
    "The collapse at the Torv mine killed 15 workers, the miners' union said on Monday. The union called for an "
    "inquiry.",
    title="Union counts 15 dead in Torv mine",
    publisher="Northern Gazette",
    published="2025-04-21T09:00",
)
CHEESE_TOKYO = piece(
    "cheese-tokyo",
    "Tokyo will lower its duty on imported cheese to 5% from June, the farm ministry said on Friday. Officials said "
    "the step follows talks with Washington.",
    title="Cheese duty to fall",
    publisher="Harbour Wire",
    published="2025-04-18T09:00",
)
CHEESE_HANOI = piece(
    "cheese-hanoi",
    "Vietnam will raise its duty on imported cheese to 20% from June, the trade ministry in Hanoi said.",
    title="Vietnam raises cheese duty",
    publisher="Harbour Wire",
    published="2025-04-19T09:00",
)
CINEMA = piece(
    "cinema",
    "The Selby cinema burned down on Saturday night. Nobody was hurt in the fire, which began in the projection room.",
    title="Cinema fire in Selby",
    published="2023-10-15T09:00",
)
CHEESE_JAPANESE = piece(
    "cheese-japanese",
    "政府は17日、輸入チーズの関税を6月から5%に引き下げると発表した。農林水産省によると、対象は年間3万トンである。",
    title="チーズの関税引き下げ",
    publisher="北海新報",
    published="2025-04-18T03:00",
    language="ja",
)
NEWS = (
    FERRY_ENDS,
    FERRY_BUSES,
    RATE_RAISED,
    RATE_CUT,
    MINE_POLICE,
    MINE_UNION,
    CHEESE_TOKYO,
    CHEESE_HANOI,
    CINEMA,
    CHEESE_JAPANESE,
)
