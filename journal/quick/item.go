package quick

import "github.com/evenkeel/evenkeel/journal"

type itemKind uint8

const (
	unknownItem itemKind = iota
	fillerItem
	breakItem // a separator
	intakeItem
	noneItem
	checkItem
	bareItem // a question of the check-in without an answer, a reason word
	changeItem
	lifeItem
	spendItem
	noteItem
	whenItem
	sinceItem
	lengthItem // "for 3 years"
	reasonItem
	asideItem // "with breakfast"
	guardItem
	stillItem
	perDayItem
	crisisItem
)

// separators, from the loosest to the one that ends a sentence.
type separator uint8

const (
	noBreak separator = iota
	andBreak
	commaBreak
	hardBreak
)

// item is one thing that the grammar found in the tokens from..to.
type item struct {
	kind     itemKind
	from, to int
	sep      separator
	paren    bool
	flawed   bool // a spending without an amount
	intake   *intake
	answer   *answer
	change   *change
	life     *journal.Life
	spend    *journal.Spending
	when     *when
	since    *dayRef
	length   *duration
	reasons  []journal.Reason
	text     string
	times    float64 // of perDayItem
}

// isHead reports that the item is what an entry is made of.
func (it *item) isHead() bool {
	switch it.kind {
	case intakeItem, noneItem, checkItem, changeItem, lifeItem, spendItem, noteItem:
		return true
	}
	return false
}

// readItems reads the whole line. At each place the first reading that fits
// is taken; the order matters where a word has several roles.
func (p *parser) readItems() {
	p.items = make([]item, 0, 6)
	readers := [...]func(*parser, int) (item, bool){
		(*parser).noteAt, (*parser).crisisAt, (*parser).noneAt, (*parser).perDayAt, (*parser).separatorAt, (*parser).spendAt, (*parser).sinceAt, (*parser).lengthAt,
		(*parser).checkAt, (*parser).changeAt, (*parser).lifeAt, (*parser).asideAt, (*parser).whenAt,
		(*parser).reasonAt, (*parser).guardAt, (*parser).intakeAt, (*parser).bareAt, (*parser).fillerAt,
	}
next:
	for i := 0; i < len(p.toks); {
		if p.ownNameAt(i) > 0 { // whatever its words mean elsewhere
			if it, ok := p.intakeAt(i); ok {
				it.from = i
				p.items = append(p.items, it)
				i = it.to
				continue
			}
		}
		for _, read := range readers {
			if it, ok := read(p, i); ok && it.to > i {
				it.from = i
				p.items = append(p.items, it)
				i = it.to
				continue next
			}
		}
		p.items = append(p.items, item{kind: unknownItem, from: i, to: i + 1})
		i++
	}
}

// lastKind is the kind of the item before the one being read.
func (p *parser) last() *item {
	if len(p.items) == 0 {
		return nil
	}
	return &p.items[len(p.items)-1]
}

func (p *parser) separatorAt(i int) (item, bool) {
	it := item{kind: breakItem, to: i + 1}
	t := &p.toks[i]
	if t.kind == markToken {
		switch t.text {
		case ";":
			it.sep = hardBreak
		case ".":
			it.sep = hardBreak
		case ",":
			it.sep = commaBreak
		case "(":
			it.sep, it.paren = commaBreak, true
		case ")":
			it.sep = commaBreak
		case "+", "&", "/":
			it.sep = andBreak
		default:
			return it, false
		}
		return it, true
	}
	if p.word(i, wBut) {
		it.sep = commaBreak
		return it, true
	}
	if _, n := p.match(i, roleJoin); n > 0 {
		if p.word(i, wWith) && !p.thingFollows(i+1) {
			return it, false
		}
		it.sep, it.to = andBreak, i+n
		return it, true
	}
	return it, false
}

// thingFollows reports that something that is taken stands at i.
func (p *parser) thingFollows(i int) bool {
	i = p.skip(i, wMy, wThe, wSome)
	if _, n := p.match(i, roleFood|roleMeal); n > 0 {
		return false
	}
	in, end := p.readIntake(i)
	return end > i && (in.class != "" || in.flaw == sound)
}

func (p *parser) fillerAt(i int) (item, bool) {
	if p.toks[i].kind == markToken && !p.mark(i, "?%$€£") {
		return item{kind: fillerItem, to: i + 1}, true
	}
	_, n := p.match(i, roleFiller)
	return item{kind: fillerItem, to: i + n}, n > 0
}

func (p *parser) guardAt(i int) (item, bool) {
	if p.mark(i, "?") {
		return item{kind: guardItem, to: i + 1}, true
	}
	if p.word(i, wStill) {
		return item{}, false
	}
	if _, n := p.match(i, roleBound); n > 0 {
		if _, ok := p.readNumber(i + n); ok {
			return item{}, false
		}
	}
	_, n := p.match(i, roleGuard)
	return item{kind: guardItem, to: i + n}, n > 0
}

func (p *parser) whenAt(i int) (item, bool) {
	if w, ok := p.readWhen(i); ok {
		return w.item(), true
	}
	// "at 7, 11 and 15:00": the later times have no "at" of their own.
	if prev := p.lastTime(); prev != nil && prev.hasClock && p.number(i) {
		w := when{from: i, to: i}
		if end := p.clock(&w, i, true); end > i && p.timeEnds(end) {
			w.to = end
			if more, ok := p.readWhen(end); ok && more.dayOnly() {
				w.day, w.to = more.day, more.to
			}
			return w.item(), true
		}
	}
	return item{}, false
}

// item keeps the time: only what is kept needs memory of its own.
func (w when) item() item { return item{kind: whenItem, when: &w, to: w.to} }

func (d duration) item(to int) item { return item{kind: lengthItem, length: &d, to: to} }

func sinceDay(d dayRef, text string, to int) item {
	return item{kind: sinceItem, since: &d, text: text, to: to}
}

// lastTime is the time that stands before the separator just read.
func (p *parser) lastTime() *when {
	n := len(p.items)
	if n < 2 || p.items[n-1].kind != breakItem || p.items[n-1].sep == hardBreak || p.items[n-2].kind != whenItem {
		return nil
	}
	return p.items[n-2].when
}

// timeEnds reports that nothing follows at i that the number before could
// belong to.
func (p *parser) timeEnds(i int) bool {
	return i >= len(p.toks) || p.toks[i].kind == markToken && !p.mark(i, "/-%") || p.is(i, roleJoin|roleBecause|roleDay|rolePart|rolePlace)
}

func (p *parser) sinceAt(i int) (item, bool) {
	d, text, end := p.readSince(i)
	if end > i {
		return sinceDay(d, text, end), true
	}
	if p.is(i, roleStarted) {
		var w when
		j := p.skip(i+1, wOn, wAbout, wAround)
		if end := p.readDay(&w.day, &w, j); end > j && !w.vague {
			return sinceDay(w.day, "", end), true
		}
		if d, end := p.duration(j); end > j && p.word(end, wAgo) && !d.vague && d.seconds == 0 {
			return sinceDay(dayRef{kind: offsetDay, offset: -int(min(d.calendarDays(), 40000))}, "", end+1), true
		}
	}
	return item{}, false
}

// lengthAt reads "for 3 years", "for the last 3 months", "over 2 weeks".
func (p *parser) lengthAt(i int) (item, bool) {
	j := i
	if p.word(j, wFor, wOver, wDuring) {
		j = p.skip(j+1, wThe, wLast, wPast, wAbout, wAround, wNearly, wOver, wLike)
	} else if prev := p.last(); prev == nil || prev.kind != perDayItem {
		return item{}, false
	}
	d, end := p.duration(j)
	if end == j || d.vague || d.seconds > 0 || p.word(end, wAgo, wOf) {
		return item{}, false
	}
	return d.item(p.skip(end, wStraight)), true
}

// perDayAt reads "a day", "/day", "daily", "4 times a day", "twice a day".
func (p *parser) perDayAt(i int) (item, bool) {
	it := item{kind: perDayItem}
	j := i
	if p.word(i, wTwice) {
		it.times, j = 2, i+1
	} else if p.word(i, wOnce) {
		it.times, j = 1, i+1
	} else if n, ok := p.plainNumber(i); ok && !n.article && n.flaw == sound && p.word(n.end, wTimes, wX) {
		it.times, j = n.val, n.end+1
	}
	end := j
	switch {
	case p.word(j, wDaily):
		end = j + 1
	case p.word(j, wPer, wEach, wEvery, wSlash) && p.word(j+1, wDay):
		end = j + 2
	case p.word(j, wPer, wEach, wEvery, wSlash) && !p.word(j+2, wAgo) && p.word(j+1, wOtherSpan):
		it.flawed, end = true, j+2
	case p.word(j, wEvery) && (p.number(j+1) || p.word(j+1, wOther, wCouple)):
		it.flawed, end = true, j+2
		if p.is(end, roleSpan) {
			end++
		}
	case p.word(j, wEveryOther):
		it.flawed, end = true, j+1
	case j > i && it.times != 1:
		// "twice" alone: how often, but not when.
		if !p.word(i, wTwice) && !p.word(j-1, wTimes) {
			return it, false
		}
		it.flawed, it.text, end = true, "repeated", j
	}
	it.to = end
	return it, end > i
}

// asideAt reads a circumstance of a dose: "with juice", "before breakfast".
// A meal is no clock time.
func (p *parser) asideAt(i int) (item, bool) {
	if _, n := p.match(i, roleFood); n > 1 && p.word(i+1, wStomach) {
		return item{kind: asideItem, text: p.words(i, i+n), to: i + n}, true
	}
	if !p.is(i, rolePlace) {
		return item{}, false
	}
	j := p.skip(i+1, wA, wMy, wThe, wSome, wOf, wRight)
	if _, n := p.match(j, roleFood); n > 0 {
		end := j + n
		for p.word(end, wAnd) {
			_, n := p.match(end+1, roleFood)
			if n == 0 {
				break
			}
			end += 1 + n
		}
		if p.word(i, wBefore, wAfter) {
			return p.vagueAside(i, end), true
		}
		return item{kind: asideItem, text: p.words(i, end), to: end}, true
	}
	if _, n := p.match(j, roleMeal); n > 0 {
		return p.vagueAside(i, j+n), true
	}
	return item{}, false
}

// vagueAside is a circumstance that says roughly when.
func (p *parser) vagueAside(from, to int) item {
	return item{kind: asideItem, text: p.words(from, to), when: &when{vague: true, from: from, to: to}, flawed: true, to: to}
}

// bareAt reads a question of the check-in that lacks its answer, or a reason.
func (p *parser) bareAt(i int) (item, bool) {
	it := item{kind: bareItem}
	if v, n := p.match(i, roleReason); n > 0 {
		it.reasons, it.to = []journal.Reason{journal.Reason(v)}, i+n
	}
	if v, n := p.match(i, roleMetric|roleSymptom); n > 0 && i+n >= it.to {
		it.text, it.to = v, i+n
	}
	if p.is(i, roleSleep) {
		it.text, it.to = "sleep", max(it.to, i+1)
	}
	if it.to == 0 && p.is(i, roleStill) {
		return item{kind: stillItem, to: i + 1}, true
	}
	if it.text != "" {
		it.to = p.skipRole(it.to, roleQuality|roleIntensity|roleGlue)
	}
	return it, it.to > i
}

// skipRole steps over single words of a role.
func (p *parser) skipRole(i int, r role) int {
	for p.is(i, r) && !p.is(i, roleJoin|roleGuard) {
		i++
	}
	return i
}

// reasonAt reads "because pain", "for energy and mood", "to sleep".
func (p *parser) reasonAt(i int) (item, bool) {
	it := item{kind: reasonItem}
	_, n := p.match(i, roleBecause)
	switch {
	case n > 0:
	case p.word(i, wTo) && !p.number(i+1):
		n = 1
	case p.word(i, wOut) && p.word(i+1, wOf):
		n = 2
	default:
		return it, false
	}
	j := p.skip(i+n, wColon, wEquals, wDash)
	if _, _, end := p.money(j); end > j && p.word(i, wFor) {
		return item{kind: guardItem, to: end}, true // "2 shots for $20" may be bought, not taken
	}
	if _, m := p.match(p.skip(j, wMy, wA, wThe), roleMeal); m > 0 && p.word(i, wFor) {
		end := p.skip(j, wMy, wA, wThe) + m
		return p.vagueAside(i, end), true
	}
	if p.word(i, wFor) && p.is(p.skip(j, wMy, wA, wThe, wHis), rolePerson) {
		return item{kind: guardItem, to: p.skip(j, wMy, wA, wThe, wHis) + 1}, true
	}
	own := false // words beside the plain names of reasons
	k := j
	for k < len(p.toks) {
		if v, m := p.match(k, roleReason); m > 0 && !p.answerFollows(k+m) {
			it.addReason(journal.Reason(v))
			own = own || !p.is(k, rolePlainReason)
			k += m
			continue
		}
		if p.mark(k, ",/&+") || p.word(k, wAnd) {
			if v, m := p.match(k+1, roleReason); m > 0 && !p.answerFollows(k+1+m) {
				it.addReason(journal.Reason(v))
				own = own || !p.is(k+1, rolePlainReason)
				k += 1 + m
				continue
			}
			if v, end := p.clauseReason(k + 1); end > 0 {
				it.addReason(journal.Reason(v))
				own = true
				k = end
				continue
			}
			break
		}
		if p.toks[k].kind != wordToken || p.endsReason(k) {
			break
		}
		own = own || !p.is(k, roleFiller|roleIntensity|roleFew)
		k++
	}
	if k == j {
		return it, false
	}
	if own || len(it.reasons) == 0 {
		it.text = p.words(i, k)
	}
	it.to = k
	return it, true
}

// clauseReason reads "I was sad" of "because my back hurts and I was sad"; 0
// when the words at i are no reason.
func (p *parser) clauseReason(i int) (string, int) {
	k := i
	for k < len(p.toks) && p.toks[k].kind == wordToken && p.is(k, roleFiller|roleIntensity) && !p.is(k, roleGuard|roleJoin|roleReason|roleNumber|roleVague) {
		k++
	}
	v, n := p.match(k, roleReason)
	if k == i || n == 0 || p.answerFollows(k+n) {
		return "", 0
	}
	return v, k + n
}

// endsReason reports that something of its own begins at i.
func (p *parser) endsReason(i int) bool {
	if _, ok := p.readWhen(i); ok {
		return true
	}
	if _, ok := p.checkAt(i); ok {
		return true
	}
	if _, ok := p.asideAt(i); ok {
		return true
	}
	if p.word(i, wNote) || p.is(i, roleJoin) {
		return true
	}
	if n, ok := p.readNumber(i); ok && !n.article {
		return true
	}
	return false
}

// answerFollows reports that a score stands at i: "pain 7" is an answer.
func (p *parser) answerFollows(i int) bool {
	return p.number(i) && !p.is(i+1, roleUnit|roleSpan)
}

func (it *item) addReason(r journal.Reason) {
	for _, have := range it.reasons {
		if have == r {
			return
		}
	}
	it.reasons = append(it.reasons, r)
}

// crisisAt reads words of danger. They are never an entry: they are answered
// with where help is.
func (p *parser) crisisAt(i int) (item, bool) {
	_, n := p.match(i, roleCrisis)
	return item{kind: crisisItem, to: i + n}, n > 0
}

// noteAt reads "note ..." and "note: ...": the rest of the line, as written.
func (p *parser) noteAt(i int) (item, bool) {
	if !p.word(i, wNote) || i > 0 && !p.startsClause() {
		return item{}, false
	}
	end := len(p.toks)
	for k := i; k < end; k++ {
		if p.mark(k, ";") && p.line[p.toks[k].start] == '\n' {
			end = k
		}
	}
	return item{kind: noteItem, text: p.noteText(i, end), to: end}, true
}

func (p *parser) noteText(i, end int) string {
	stop := len(p.line)
	if end < len(p.toks) {
		stop = p.toks[end].start
	}
	return trimNote(p.line[p.toks[i].end:stop])
}

// startsClause reports that the item being read is not within a phrase.
func (p *parser) startsClause() bool {
	prev := p.last()
	return prev == nil || prev.kind != unknownItem && prev.kind != guardItem
}
