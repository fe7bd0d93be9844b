"""Put the pages of legality review into the menu."""

from legality_review.permissions import CleanupVerb, DocumentVerb, ReviewVerb, TemplateVerb
from workflows.context import MENU, MenuEntry

MENU.add(
    "合法性审查",
    MenuEntry("审查事项", "legality_review:reviews", verb=ReviewVerb.VIEW),
    MenuEntry("全文检索", "legality_review:search", verb=ReviewVerb.VIEW),
    MenuEntry("规范性文件名册", "legality_review:documents", verb=DocumentVerb.VIEW),
    MenuEntry("规范性文件清理", "legality_review:cleanups", verb=CleanupVerb.VIEW),
    MenuEntry("合同示范文本", "legality_review:templates", verb=TemplateVerb.VIEW),
    MenuEntry("审查人员名册", "legality_review:qualifications", verb=TemplateVerb.MAINTAIN),
)
