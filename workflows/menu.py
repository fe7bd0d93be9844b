"""Put the pages of this app, and of the apps below that know no menu, into the menu."""

from documents.permissions import Verb as RegisterVerb
from permissions.permissions import Verb as OfficeVerb
from workflows.context import MENU, MenuEntry
from workflows.permissions import CaseVerb

MENU.add(
    "办理",
    MenuEntry("工作台", "workflows:workbench"),
    MenuEntry("待办事项", "workflows:inbox", count="todo"),
    MenuEntry("阅件", "workflows:copies"),
    MenuEntry("通知", "workflows:notices"),
    MenuEntry("请假代理", "workflows:stand_ins"),
    MenuEntry("岗位变动移交", "workflows:hand_over", verb=CaseVerb.HAND_OVER),
    MenuEntry("常用语", "workflows:phrases"),
)
MENU.add(
    "查询",
    MenuEntry("流程图", "workflows:flows"),
    MenuEntry("期限试算", "workflows:trial"),
    MenuEntry("工作日历", "workflows:calendar"),
    MenuEntry("本局参数", "workflows:parameters"),
    MenuEntry("文号登记簿", "documents:registers", verb=RegisterVerb.VIEW_REGISTER),
    MenuEntry("帮助", "workflows:guidance"),
    behind=True,
)
MENU.add(
    "本人",
    MenuEntry("修改口令", "permissions:change_password"),
    MenuEntry("我的登录", "permissions:own_sessions"),
    MenuEntry("动态口令", "permissions:own_second_factor"),
    behind=True,
)
MENU.add(
    "管理",
    MenuEntry("机构", "permissions:units", verb=OfficeVerb.VIEW_DIRECTORY),
    MenuEntry("人员与岗位", "permissions:people", verb=OfficeVerb.VIEW_DIRECTORY),
    MenuEntry("导入机构人员", "permissions:import", verb=OfficeVerb.IMPORT_PEOPLE),
    MenuEntry("批量任命", "permissions:post_import", verb=OfficeVerb.MANAGE_POST),
    MenuEntry("岗位权限表", "permissions:roles", verb=OfficeVerb.VIEW_ROLES),
    MenuEntry("例外权限", "permissions:exceptions", verb=OfficeVerb.MANAGE_EXCEPTION),
    MenuEntry("回避", "permissions:recusals", verb=OfficeVerb.MANAGE_RECUSAL),
    behind=True,
)
