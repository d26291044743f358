// Redraws the what-if while its slider moves. One request is on its way at a
// time; when it is back, the newest position is asked for, and answers are
// drawn with the next frame. Without an answer the form's button still works.
const form = document.querySelector("form[data-ahead]");
if (form) {
	const slider = form.elements.namedItem("share");
	const words = document.getElementById("share-words");
	const said = document.getElementById("ahead-said");
	const out = document.getElementById("ahead");
	const named = { 0: form.dataset.none, 50: form.dataset.half, 100: form.dataset.same };
	let shown = slider.value;
	let busy = false;
	let timer = 0;

	const say = () => {
		const text = named[slider.value] ?? form.dataset.part.replace("#", slider.value);
		words.value = text;
		slider.setAttribute("aria-valuetext", text);
	};
	const draw = (html) => requestAnimationFrame(() => {
		const open = out.querySelector("details")?.open;
		out.innerHTML = html; // our own page, escaped there
		const details = out.querySelector("details");
		if (details && open) details.open = true;
	});
	const ask = async () => {
		if (busy || slider.value === shown) return;
		busy = true;
		try {
			while (slider.value !== shown) {
				const share = slider.value;
				const answer = await fetch(form.dataset.ahead + share, { cache: "no-store" });
				if (answer.redirected) location.reload(); // the journal has locked itself
				if (!answer.ok || answer.redirected) return;
				draw(await answer.text());
				shown = share;
			}
			history.replaceState(null, "", "?share=" + shown);
			// Read out once the slider rests, not on every step of the way.
			clearTimeout(timer);
			timer = setTimeout(() => { said.textContent = out.querySelector(".ahead-words")?.textContent ?? ""; }, 700);
		} catch {
			// The app was stopped: what is drawn stays.
		} finally {
			busy = false;
		}
	};
	form.classList.add("whatif-live");
	slider.addEventListener("input", () => { say(); ask(); });
	form.addEventListener("submit", (e) => { e.preventDefault(); ask(); });
	say();
	ask(); // a browser may bring back another position than the page was made for
}
