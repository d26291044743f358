package quick

import (
	"slices"
	"strconv"
	"strings"
)

// Choice is an answer to a question that needs no writing.
type Choice struct {
	// Say names it, as the words on a button.
	Say Sentence
	// Line is the whole line with the answer in it: it keeps what was
	// understood, and read again it no longer asks this question.
	Line string
}

// Answers are the choices of a question, and behind them that its words are kept
// as a note where they can be.
func (a *Ask) Answers() []Choice {
	if a.AsNote == "" {
		return a.Choices
	}
	return append(slices.Clone(a.Choices), choice(a.AsNote, "note"))
}

func choice(line, key string, args ...any) Choice {
	return Choice{text("quick.choice."+key, args...), strings.TrimSpace(line)}
}

// mostOffered is how many questions of a line come with answers. Each answer is
// a whole line, so this bounds the work that a pasted page can cause; the
// questions behind get theirs when the first are settled.
const mostOffered = 8

func (g *entries) askedEnough() bool { return len(g.doubts) >= mostOffered }

// edit is the line with other text in place of the tokens from..to; with from
// and to the same the text is put in before that token.
func (p *tokens) edit(from, to int, text string) string {
	if from == to {
		if from >= len(p.toks) {
			return strings.TrimRight(p.line, " ") + " " + strings.TrimSpace(text)
		}
		return p.line[:p.toks[from].start] + text + " " + p.line[p.toks[from].start:]
	}
	return p.line[:p.toks[from].start] + text + p.line[p.toks[to-1].end:]
}

// after is the line with text put in behind the token before i.
func (p *tokens) after(i int, text string) string {
	end := p.toks[i-1].end
	return p.line[:end] + " " + text + p.line[end:]
}

// Keep asks one thing of a line, whether to keep all of it as a note; false where
// a note cannot hold it.
func Keep(line string, c Context) (Ask, bool) {
	words := strings.TrimSpace(line)
	a := Ask{Words: clip(words), Sentence: Sentence{Key: "quick.ask.kept"}, AsNote: c.saying().note + " " + words}
	r := Parse(a.AsNote, c)
	return a, len(r.Asks) == 0 && len(r.Entries) == 1 && r.Entries[0].Event.Note() != nil
}

// noteLine is the line with these words of it kept as a note behind the rest.
func noteLine(line, words, note string) string {
	if words == "" {
		return ""
	}
	rest := ""
	if i := strings.Index(line, words); i >= 0 {
		rest = strings.Trim(strings.TrimSpace(line[:i])+" "+strings.TrimSpace(line[i+len(words):]), " ,;.-+&/")
	}
	if rest == "" {
		return note + " " + words
	}
	return rest + "; " + note + " " + words
}

// saying are the words that answers put into a line, in the person's language.
type saying struct{ of, now, overDay, at, exactly, note, none, forSpan string }

func (c *Context) saying() saying {
	if strings.HasPrefix(strings.ToLower(c.Language), "es") {
		return saying{"de", "ahora", "a lo largo del día", "a las", "exactamente", "nota", "nada hoy", "durante"}
	}
	return saying{"of", "now", "over the day", "at", "exactly", "note", "none today", "for"}
}

// scores are the answers to a question of the check-in.
func (g *entries) scores(a *answer) []Choice {
	if g.askedEnough() || a.to <= a.from || a.nameTo <= a.nameFrom {
		return nil
	}
	name := g.words(a.nameFrom, a.nameTo)
	var list []Choice
	for v := 0; v <= topOf(a.what); v++ {
		list = append(list, choice(g.edit(a.from, a.to, name+" "+strconv.Itoa(v)), "score", "n", v))
	}
	return list
}
