// A second tap on an answer takes it back: what is not said stays unknown.
let answered = null;
const note = (e) => { answered = e.target.matches?.(".scale input[type=radio]:checked") ? e.target : null; };
addEventListener("pointerdown", note);
addEventListener("keydown", (e) => {
	if (![" ", "Delete", "Backspace"].includes(e.key) || !e.target.matches?.(".scale input[type=radio]:checked")) return;
	e.preventDefault();
	e.target.checked = false;
});
addEventListener("click", (e) => {
	if (e.target !== answered) return;
	answered.checked = false;
	answered = null;
});
