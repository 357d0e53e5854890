// While an idea is typed: its draft is kept on the server, and what is like it is shown. All of it works without script
// too, by the buttons of the page.
"use strict";

const place = document.querySelector("[data-autosave]");
if (place) {
  const form = place.closest("form");
  const said = form.querySelector("[data-autosave-said]");
  const shown = document.querySelector("[data-similar-shown]");
  const token = () => form.querySelector("input[name=csrfmiddlewaretoken]").value;
  let draft = place.dataset.draft || "";
  let before = "";
  let busy = false;
  let timer = 0;
  let leaving = false;

  const typed = () => {
    const data = new FormData(form);
    data.delete("_once");
    if (draft) data.set("draft", draft);
    return data;
  };
  const text = (data) => ["title", "problem", "proposal", "effect"].map((name) => data.get(name) || "").join("\n").trim();
  const send = (address, data) => fetch(address, { method: "POST", body: data, headers: { "X-CSRFToken": token() } });

  const keep = async (data) => {
    const answer = await send(place.dataset.autosave, data);
    const told = await answer.json();
    if (answer.ok) {
      draft = String(told.draft);
      // from now on the press of a button goes on with this draft instead of beginning another
      form.action = told.url;
    }
    said.textContent = told.said || told.error;
  };
  const compare = async (data) => {
    const answer = await send(place.dataset.similar, data);
    if (answer.ok) shown.innerHTML = await answer.text();
  };

  const turn = async () => {
    const data = typed();
    const now = JSON.stringify([...data].filter(([name]) => name !== "draft"));
    if (busy || leaving || now === before || text(data).length < 8) return;
    busy = true;
    try {
      await keep(data);
      before = now;
      await compare(typed());
    } catch {
      said.textContent = "自動で保存できませんでした。「下書きを保存する」を押してください。";
    } finally {
      busy = false;
    }
  };

  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(turn, 1200);
  });
  form.addEventListener("submit", () => {
    leaving = true;
    window.clearTimeout(timer);
  });
}
