// A page left open must not go on showing a journal that has locked itself.
// Someone who reads or writes without loading a page is still there.
const minutes = Number(document.body.dataset.idle || 0);
if (minutes > 0) {
	let last = Date.now();
	let told = last;
	const here = () => {
		last = Date.now();
		if (last - told > 60000) {
			told = last;
			fetch("/state", { method: "POST" }).catch(() => {});
		}
	};
	for (const kind of ["keydown", "pointerdown", "scroll"]) addEventListener(kind, here, { passive: true });
	const look = async () => {
		if (Date.now() - last < minutes * 60000) return;
		try {
			const state = await fetch("/state", { cache: "no-store" });
			if (state.status === 403) location.replace("/unlock");
		} catch {
			// The app was stopped: then nothing more is shown than before.
		}
	};
	setInterval(look, 15000);
	addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
}
