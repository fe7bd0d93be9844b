"""Put the pages of accreditation and of its indicators into the menu."""

from accreditation.permissions import ApplicationVerb, StandardVerb, TitleVerb
from indicators.permissions import Verb as IndicatorVerb
from workflows.context import MENU, MenuEntry

MENU.add(
    "枫桥式司法所创建",
    MenuEntry("三年计划", "accreditation:plan", verb=StandardVerb.VIEW_PLAN),
    MenuEntry("创建申报", "accreditation:applications", verb=ApplicationVerb.VIEW),
    MenuEntry("称号名册", "accreditation:titles", verb=TitleVerb.VIEW),
    MenuEntry("指标", "indicators:stations", verb=IndicatorVerb.VIEW),
    MenuEntry("创建标准", "accreditation:standards", verb=StandardVerb.VIEW),
)
