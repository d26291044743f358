// Reads a picture out wherever a pointer, a finger or the keyboard goes. A
// picture says its moments in data-moments: thousandths from the left and from
// the top, and words. Its range gives it to the keyboard and to a screen reader;
// without this module the words of the first moment and the table remain.
const boxOf = (e) => e.target.closest?.("[data-moments]");
const kept = new WeakMap();
const momentsOf = (box) => {
	if (!kept.has(box)) kept.set(box, JSON.parse(box.dataset.moments));
	return kept.get(box);
};

const show = (box, i) => {
	const range = box.querySelector(".probe");
	const [x, y, words] = momentsOf(box)[i];
	range.value = i;
	range.setAttribute("aria-valuetext", words);
	const [line, dot] = box.querySelectorAll(".cursor");
	for (const end of ["x1", "x2"]) line.setAttribute(end, x / 10 + "%");
	dot.setAttribute("cx", x / 10 + "%");
	dot.setAttribute("cy", y / 10 + "%");
	box.classList.add("probing");
	const out = box.closest("figure")?.querySelector(".readout");
	if (out) out.textContent = words;
};

const rest = (box) => {
	show(box, Number(box.querySelector(".probe").defaultValue));
	box.classList.remove("probing");
};

const point = (e) => {
	const box = boxOf(e);
	if (!box) return;
	const { left, width } = box.getBoundingClientRect();
	const at = 1000 * (e.clientX - left) / width;
	let near = 0;
	const list = momentsOf(box);
	for (let i = 1; i < list.length; i++) if (Math.abs(list[i][0] - at) < Math.abs(list[near][0] - at)) near = i;
	show(box, near);
};

addEventListener("pointermove", point, { passive: true });
addEventListener("pointerdown", point, { passive: true });
addEventListener("pointerout", (e) => {
	const box = boxOf(e);
	if (box && e.pointerType === "mouse" && !box.contains(e.relatedTarget) && !box.contains(document.activeElement)) rest(box);
});
addEventListener("input", (e) => { if (e.target.matches?.(".probe")) show(boxOf(e), Number(e.target.value)); });
addEventListener("focusin", (e) => { if (e.target.matches?.(".probe")) show(boxOf(e), Number(e.target.value)); });
addEventListener("focusout", (e) => { if (e.target.matches?.(".probe")) rest(boxOf(e)); });
