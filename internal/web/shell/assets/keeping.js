// What this browser promises about what is kept in it, where the app runs in it.
// It is asked for more only when the person says so: some browsers ask back.
for (const part of document.querySelectorAll("[data-keeping]")) {
	const { kept, home, ask, said } = Object.fromEntries([...part.querySelectorAll("[data-of]")].map((e) => [e.dataset.of, e]));
	const show = (yes) => {
		// Only Safari on phones knows "standalone"; it keeps a page that is on the home
		// screen, and clears others after seven days of use without a visit.
		const safari = top.navigator.standalone === false;
		kept.hidden = !yes || safari;
		home.hidden = !safari;
		ask.hidden = yes || safari;
	};
	navigator.storage?.persisted?.().then(show, () => {});
	ask.querySelector("button").addEventListener("click", async () => {
		const yes = await navigator.storage.persist().catch(() => false);
		show(yes);
		said.textContent = yes ? "" : said.dataset.refused;
	});
}

// A reminder that was looked at for a while has done its work.
for (const reminder of document.querySelectorAll("[data-seen]")) {
	let timer = 0;
	new IntersectionObserver(([{ isIntersecting }], observer) => {
		clearTimeout(timer);
		if (isIntersecting) timer = setTimeout(() => {
			observer.disconnect();
			fetch(reminder.dataset.seen, { method: "POST", body: new URLSearchParams({ until: "seen" }) }).catch(() => {});
		}, 3000);
	}, { threshold: 0.5 }).observe(reminder);
}
