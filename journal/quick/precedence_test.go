package quick

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"time"
)

// contested are places where more than one rule fits: what begins at the word
// is read by the first rule and not by the second.
var contested = []struct{ line, at, wins, loses string }{
	{"rough 6", "rough", "check-in", "bare"},
	{"no cravings", "no", "check-in", "doubt"},
	{"6 h sleep", "6", "check-in", "intake"},
	{"3 g, 2 caps", ",", "separator", "filler"},
	{"2 caps + 3 g", "+", "separator", "filler"},
	{"3 g with 2 beers", "with", "separator", ""},
	{"2 caps 8:30", "8", "when", "intake"},
	{"3 g today", "today", "when", "filler"},
	{"no doses today", "no", "none", "doubt"},
	{"0 g today", "0", "none", "intake"},
	{"had none today", "had", "none", "filler"},
	{"~3 g", "~", "intake", "filler"},
	{"energy drink", "energy", "intake", "bare"},
	{"1 shot to relax", "to", "reason", "filler"},
	{"3 g out of habit", "out", "reason", "bare"},
	{"3 g out of habit", "out", "reason", "doubt"},
	{"headache", "headache", "change", "bare"},
	{"lost 5 lbs", "lost", "change", "doubt"},
	{"yellow eyes", "yellow", "change", "intake"},
	{"really itchy all over", "really", "change", "filler"},
	{"constipated for a week", "for", "length", "reason"},
	{"3 g 3 times today", "3:2", "per day", "intake"},
	{"2 caps twice today", "twice", "per day", "doubt"},
	{"20 g/day for 3 years", "/", "per day", "separator"},
	{"20 g/day for 3 years", "/", "per day", "filler"},
	{"down to 3 g", "down", "doubt", "filler"},
	{"can i take 2 caps", "can", "doubt", "intake"},
	{"5 pounds", "5", "spending", "intake"},
	{"3+ g", "+", "separator", "intake"},
	{"morning tonic 2 zoops", "morning", "own product", "intake"},
}

// candidates are the phrases of all rules that fit at i, in precedence.
func (p *reader) candidates(i int) (list []phrase, rules []int) {
	for k := range precedence {
		if it, ok := precedence[k].read(p, i); ok && it.to > i {
			it.from = i
			list, rules = append(list, it), append(rules, k)
		}
	}
	return list, rules
}

// fits lists the rules that fit at each token of a line where a phrase begins.
func fits(line string, c Context) (tokens *tokens, at []int, names [][]string) {
	tokens = tokensOf(line, &c)
	p := reader{tokens: tokens, ctx: &c}
	for i := 0; i < len(p.toks); {
		_, rules := p.candidates(i)
		var list []string
		for _, k := range rules {
			list = append(list, precedence[k].name)
		}
		at, names = append(at, i), append(names, list)
		it, _ := p.first(i)
		p.read = append(p.read, it)
		i = it.to
	}
	return tokens, at, names
}

func TestPrecedence(t *testing.T) {
	known := map[string]bool{}
	for _, c := range contested {
		known[c.wins+" before "+c.loses] = true
		word, second := strings.CutSuffix(c.at, ":2")
		toks, at, names := fits(c.line, Context{Now: time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC), Currency: "USD", Products: myProducts()})
		found := false
		for k, i := range at {
			if toks.toks[i].text != word || second && i == 0 {
				continue
			}
			found = true
			if len(names[k]) == 0 || names[k][0] != c.wins || c.loses != "" && !strings.Contains(strings.Join(names[k], " | "), c.loses) {
				t.Errorf("%q at %q: %q fit, want %q before %q", c.line, c.at, names[k], c.wins, c.loses)
			}
			break
		}
		if !found {
			t.Errorf("%q: no phrase begins at %q", c.line, c.at)
		}
	}
	// Whatever pair the lines of the table bring together has its example.
	f, err := os.Open(table)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var s setting
	for in := bufio.NewScanner(f); in.Scan(); {
		line, ok := strings.CutPrefix(in.Text(), "> ")
		if !ok {
			if key, value, ok := strings.Cut(in.Text(), ": "); ok && !strings.HasPrefix(key, "#") && !strings.HasPrefix(key, " ") {
				if err := s.set(key, value); err != nil {
					t.Fatal(err)
				}
			}
			continue
		}
		_, _, names := fits(line, s.Context)
		for _, list := range names {
			for k := 1; k < len(list); k++ {
				if !known[list[0]+" before "+list[k]] {
					t.Errorf("%q: %q stands before %q, and no example says why", line, list[0], list[k])
				}
			}
		}
	}
}

// TestRules: every rule has a name of its own and a reason for its place.
func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range precedence {
		if r.name == "" || r.why == "" || r.read == nil || seen[r.name] {
			t.Errorf("%+v", r.name)
		}
		seen[r.name] = true
	}
	for kind := unknownPhrase; kind < phraseKindCount; kind++ {
		if it := (&phrase{kind: kind}); it.isHead() != (writers[kind] != nil) {
			t.Errorf("kind %d: it heads a fact and nothing writes it, or the other way round", kind)
		}
	}
}
