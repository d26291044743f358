package quick

// rule is one way to read what begins at a place.
type rule struct {
	name string
	// read gives the phrase at i; false when there is none.
	read func(p *reader, i int) (phrase, bool)
	// why tells what the rule stands before, and what would be lost otherwise.
	why string
}

// precedence says which phrase a place is read as where more than one fits:
// that of the rule which stands first. Many words have several roles, so the
// order is part of the grammar; TestPrecedence holds a line to each pair of
// rules that the table of lines brings together.
var precedence = []rule{
	{"own product", (*reader).ownProductAt, "a person's own name for a product is that product, whatever its words mean elsewhere"},
	{"note", (*reader).noteAt, "what stands in a note is not read"},
	{"none", (*reader).noneAt, "\"no kratom today\" is no amount and no doubt"},
	{"per day", (*reader).perDayAt, "the amount of \"3 times a day\" is no dose"},
	{"separator", (*reader).separatorAt, "\"and\" parts; only then do its neighbours have a meaning"},
	{"spending", (*reader).spendAt, "what was bought was not taken, and pounds after \"spent\" are money"},
	{"since", (*reader).sinceAt, "\"since tuesday\" is a beginning, not the time of a dose"},
	{"length", (*reader).lengthAt, "\"for 3 years\" is no reason"},
	{"check-in", (*reader).checkAt, "a number beside \"pain\" makes it an answer, not a reason or a change"},
	{"change", (*reader).changeAt, "\"side pain\" is a change of the body; a bare \"pain\" is a reason"},
	{"life", (*reader).lifeAt, "\"work worse\" is about work, not a place where something was taken"},
	{"aside", (*reader).asideAt, "\"before breakfast\" is a circumstance, not a word of time alone"},
	{"when", (*reader).whenAt, "8 am is a time, not eight of something"},
	{"reason", (*reader).reasonAt, "\"because\" opens a reason that may hold words of every kind"},
	{"doubt", (*reader).guardAt, "\"not\" and its like belong to what follows and name nothing"},
	{"intake", (*reader).intakeAt, "an amount of something, or the name of something taken"},
	{"bare", (*reader).bareAt, "a question of the check-in without an answer, or a reason without \"because\""},
	{"filler", (*reader).fillerAt, "words that carry nothing, when nothing else wants them"},
}

// ownProductAt reads an amount of, or the name of, a product of the person's.
func (p *reader) ownProductAt(i int) (phrase, bool) {
	if p.ownNameAt(i) == 0 {
		return phrase{}, false
	}
	return p.intakeAt(i)
}
