// Parts of a page that are asked for anew at the address they name: what was
// still being worked out when the page was made, and all of them after something
// was saved in place. Without an answer what is there stays.
const ask = async (part, still) => {
	try {
		const answer = await fetch(part.dataset.fresh, { cache: "no-store" });
		if (answer.redirected) location.reload(); // the journal has locked itself
		if (!answer.ok || answer.redirected || typedInto(part)) return;
		const html = await answer.text(); // our own page, escaped there
		const at = still?.getBoundingClientRect().top;
		if (part.hasAttribute("aria-live")) part.innerHTML = html;
		else put(part, html, still);
		if (still) scrollBy({ top: still.getBoundingClientRect().top - at, behavior: "instant" });
	} catch {
		// The app was stopped.
	}
};

// What somebody typed there, and has not sent yet, is not taken away.
const typedInto = (part) => [...part.querySelectorAll("input, textarea")].some((field) => field.value !== field.defaultValue);

// What stands above the thing that was touched must not draw it up either: it
// keeps the height that it had.
const put = (part, html, still) => {
	const { id } = part, { height, bottom } = part.getBoundingClientRect();
	const above = still && bottom <= still.getBoundingClientRect().top;
	part.outerHTML = html;
	if (above) document.getElementById(id)?.style.setProperty("min-height", height + "px");
};

// Asks for all parts; "still" is what must not move meanwhile.
export const refresh = (still) => { for (const part of document.querySelectorAll("[data-fresh]")) ask(part, still); };

for (const waiting of document.querySelectorAll("[data-waiting]")) ask(waiting.closest("[data-fresh]"));
