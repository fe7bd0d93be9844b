"""Put the register of laws into the menu."""

from laws.permissions import Verb
from workflows.context import MENU, MenuEntry

MENU.add("查询", MenuEntry("法规库", "laws:laws", verb=Verb.VIEW), behind=True)
