// A draft is never lost: what is typed is kept in this tab until the server has saved it. Nothing leaves the machine,
// and closing the tab forgets it, as shared machines demand.
"use strict";

const PREFIX = "kaikaku-draft:";
const LEAVE_OUT = new Set(["csrfmiddlewaretoken", "_once", "password"]);

const readCookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.split("=")[1];

const forgetSaved = () => {
  const token = readCookie("kaikaku_saved");
  if (!token) return;
  document.cookie = "kaikaku_saved=; max-age=0; path=/";
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith(PREFIX) && JSON.parse(sessionStorage[key]).token === token)
    .forEach((key) => sessionStorage.removeItem(key));
};

const entriesOf = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !LEAVE_OUT.has(name));

const putBack = (form, entries) => {
  const values = new Map();
  entries.forEach(([name, value]) => values.set(name, [...(values.get(name) || []), value]));
  [...form.elements].forEach((field) => {
    if (!field.name || LEAVE_OUT.has(field.name) || ["hidden", "file", "password", "submit"].includes(field.type)) return;
    const kept = values.get(field.name) || [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = kept.includes(field.value);
    else if (field.multiple) [...field.options].forEach((option) => { option.selected = kept.includes(option.value); });
    else if (kept.length) field.value = kept.shift();
  });
};

const offer = (form, key, entries) => {
  const note = document.createElement("div");
  note.className = "draft-offer";
  note.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = "前に入力した内容が、まだ保存されずに残っています。";
  const [back, away] = ["入力した内容を戻す", "捨てる"].map((label) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    return button;
  });
  away.className = "plain";
  back.addEventListener("click", () => { putBack(form, entries); note.remove(); });
  away.addEventListener("click", () => { sessionStorage.removeItem(key); note.remove(); });
  note.append(words, back, away);
  form.before(note);
};

forgetSaved();
document.querySelectorAll("form[data-form]").forEach((form, number) => {
  const key = `${PREFIX}${location.pathname}#${form.id || number}`;
  const before = JSON.stringify(entriesOf(form));
  const token = form.querySelector("input[name=_once]")?.value;
  if (!token) return;
  let sent = false;
  const kept = sessionStorage.getItem(key);
  if (kept && !form.querySelector("#form-errors")) {
    const { entries } = JSON.parse(kept);
    if (JSON.stringify(entries) !== before) offer(form, key, entries);
  }
  const keep = () => sessionStorage.setItem(key, JSON.stringify({ token, entries: entriesOf(form) }));
  form.addEventListener("input", keep);
  // kept once more under the token that is sent, which is the one the server will say it has saved
  form.addEventListener("submit", () => { sent = true; keep(); });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && JSON.stringify(entriesOf(form)) !== before) event.preventDefault();
  });
});
