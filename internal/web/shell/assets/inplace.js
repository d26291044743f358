// Saves a form where it stands, where it says data-inplace: no page is loaded
// and what was touched stays where it is. The answer is said at the thumb. Any
// other answer, such as a locked journal or words that need a page of their own,
// sends the form the plain way; its number makes both count once.
import { refresh } from "asset:fresh.js";

const toasts = document.getElementById("toasts");
let timer = 0;

const hide = () => toasts?.replaceChildren();

// Nobody has to hurry: it stays while it is read, pointed at or holds the focus.
const hideLater = () => {
	clearTimeout(timer);
	timer = setTimeout(() => { if (toasts.matches(":hover, :focus-within")) hideLater(); else hide(); }, 20000);
};

const plainly = (form) => {
	delete form.dataset.sent;
	form.submit();
};

// A finger that trembles taps twice; a second dose is not taken within a second.
const settled = (form) => setTimeout(() => { delete form.dataset.sent; form.classList.remove("saved"); }, 900);

const clear = (form) => {
	for (const one of form.querySelectorAll("input:checked")) one.checked = false;
	for (const one of form.querySelectorAll("input[type=text], textarea")) one.value = "";
};

addEventListener("submit", async (e) => {
	const form = e.target;
	if (!toasts || !form.hasAttribute("data-inplace")) return;
	e.preventDefault();
	if (form.dataset.sent) return;
	form.dataset.sent = "1";
	try {
		const answer = await fetch(form.action, { method: "POST", cache: "no-store", headers: { "Evenkeel-In-Place": "1" },
			body: new URLSearchParams(new FormData(form)) });
		if (answer.status !== 200 || answer.redirected) return plainly(form);
		toasts.innerHTML = await answer.text(); // our own page, escaped there
	} catch {
		const words = document.createElement("p");
		words.textContent = toasts.dataset.failed;
		const box = document.createElement("div");
		box.className = "toast";
		box.append(words);
		toasts.replaceChildren(box);
		delete form.dataset.sent;
		return hideLater();
	}
	const next = toasts.firstElementChild?.dataset.once;
	if (next && form.isConnected) form.elements.namedItem("once").value = next;
	form.classList.add("saved");
	clear(form);
	settled(form);
	hideLater();
	refresh(form.isConnected ? e.submitter : null);
});

// It never stands in the way of the next thing that somebody does.
addEventListener("pointerdown", (e) => {
	const next = e.target.closest?.("a, button, input, summary, label, select, textarea");
	if (next && !toasts?.contains(next) && !next.form?.dataset.sent) hide();
});
toasts?.addEventListener("click", (e) => { if (e.target.closest(".close")) hide(); });
addEventListener("keydown", (e) => { if (e.key === "Escape" && toasts?.firstElementChild) hide(); });
