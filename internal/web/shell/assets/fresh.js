// Parts of a page that are asked for anew at the address they name: what was
// still being worked out when the page was made, and, after something was saved
// in place (the event "saved"), all of them. Without an answer what is there
// stays.
const refresh = async (part) => {
	try {
		const answer = await fetch(part.dataset.fresh, { cache: "no-store" });
		if (answer.redirected) location.reload(); // the journal has locked itself
		if (!answer.ok || answer.redirected) return;
		const html = await answer.text(); // our own page, escaped there
		if (part.hasAttribute("aria-live")) part.innerHTML = html;
		else part.outerHTML = html;
	} catch {
		// The app was stopped.
	}
};
for (const waiting of document.querySelectorAll("[data-waiting]")) refresh(waiting.closest("[data-fresh]"));
addEventListener("saved", () => { for (const part of document.querySelectorAll("[data-fresh]")) refresh(part); });
