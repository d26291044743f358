// A list gets shorter while somebody types: what holds none of the words is
// hidden, and what is left stands open. Nothing is sent.
const plain = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

for (const field of document.querySelectorAll("[data-narrows]")) {
	const list = document.getElementById(field.dataset.narrows);
	const items = [...list.querySelectorAll("li")].map((item) => ({ item, text: plain(item.textContent) }));
	field.addEventListener("input", () => {
		const words = plain(field.value).split(/\s+/).filter(Boolean);
		for (const { item, text } of items) item.hidden = !words.every((word) => text.includes(word));
		for (const fold of list.querySelectorAll("details")) {
			const any = fold.querySelector("li:not([hidden])") !== null;
			fold.hidden = !any;
			fold.open = any && words.length > 0;
		}
	});
}
