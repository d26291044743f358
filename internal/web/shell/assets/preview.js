// Shows below the quick entry what a line would be understood as, while it is
// typed. Saving stays with the form.
const form = document.querySelector("form[data-preview]");
if (form) {
	const field = form.elements.namedItem("line");
	const out = document.getElementById("understood");
	let timer = 0;
	let asked = null;
	const show = async () => {
		asked?.abort();
		if (!field.value.trim()) {
			out.replaceChildren();
			return;
		}
		asked = new AbortController();
		try {
			const answer = await fetch(form.dataset.preview, {
				method: "POST", body: new URLSearchParams({ line: field.value }), signal: asked.signal, redirect: "error",
			});
			if (answer.ok) out.innerHTML = await answer.text(); // our own page, escaped there
		} catch {
			// Without an answer the form itself still saves or asks.
		}
	};
	field.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(show, 180);
	});
}
