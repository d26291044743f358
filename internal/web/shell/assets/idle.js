// A page left open must not go on showing a journal that has locked itself.
// Someone who reads or writes without loading a page is still there.
const minutes = Number(document.body.dataset.idle || 0);
if (minutes > 0) {
	let last = Date.now();
	let told = last;
	// By the clock on the wall: it goes on while the device sleeps. One that was set
	// back says nothing of how long that was.
	const over = () => Date.now() < last || Date.now() - last >= minutes * 60000;
	const here = () => {
		if (over()) return look(true);
		last = Date.now();
		if (last - told > 60000) {
			told = last;
			fetch("/state", { method: "POST" }).catch(() => {});
		}
	};
	for (const kind of ["keydown", "pointerdown", "scroll"]) addEventListener(kind, here, { passive: true });
	const look = async (someone) => {
		if (!over()) return;
		// Covered until it is known, so that who picks up a device sees nothing.
		if (someone) document.body.style.visibility = "hidden";
		try {
			const state = await fetch("/state", { cache: "no-store" });
			if (state.status === 403) return location.replace("/unlock");
			if (someone) last = Date.now(); // it has no passphrase, or another page is in use
		} catch {
			// The app was stopped: then nothing more is shown than before.
		}
		document.body.style.visibility = "";
	};
	setInterval(look, 15000);
	addEventListener("visibilitychange", () => { if (!document.hidden) look(true); });
}
