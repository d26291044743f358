package safety

// reader judges a hit by the words around it, at most reach of them.
type reader struct {
	*book
	toks  []token
	marks []uint32
}

// denied is true of "I don't want to …", "no thoughts of …", "…: none". Between
// the denial and the phrase only words may stand that carry it on, so that "no,
// I want to" and "can't stop thinking of" are no denials. deniedTo is the end
// of the denied phrase before: "no chest pain or fainting" denies both.
func (r *reader) denied(h hit, deniedTo int) bool {
	lang := h.phrase.lang
	for k := h.to; k < len(r.toks) && k < h.to+2; k++ {
		if r.toks[k].before == hard {
			break
		}
		if r.is(lang, r.toks[k].word, cancels) {
			return false
		}
	}
	if k := h.to; k < len(r.toks) && r.is(lang, r.toks[k].word, deniesAfter) && (k+1 == len(r.toks) || r.toks[k+1].before != space) {
		return true
	}
	joined, far := false, false
	for k := h.from - 1; k >= 0 && k >= h.from-reach; k-- {
		next := r.toks[k+1]
		join := r.is(lang, next.word, joins) && k+1 < h.from
		joined = joined || join
		if next.before == hard {
			return false
		}
		// Only words such as "denies" reach over a list with commas.
		far = far || next.before == soft && !join
		w := r.toks[k].word
		switch {
		case k == deniedTo-1:
			return joined
		case r.is(lang, w, denies):
			return (!far || r.is(lang, w, deniesFar)) && !r.turned(k, lang)
		case !r.is(lang, w, carries|joins):
			return false
		}
	}
	return false
}

// turned is true when a denial is denied itself, as in "can't promise I won't".
func (r *reader) turned(k, lang int) bool {
	for first := max(1, k-reach); k >= first && r.toks[k].before == space; k-- {
		if r.is(lang, r.toks[k-1].word, turnsDenial) {
			return true
		}
	}
	return false
}

// about looks for a person in the phrase, then for the nearest one before it
// in its sentence; named where the phrase itself names who writes.
func (r *reader) about(h hit) (who About, named bool) {
	inside := Self
	for _, t := range r.toks[h.from:h.to] {
		if r.is(h.phrase.lang, t.word, isSelf) {
			return Self, true
		}
		if r.is(h.phrase.lang, t.word, isOther) {
			inside = Other
		}
	}
	if inside == Other {
		return Other, false
	}
	for k := h.from; k > 0 && k > h.from-reach && r.toks[k].before != hard; k-- {
		switch w := r.toks[k-1].word; {
		case r.is(h.phrase.lang, w, isSelf):
			return Self, false
		case r.is(h.phrase.lang, w, isOther):
			return Other, false
		}
	}
	return Self, false
}

// past is true when the sentence speaks of long ago and not of today as well.
func (r *reader) past(h hit) bool {
	past := false
	look := func(k int) bool {
		past = past || r.marks[k]&pastMark != 0
		still := r.is(h.phrase.lang, r.toks[k].word, isStill)
		return !still || k > 0 && r.is(h.phrase.lang, r.toks[k-1].word, denies) // "not today"
	}
	for k := h.from; k < h.to; k++ {
		if !look(k) {
			return false
		}
	}
	for k := h.from; k > 0 && k > h.from-reach && r.toks[k].before != hard; k-- {
		if !look(k - 1) {
			return false
		}
	}
	for k := h.to; k < len(r.toks) && k < h.to+reach && r.toks[k].before != hard; k++ {
		if !look(k) {
			return false
		}
	}
	return past
}
