// Search over the index that search-index.js brought; nothing leaves the machine.
"use strict";

(() => {
  const form = document.querySelector(".search-form");
  const field = document.getElementById("q");
  const found = document.getElementById("found");
  const list = document.getElementById("results");
  const LIMIT = 100;

  // full-width letters, half-width kana and katakana/hiragana are one to a reader
  const fold = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\u30a1-\u30f6]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));

  const entries = (window.KAIKAKU_INDEX || []).map(([kind, title, href, place]) => ({
    kind, title, href, place, folded: fold(`${title} ${place}`), name: fold(title),
  }));

  const show = (entry) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = entry.href;
    link.textContent = entry.title;
    const place = document.createElement("span");
    place.className = "fine quiet";
    place.textContent = `${entry.kind}　${entry.place}`;
    item.append(link, place);
    return item;
  };

  const search = () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (words.length === 0) {
      found.textContent = "";
      return;
    }
    const hits = entries.filter((entry) => words.every((word) => entry.folded.includes(word)));
    // what has the words in its own name comes first, and a title or indicator before a line of text
    const rank = (entry) => (words.every((word) => entry.name.includes(word)) ? 0 : 2) + (entry.kind === "内容" ? 1 : 0);
    hits.sort((a, b) => rank(a) - rank(b));
    found.textContent =
      hits.length === 0
        ? `「${field.value}」は見つかりませんでした。短い言葉や、別の言い方でさがしてください。`
        : `${hits.length}件見つかりました。${hits.length > LIMIT ? `はじめの${LIMIT}件を示します。` : ""}`;
    list.append(...hits.slice(0, LIMIT).map(show));
  };

  form.hidden = false;
  field.value = new URLSearchParams(window.location.search).get("q") || "";
  search();
  field.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
    const address = `?q=${encodeURIComponent(field.value)}`;
    try {
      window.history.replaceState(null, "", address);
    } catch {
      // a page opened from disk may not rewrite its address; the search works all the same
    }
  });
})();
