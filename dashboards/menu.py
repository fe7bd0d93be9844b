"""Put the auditors' pages into the menu."""

from permissions.permissions import Verb
from workflows.context import MENU, MenuEntry

MENU.add(
    "监督",
    MenuEntry("留痕查询", "dashboards:trail", verb=Verb.VIEW_TRACE),
    MenuEntry("每日封存", "dashboards:seals", verb=Verb.VIEW_TRACE),
)
