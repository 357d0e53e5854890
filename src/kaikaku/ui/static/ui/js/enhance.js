// Comfort on top of pages that work without it: nothing here is needed to get a task done. No inline code (CSP).
"use strict";

const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);

// After a refused form the summary of errors takes the focus, so that it is read out and seen.
each("[data-focus]", (element) => element.focus());

// Menus close on Escape and on a click elsewhere.
const openMenus = () => document.querySelectorAll("details.drop[open], details.menu[open]");
document.addEventListener("click", (event) => {
  openMenus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  openMenus().forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// A table that fits needs no stop for the keyboard; one that scrolls does.
const watchRegion = (region) => {
  const table = region.firstElementChild;
  const overflowing = table.scrollWidth > region.clientWidth + 1;
  if (overflowing) region.tabIndex = 0; else region.removeAttribute("tabindex");
};
if ("ResizeObserver" in window) {
  const sizes = new ResizeObserver((entries) => entries.forEach((entry) => watchRegion(entry.target)));
  each(".table-region", (region) => sizes.observe(region));
}

// Print buttons are hidden in pages without script.
each("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// Filters and sorts that send themselves when a choice changes.
each("form[data-autosubmit] select", (select) => select.addEventListener("change", () => select.form.requestSubmit()));

// File drop: dropping onto the box is choosing the file.
each("[data-filedrop]", (box) => {
  const input = box.querySelector("input[type=file]");
  const name = box.querySelector("[data-filedrop-name]");
  const show = () => {
    const files = [...input.files];
    name.textContent = files.length ? ` 選んだファイル：${files.map((file) => file.name).join("、")}` : "";
  };
  input.addEventListener("change", show);
  ["dragenter", "dragover"].forEach((type) => box.addEventListener(type, (event) => {
    event.preventDefault();
    box.classList.add("over");
  }));
  ["dragleave", "drop"].forEach((type) => box.addEventListener(type, () => box.classList.remove("over")));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    show();
  });
});

// What a typed number or year is understood as, asked of the server so that there is one rule.
each("[data-understand]", (input) => {
  const line = input.closest(".field").querySelector("[data-understood]");
  if (!line) return;
  let asked = 0;
  input.addEventListener("change", async () => {
    const turn = ++asked;
    if (!input.value.trim()) { line.hidden = true; return; }
    const query = new URLSearchParams({ kind: input.dataset.understand, unit: input.dataset.unit || "", text: input.value });
    try {
      const answer = await fetch(`${document.body.dataset.understandUrl}?${query}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || turn !== asked) return;
      const { shown, error } = await answer.json();
      line.textContent = shown || error;
      line.toggleAttribute("data-unreadable", !shown);
      line.hidden = false;
    } catch { line.hidden = true; }
  });
});
