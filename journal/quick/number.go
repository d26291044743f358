package quick

// longestNumber is how many bytes of text a number in words may have, and
// mostNumber is more than anybody counts in words.
const (
	longestNumber = 60
	mostNumber    = 1e6
)

// Number reads a text that is one number in words and nothing else: "half",
// "two and a half", "media". English is understood beside the language given.
// ok is false for everything else, also for what is only about a number ("a
// couple or three") or none at all ("a").
func Number(text, language string) (n float64, ok bool) {
	if len(text) > longestNumber {
		return 0, false
	}
	c := Context{Language: language}
	p := reader{tokens: tokensOf(text, &c), ctx: &c}
	q, ok := p.plainNumber(0)
	if !ok || q.flaw != sound || q.article || q.ish || q.end != len(p.toks) || !(q.val >= 0 && q.val <= mostNumber) {
		return 0, false
	}
	return q.val, true
}
