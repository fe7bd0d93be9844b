"""Take the pictures of the manual: who signs in, which page, which part of it.

Loads the demonstration into the empty system at `DATA_DIR`, serves it with a clock that stands at
`MOMENT`, and photographs the pages declared in `PICTURES` in Chromium. Called by screenshots.sh.
"""

import io
import os
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

from audit import clock

MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=clock.PLACE)
PASSWORD = "Fengqiao-2021"  # noqa: S105 - known to everybody who tries the demonstration
WIDTH, NARROW, TALLEST = 1200, 1000, 1000
STILL: Any = {"type": "jpeg", "quality": 56, "animations": "disabled"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIMIT = 4_000_000
"""How many bytes all pictures may have together."""


@dataclass(frozen=True)
class Picture:
    """One picture: its name, who looks, at which address, and which part of the page is shown.

    `case` is a station and a kind of case; the address then begins at the newest such case, or
    at the matter under legality review that is named by its title.
    `prepare` does what must be done on the page before it is taken. Without `part` the picture
    shows the page from its top, `tallest` pixels at most.
    """

    name: str
    account: str
    address: str = ""
    case: tuple[str, str] | None = None
    matter: str = ""
    part: str = ""
    prepare: Callable[[Page], object] | None = None
    width: int = WIDTH
    tallest: int = TALLEST


def opened(selector: str) -> Callable[[Page], object]:
    """Return what opens the folded parts of a page."""
    return lambda page: page.eval_on_selector_all(
        selector, "all => all.forEach(d => d.open = true)"
    )


def pressed(label: str) -> Callable[[Page], object]:
    """Return what presses the button of that label and waits for the answer."""

    def press(page: Page) -> None:
        page.get_by_role("button", name=label).first.click()
        page.wait_for_load_state()

    return press


def followed(label: str) -> Callable[[Page], object]:
    """Return what follows the first link of that label in the page's content."""

    def follow(page: Page) -> None:
        page.get_by_role("main").get_by_role("link", name=label).first.click()
        page.wait_for_load_state()

    return follow


def listed(page: Page) -> None:
    """Ask for the list of what lies with somebody who leaves."""
    page.fill("[name=person]", "yunhong.chief")
    pressed("查看清单")(page)


def reset(page: Page) -> None:
    """Give somebody a new initial password, and keep it for the picture of his first sign-in."""
    page.goto("/people/?q=kongzhen.clerk")
    page.click("tbody a")
    page.click("text=重置口令")
    page.fill("[name=reason]", "本人忘记口令")
    pressed("重置")(page)
    passwords["kongzhen.clerk"] = page.locator("dd code").nth(1).inner_text()


def added_alongside(page: Page) -> None:
    """Ask another counsel to give his opinion as well, and go on to remove him again."""
    followed("并加签")(page)
    page.fill("[name=person]", "yanganzhen.counsel")
    page.fill("[name=reason]", "请就招标程序提出意见（示例）")
    pressed("并加签")(page)
    followed("减签")(page)


def ended(page: Page) -> None:
    """End the case, which the deputy confirms at his own desk, and ask to take it up again."""
    address, browser = page.url, page.context.browser
    assert browser is not None  # noqa: S101 - the window was opened by it
    followed("提请终止")(page)
    page.fill("[name=reason]", "误认为重复送审（示例）")
    pressed("提交提请")(page)
    leader = sign_in(browser, address, Picture("confirming", "deputy"))
    leader.goto(address)
    followed("确认或者不同意")(leader)
    leader.get_by_label("确认", exact=True).check()
    pressed("提交决定")(leader)
    leader.context.close()
    page.goto(address)
    followed("提请恢复办理")(page)


def unlucky_import(page: Page) -> None:
    """Fill two rows of the template wrongly and upload it."""
    workbook = load_workbook(io.BytesIO(page.request.get("/import/template/").body()))
    units, people = workbook.worksheets[:2]
    units.append(["371481120SFS", "示例司法所", "司法所", "371481199"])
    people.append(["zhao.xin", ""])
    filled = io.BytesIO()
    workbook.save(filled)
    file: Any = {"name": "directory.xlsx", "mimeType": XLSX, "buffer": filled.getvalue()}
    page.set_input_files("input[type=file]", file)
    pressed("上传并检查")(page)


APPLICATION, TITLE, ROUTE = "application", "title", "杨安镇区域客运线路调整的决策"
PICTURES = (
    Picture("sign-in", "", "/sign-in/"),
    Picture("initial-password", "system.admin", prepare=reset),
    Picture("first-password", "kongzhen.clerk"),
    Picture("workbench", "section.reviewer", "/"),
    Picture("inbox", "section.reviewer", "/inbox/", tallest=620),
    Picture("inbox-phone", "section.reviewer", "/inbox/", width=390, tallest=780),
    Picture("notices", "deputy", "/notices/"),
    Picture("plan", "director", "/accreditation/plan/", tallest=1150),
    Picture("help", "huayuan.chief", "/help/", tallest=800),
    Picture("trial", "huayuan.chief", "/trial/?start=2026-11-24&amount=5&unit=wd&kind=deadline"),
    Picture("calendar", "huayuan.chief", "/calendar/2027/", tallest=760),
    Picture("case", "section.reviewer", case=("市中", APPLICATION), tallest=1100),
    Picture("case-flow", "section.reviewer", case=("市中", APPLICATION), part=".flow-box",
            prepare=opened(".flow-box")),
    Picture("claimed", "section.reviewer", case=("市中", APPLICATION), part=".next-step",
            prepare=pressed("签收")),
    Picture("act", "section.reviewer", "acts/return_for_supplement/", ("市中", APPLICATION)),
    Picture("refused", "section.reviewer", case=("郭家", APPLICATION), part=".acts-panel",
            prepare=opened(".acts-closed-box")),
    Picture("terms", "hujia.chief", case=("胡家", APPLICATION),
            part="[aria-labelledby=terms-title]", prepare=opened(".term details")),
    Picture("supplement", "hujia.chief", "acts/submit_supplement/", ("胡家", APPLICATION)),
    Picture("opening", "dasun.chief", "/accreditation/applications/new/"),
    Picture("indicators", "huayuan.officer", "/indicators/",
            prepare=lambda page: page.click("td a"), tallest=700),
    Picture("self-sheet", "huayuan.officer", "/accreditation/applications/{uuid}/sheet/",
            ("花园", APPLICATION), tallest=760),
    Picture("materials", "huayuan.officer", "/accreditation/applications/{uuid}/materials/",
            ("花园", APPLICATION)),
    Picture("opinion", "kongzhen.leader", "acts/give_township_opinion/", ("孔镇", APPLICATION)),
    Picture("assessors", "deputy", "acts/appoint_assessors/", ("郑店", APPLICATION)),
    Picture("scoring", "assessor.b", "acts/submit_sheet/", ("铁营", APPLICATION), tallest=760),
    Picture("decision", "party.secretary", "acts/recommend/", ("丁坞", APPLICATION)),
    Picture("objection", "section.reviewer", case=("杨安镇", APPLICATION), tallest=760),
    Picture("inspection", "city.reviewer", "acts/propose_acceptance/", ("化楼", APPLICATION)),
    Picture("title", "city.leader", case=("黄夹", TITLE), tallest=760),
    Picture("paper", "section.reviewer", case=("黄夹", TITLE), tallest=1100,
            prepare=lambda page: page.get_by_role("link", name="告知书").click()),
    Picture("print", "section.reviewer", "print/", ("市中", APPLICATION), part=".approval-sheet"),
    Picture("operations", "section.reviewer", case=("市中", APPLICATION), part="#operations"),
    Picture("transfer", "section.reviewer", case=("市中", APPLICATION), tallest=660,
            prepare=followed("转办")),
    Picture("consult", "section.reviewer", case=("市中", APPLICATION), tallest=760,
            prepare=followed("委派")),
    Picture("answer", "deputy", case=("云红", APPLICATION), tallest=700,
            prepare=followed("填写意见")),
    Picture("add-before", "section.reviewer", case=("市中", APPLICATION), tallest=840,
            prepare=followed("前加签")),
    Picture("send-back", "section.reviewer", case=("市中", APPLICATION), tallest=760,
            prepare=followed("退回")),
    Picture("take-back", "dasun.clerk", matter="大孙镇办公楼空调维修合同", part=".two-columns",
            width=NARROW, prepare=followed("收回")),
    Picture("add-after", "section.reviewer", matter=ROUTE, part=".two-columns", width=NARROW,
            prepare=followed("后加签")),
    Picture("add-alongside", "counsel", matter=ROUTE, part=".two-columns", width=NARROW,
            prepare=followed("并加签")),
    Picture("remove-signer", "counsel", matter=ROUTE, part=".two-columns", width=NARROW,
            prepare=added_alongside),
    Picture("reopen", "section.reviewer", matter="大孙镇办公楼空调维修合同", part=".two-columns",
            width=NARROW, prepare=ended),
    Picture("terminate", "section.reviewer", case=("市中", APPLICATION), tallest=600,
            prepare=followed("提请终止")),
    Picture("batch", "section.reviewer", "/inbox/", part="#batch-form"),
    Picture("reposition", "section.reviewer", case=("郑店", APPLICATION), tallest=620,
            prepare=followed("重定位")),
    Picture("urge", "kongzhen.chief", case=("孔镇", APPLICATION), tallest=560,
            prepare=followed("催办")),
    Picture("urged", "party.secretary", case=("丁坞", APPLICATION),
            part="[aria-labelledby=opinions-title]"),
    Picture("circulate", "section.reviewer", case=("市中", APPLICATION), tallest=840,
            prepare=followed("传阅")),
    Picture("copies", "director", "/copies/", tallest=520),
    Picture("stand-ins", "huayuan.chief", "/stand-ins/"),
    Picture("hand-over", "deputy", "/hand-over/", prepare=listed),
    Picture("phrases", "section.reviewer", "/phrases/", tallest=620),
    Picture("suspend", "section.reviewer", case=("市中", APPLICATION), tallest=560,
            prepare=followed("挂起")),
    Picture("stay", "section.reviewer", case=("市中", APPLICATION), tallest=620,
            prepare=followed("中止")),
    Picture("signing", "party.secretary", "acts/recommend/", ("丁坞", APPLICATION),
            part="fieldset.signing"),
    Picture("signature", "section.reviewer", case=("化楼", APPLICATION),
            prepare=followed("签名有效")),
    Picture("registers", "section.reviewer", "/documents/registers/"),
    Picture("standard", "section.reviewer", "/accreditation/standards/",
            prepare=lambda page: page.click("tbody a"), tallest=760),
    Picture("units", "system.admin", "/units/", tallest=620),
    Picture("import", "system.admin", "/import/", prepare=unlucky_import),
    Picture("calendar-import", "system.admin", "/calendar/import/"),
    Picture("parameter", "system.admin", "/parameters/accreditation.formal_check/"),
    Picture("person", "security.admin", "/people/?q=huayuan.chief",
            prepare=lambda page: page.click("tbody a"), tallest=760),
    Picture("appoint", "security.admin", "/people/?q=huayuan.officer",
            prepare=lambda page: (page.click("tbody a"), page.click("text=任命岗位"))),
    Picture("exception", "security.admin", "/exceptions/grant/"),
    Picture("recusal", "security.admin", "/recusals/record/"),
    Picture("second-factor", "security.admin", "/account/second-factor/"),
    Picture("trail", "audit.admin", "/dashboards/trail/", tallest=760),
    Picture("review-contract", "yunhong.clerk", "/legality-review/contracts/new/", tallest=640),
    Picture("review-materials", "xiduan.clerk", "/legality-review/reviews/{uuid}/materials/",
            matter="西段镇村级档案数字化服务合同", tallest=560),
    Picture("review-desk", "section.reviewer", "/legality-review/reviews/{uuid}/desk/",
            matter="市中街道住宅小区物业管理办法", tallest=820),
    Picture("review-compare", "yunhong.chief",
            "/legality-review/reviews/{uuid}/compare/?only=changes",
            matter="云红街道视频监控运维合同", tallest=520),
    Picture("review-answers", "zhuji.clerk", "acts/submit_revision/",
            matter="朱集镇便民大厅物业服务合同", tallest=640),
    Picture("review-meeting", "xiduan.leader", "acts/deliberate/",
            matter="西段镇排灌泵站改造工程施工合同", tallest=640),
    Picture("seal", "audit.admin", "/dashboards/seals/",
            prepare=lambda page: page.click("tbody a"), tallest=760),
)  # fmt: skip
passwords: dict[str, str] = {}
"""Passwords that the pictures themselves gave out."""


def load() -> None:
    """Load the demonstration as of the moment, with the notices and the seal of the day."""
    call_command("migrate", verbosity=0)
    with clock.standing_at(MOMENT):
        call_command("demo", if_empty=True)
        call_command("tick")


def address_of(picture: Picture) -> str:
    """Return the address, with the newest case of the named station where one is named."""
    found: Any
    if picture.matter:
        found = apps.get_model("legality_review", "review").objects.get(title=picture.matter)
    elif picture.case is None:
        return picture.address
    else:
        station, kind = picture.case
        model: Any = apps.get_model("accreditation", kind)
        found = model.objects.filter(unit__name=f"{station}司法所").latest("opened_on", "pk")
    if "{uuid}" in picture.address:
        return picture.address.format(uuid=found.uuid)
    return f"{found.get_absolute_url()}{picture.address}"


def serve() -> str:
    """Serve the site from threads of this process, at the moment; return its address."""
    application = get_wsgi_application()

    def standing(environ: Any, start_response: Any) -> Iterable[bytes]:
        with clock.standing_at(MOMENT):
            return application(environ, start_response)

    server = create_server(standing, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{server.effective_port}"


def sign_in(browser: Browser, site: str, picture: Picture) -> Page:
    """Open a window of the picture's width and sign in who looks, if anybody does."""
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", base_url=site,
        viewport={"width": picture.width, "height": 700}, reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    if picture.account:
        page.goto("/")
        page.fill("input[name=username]", picture.account)
        page.fill("input[name=password]", passwords.get(picture.account, PASSWORD))
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state()
        if "/sign-in/" in page.url:
            raise SystemExit(f"{picture.name}: {picture.account} cannot sign in")
    return page


def take(page: Page, picture: Picture, address: str, file: Path) -> None:
    """Go to the page, prepare it, and photograph the part."""
    if address:
        answer = page.goto(address)
        if answer is None or not answer.ok:
            raise SystemExit(f"{picture.name}: {address} answers {answer and answer.status}")
    if picture.prepare:
        picture.prepare(page)
    page.wait_for_load_state("networkidle")
    if picture.part:
        page.locator(picture.part).first.screenshot(path=file, **STILL)
        return
    height = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": picture.width, "height": min(height, picture.tallest)}
    page.screenshot(path=file, full_page=True, clip=clip, **STILL)


def main(folder: Path, wanted: list[str]) -> None:
    """Take all pictures, or the wanted ones."""
    django.setup()
    load()
    addresses = {picture.name: address_of(picture) for picture in PICTURES}
    folder.mkdir(parents=True, exist_ok=True)
    site = serve()
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        for picture in PICTURES:
            if wanted and picture.name not in wanted:
                continue
            page, file = sign_in(browser, site, picture), folder / f"{picture.name}.jpg"
            take(page, picture, addresses[picture.name], file)
            page.context.close()
            sys.stdout.write(f"{file}  {file.stat().st_size} 字节\n")
        browser.close()
    total = sum(file.stat().st_size for file in folder.iterdir())
    sys.stdout.write(f"共 {total} 字节\n")
    if total > LIMIT:
        raise SystemExit(f"超过 {LIMIT} 字节。")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main(Path(sys.argv[1]), sys.argv[2:])
