/* The one script of the platform. No inline script or style exists: everything starts from data attributes.
 *
 *   form[data-draft-url]      keeps a draft at that address while somebody types
 *   input[data-no-draft]      is never kept in a draft (passwords)
 *   form[data-confirm]        asks before it is sent (also on a submit button)
 *   textarea[maxlength]       counts characters
 *   input[type=file][data-limit]   refuses a file too large before it is sent
 *   [data-chart="id"]         draws the ECharts option in the JSON script of that id
 *   [data-print]              prints the page
 *   button[data-insert="id"]  adds its words to the field of that id (常用语)
 *   [data-width="0…100"]      sets a width in percent (style attributes are forbidden by CSP)
 */
(function () {
  "use strict";

  const DRAFT_PAUSE = 1500;
  /* What came of saving a draft where the form is not sent: it stays in the page as typed. */
  const KEPT_HERE = new Set(["signed-out", "offline", "unavailable"]);
  const dirty = new WeakSet();
  const sending = new WeakSet();

  function csrfToken() {
    return document.querySelector('meta[name="csrf-token"]').content;
  }

  /* A sign-in in another tab renews the token: fetch this page anew and copy it, so nothing typed is lost. */
  async function renewToken() {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const meta = page.querySelector('meta[name="csrf-token"]');
    if (!answer.ok || !meta) return false;
    document.querySelector('meta[name="csrf-token"]').content = meta.content;
    for (const field of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) field.value = meta.content;
    return true;
  }

  /* ---- What is missing is said in Chinese beside the field ---- */

  function complaint(control) {
    const state = control.validity;
    if (state.valueMissing) {
      if (control.type === "file") return "请选择文件。";
      return control.tagName === "SELECT" || /^(radio|checkbox)$/.test(control.type) ? "请选择。" : "请填写此项。";
    }
    if (state.badInput) return control.type === "number" ? "请填写数字。" : "日期填写不完整或不存在。";
    if (state.rangeUnderflow) return "不能小于 " + control.min + "。";
    if (state.rangeOverflow) return "不能大于 " + control.max + "。";
    if (state.stepMismatch) return "数值的小数位数不符合要求。";
    if (state.tooShort) return "至少填写 " + control.minLength + " 个字。";
    if (state.tooLong) return "最多填写 " + control.maxLength + " 个字。";
    if (state.typeMismatch || state.patternMismatch) return control.title || "格式不正确，请核对。";
    return control.validationMessage;
  }

  function clearComplaint(control) {
    const field = control.closest(".field");
    if (!field) return;
    field.classList.remove("field-wrong");
    for (const list of field.querySelectorAll(".error-list")) list.remove();
    for (const part of field.querySelectorAll("[aria-invalid]")) part.removeAttribute("aria-invalid");
  }

  function complain(control) {
    const field = control.closest(".field");
    clearComplaint(control);
    control.setAttribute("aria-invalid", "true");
    if (!field) return;
    const list = document.createElement("ul");
    const line = document.createElement("li");
    list.className = "error-list";
    list.id = (control.id || control.name) + "_error";
    line.textContent = complaint(control);
    list.append(line);
    field.classList.add("field-wrong");
    field.append(list);
    const told = (control.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
    if (!told.includes(list.id)) control.setAttribute("aria-describedby", told.concat(list.id).join(" "));
  }

  function isComplete(form) {
    const seen = new Set();
    let first = null;
    for (const control of form.elements) {
      if (!control.willValidate || control.validity.valid || seen.has(control.name)) continue;
      seen.add(control.name);
      complain(control);
      first = first || control;
    }
    if (first) first.focus();
    return !first;
  }

  /* ---- Asking before an act ---- */

  function confirmed(text, title, label) {
    const dialog = document.getElementById("confirm-dialog");
    dialog.querySelector(".confirm-title").textContent = title || "请确认";
    dialog.querySelector("#confirm-dialog-text").textContent = text;
    dialog.querySelector('[value="confirm"]').textContent = label || "确定";
    dialog.returnValue = "cancel";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "confirm"), { once: true });
    });
  }

  /* ---- Drafts ---- */

  function say(form, text, failed) {
    const line = form.querySelector("[data-draft-status]");
    if (!line) return;
    line.textContent = text;
    line.classList.toggle("draft-status-failed", Boolean(failed));
  }

  function draftOf(form) {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const control = form.elements.namedItem(name);
      const secret = control && control.dataset && "noDraft" in control.dataset;
      if (typeof value === "string" && name !== "csrfmiddlewaretoken" && !secret) body.append(name, value);
    }
    return body;
  }

  function post(url, body) {
    return fetch(url, {
      method: "POST", body: body, credentials: "same-origin", redirect: "manual", keepalive: true,
      headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "XMLHttpRequest" },
    });
  }

  /* Answers "saved", "signed-out", "offline", "unavailable" or "refused". */
  async function saveDraft(form) {
    try {
      const stamp = Date.now();
      form.dataset.draftStamp = stamp;
      let answer = await post(form.dataset.draftUrl, draftOf(form));
      if (answer.status === 403 && (await renewToken())) answer = await post(form.dataset.draftUrl, draftOf(form));
      if (answer.type === "opaqueredirect" || answer.status === 401) return "signed-out";
      if (answer.status === 503) return "unavailable";
      if (!answer.ok) return "refused";
      if (form.dataset.draftStamp === String(stamp)) dirty.delete(form);
      form.dataset.savedAt = (await answer.json()).saved_at || "";
      return "saved";
    } catch (problem) {
      return "offline";
    }
  }

  function report(form, outcome) {
    if (outcome === "saved") say(form, "草稿已保存 " + form.dataset.savedAt);
    if (outcome === "refused") say(form, "草稿未能保存，请尽快提交。", true);
    if (outcome === "offline") say(form, "网络不通，内容还在本页，请勿关闭。", true);
    if (outcome === "unavailable") say(form, "数据库暂时无法连接，内容还在本页，请勿关闭，稍后再提交。", true);
    if (outcome === "signed-out") {
      say(form, "登录已过期，已填内容还在本页。请先在新窗口登录，再回到本页提交：", true);
      const way = document.createElement("a");
      way.href = "/";
      way.target = "_blank";
      way.rel = "noopener";
      way.textContent = "打开登录窗口";
      form.querySelector("[data-draft-status]")?.append(way);
    }
  }

  async function keepDraft(form) {
    if (sending.has(form) || !dirty.has(form)) return;
    say(form, "正在保存草稿…");
    report(form, await saveDraft(form));
  }

  function watchDraft(form) {
    let timer = null;
    form.addEventListener("input", () => {
      dirty.add(form);
      clearTimeout(timer);
      timer = setTimeout(() => keepDraft(form), DRAFT_PAUSE);
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") keepDraft(form);
    });
    const discard = document.querySelector("[data-draft-discard]");
    if (discard) discard.addEventListener("click", () => discardDraft(form));
  }

  async function discardDraft(form) {
    if (!(await confirmed("草稿将被清除，表单恢复为空白。", "清除草稿", "清除"))) return;
    const answer = await post(form.dataset.draftUrl, new URLSearchParams({ discard: "1" }));
    if (answer.ok) {
      dirty.delete(form);
      location.reload();
    }
  }

  /* ---- Sending: complete, confirmed, once ---- */

  function sendOnce(form, button) {
    sending.add(form);
    dirty.delete(form);
    if (button && button.name) {
      const chosen = document.createElement("input");
      chosen.type = "hidden";
      chosen.name = button.name;
      chosen.value = button.value;
      chosen.dataset.chosen = "";
      form.append(chosen);
    }
    for (const each of form.querySelectorAll('button[type="submit"]')) each.disabled = true;
    if (button && form.method === "post") {
      button.dataset.label = button.textContent;
      button.textContent = "正在提交…";
    }
    form.submit();
  }

  function readyAgain() {
    for (const chosen of document.querySelectorAll("input[data-chosen]")) chosen.remove();
    for (const button of document.querySelectorAll("button[data-label]")) {
      button.textContent = button.dataset.label;
      button.removeAttribute("data-label");
      for (const each of button.form.querySelectorAll('button[type="submit"]')) each.disabled = false;
      sending.delete(button.form);
    }
  }

  async function onSubmit(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    event.preventDefault();
    if (sending.has(form)) return;
    const button = event.submitter;
    const skips = button && button.formNoValidate;
    if (!skips && !isComplete(form)) return;
    const asked = button && button.dataset.confirm ? button : form;
    const text = asked.dataset.confirm;
    if (text && !(await confirmed(text, asked.dataset.confirmTitle, asked.dataset.confirmLabel))) return;
    if (form.dataset.draftUrl) {
      const outcome = await saveDraft(form);
      if (KEPT_HERE.has(outcome)) return report(form, outcome);
    }
    sendOnce(form, button);
  }

  /* ---- Small things ---- */

  function count(area) {
    const line = document.createElement("p");
    const show = () => { line.textContent = "已填 " + area.value.length + " 字，最多 " + area.maxLength + " 字"; };
    line.className = "form-text counter";
    area.after(line);
    area.addEventListener("input", show);
    show();
  }

  function sized(file) {
    return file.name + "（" + Math.max(1, Math.round(file.size / 1024)) + " KB）";
  }

  function checkFile(input) {
    const files = Array.from(input.files);
    const limit = Number(input.dataset.limit || Infinity);
    const large = files.find((file) => file.size > limit);
    const empty = files.find((file) => !file.size);
    input.setCustomValidity(
      large ? "“" + large.name + "”超过 " + Math.floor(limit / 1048576) + " MB，请压缩或拆分后再选。"
        : empty ? "“" + empty.name + "”是空文件，请重新选择。" : ""
    );
    clearComplaint(input);
    if (!input.validity.valid) complain(input);
    const line = input.closest("[data-upload]").querySelector("[data-upload-chosen]");
    line.textContent = files.length ? "已选：" + files.map(sized).join("、") : "";
  }

  function drawChart(place) {
    const option = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const chart = window.echarts.init(place, null, { renderer: "canvas" });
    chart.setOption(Object.assign({
      color: ["#1554b0", "#c98a00", "#17774a", "#c8102e", "#6b4fa0", "#4a5563"],
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14 },
      animation: false,
      aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    }, option, { tooltip: Object.assign({ renderMode: "richText" }, option.tooltip) }));
    new ResizeObserver(() => chart.resize()).observe(place);
  }

  function prepare(root) {
    for (const form of root.querySelectorAll("form")) form.noValidate = true;
    for (const form of root.querySelectorAll("form[data-draft-url]")) watchDraft(form);
    for (const area of root.querySelectorAll("textarea[maxlength]")) count(area);
    for (const bar of root.querySelectorAll("[data-width]")) bar.style.width = bar.dataset.width + "%";
    if (window.echarts) for (const place of root.querySelectorAll("[data-chart]")) drawChart(place);
  }

  function insertPhrase(words, field) {
    if (!field) return;
    field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  /* An opened flow chart shows the step in hand. */
  function onToggle(event) {
    const step = event.target.open && event.target.querySelector(".flow-current");
    const chart = step && step.closest(".flow-chart");
    if (!chart) return;
    const place = step.getBoundingClientRect();
    const frame = chart.getBoundingClientRect();
    chart.scrollLeft += place.left + place.width / 2 - frame.left - frame.width / 2;
    chart.scrollTop += place.top + place.height / 2 - frame.top - frame.height / 2;
  }

  document.addEventListener("submit", onSubmit);
  document.addEventListener("toggle", onToggle, true);
  /* A complaint goes while somebody types: were it to go on leaving the field, the button pressed next would move away. */
  document.addEventListener("input", (event) => {
    if (event.target.type !== "file" && event.target.willValidate && event.target.validity.valid) clearComplaint(event.target);
  });
  document.addEventListener("change", (event) => {
    if (event.target.type === "file" && event.target.closest("[data-upload]")) checkFile(event.target);
    else if (event.target.willValidate && event.target.validity.valid) clearComplaint(event.target);
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const phrase = event.target.closest("[data-insert]");
    if (phrase) insertPhrase(phrase.textContent, document.getElementById(phrase.dataset.insert));
    const link = event.target.closest("[data-error-summary] a");
    const target = link && document.getElementById(link.hash.slice(1));
    if (target) {
      event.preventDefault();
      (target.matches("input, select, textarea") ? target : target.querySelector("input")).focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest && event.target.closest("form[data-draft-url]");
    if (!event.ctrlKey || event.altKey) return;
    if (form && event.key === "s") {
      event.preventDefault();
      dirty.add(form);
      keepDraft(form);
    }
    if (form && event.key === "Enter") form.requestSubmit(form.querySelector('button[type="submit"]'));
    const search = document.querySelector('input[type="search"]');
    if (search && event.key === "k") {
      event.preventDefault();
      search.focus();
    }
  });
  /* A part that cannot be fetched: show the whole page, which says why. */
  document.addEventListener("htmx:responseError", (event) => { location.assign(event.detail.pathInfo.finalRequestPath); });
  document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = csrfToken(); });
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) prepare(event.target); });
  window.addEventListener("beforeunload", (event) => {
    for (const form of document.forms) if (dirty.has(form) && !sending.has(form)) event.preventDefault();
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) readyAgain(); });
  document.addEventListener("DOMContentLoaded", () => {
    prepare(document);
    const summary = document.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  });
})();
