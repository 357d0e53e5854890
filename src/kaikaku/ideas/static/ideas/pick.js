// Choosing all ideas of the page at once, and saying how many are chosen; without script each is ticked by hand.
"use strict";

document.querySelectorAll("[data-pick]").forEach((form) => {
  const boxes = [...form.querySelectorAll("input[name=idea]")];
  const whole = form.querySelector("[data-pick-all]");
  const all = whole.querySelector("input");
  const said = form.querySelector("[data-picked]");
  const tell = () => {
    const count = boxes.filter((box) => box.checked).length;
    said.textContent = count ? `選んだ${count}件を` : "選んだ提案を";
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  };
  whole.hidden = false;
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    tell();
  });
  form.addEventListener("change", tell);
  tell();
});
