package quick

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/evenkeel/evenkeel/journal"
)

// Sentence is something to say to the person: a key of the catalogue and its
// arguments, in pairs of a placeholder's name and a value. A value can be a
// Sentence itself, which is to be put into words first.
type Sentence struct {
	Key  string
	Args []any
}

// Text is what to look up in the catalogue, as a value inside a sentence.
func (s Sentence) Text() (key string, args []any) { return s.Key, s.Args }

func text(key string, args ...any) Sentence { return Sentence{key, args} }

// clip shortens a person's words for a question.
func clip(s string) string {
	const most = 60
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

// asking is a question that has the person's own words in it.
func asking(key, words string, args ...any) Sentence {
	return text("quick.ask."+key, append([]any{"words", clip(words)}, args...)...)
}

// figure rounds a number so that it is written without needless digits.
func figure(v float64) float64 { return math.Round(v*1e4) / 1e4 }

// askDoubt asks about an entry that a word beside it puts in doubt.
func askDoubt(kind phraseKind, words string) Sentence {
	switch kind {
	case checkPhrase, lifePhrase:
		return asking("doubt_now", words)
	case changePhrase:
		return asking("doubt_change", words)
	case spendPhrase:
		return asking("doubt_paid", words)
	}
	return asking("doubt_taken", words)
}

// askScore asks for a value from 0 to the top of a question's scale.
func askScore(what, words string) Sentence {
	return asking("score", words, "what", text("quick.what."+what), "top", topOf(what))
}

func topOf(what string) int {
	if slices.Contains(journal.Symptoms, journal.Symptom(what)) {
		return 4
	}
	return 10
}

// english has every unit that there is.
var english = vocabularies["en"]

// unitText names a unit in the number that goes with n of it.
func unitText(unit string, n float64) any {
	if !english().units[unit] {
		return unit // the person's own word
	}
	if n <= 1 {
		n = 1 // half a tablet
	}
	return text("quick.unit."+unit, "n", n)
}

// amountText says an amount with its unit.
func amountText(in *intake) any {
	if in.unit == "" {
		return figure(in.amount)
	}
	return text("quick.read.amount", "amount", figure(in.amount), "unit", unitText(in.unit, in.amount))
}

// understood says an amount of a product.
func understood(in *intake) any {
	name := in.productName()
	if in.product.name != "" {
		name = in.product.name
	}
	tint, tinted := strings.CutSuffix(name, " "+in.unit)
	switch {
	case name == "":
		return amountText(in)
	case tinted && in.unit != "":
		return text("quick.read.tinted", "amount", figure(in.amount), "tint", tint, "unit", unitText(in.unit, in.amount))
	}
	return text("quick.read.of", "amount", amountText(in), "name", name)
}

// askAmount asks for what the amount lacks.
func askAmount(in *intake, words string) Sentence {
	name := in.productName()
	if in.substance != "" {
		name = in.substance
	}
	howMuch := func(key string) Sentence {
		if name == "" {
			return asking(key, words)
		}
		return asking(key+"_of", words, "name", name)
	}
	switch in.flaw {
	case noAmount, vagueAmount:
		if name == "" && in.unit != "" {
			return asking("amount_count", words, "unit", unitText(in.unit, 2))
		}
		return howMuch("amount")
	case rangeAmount, boundAmount:
		return howMuch("range")
	case negativeAmount:
		return howMuch("negative")
	case hugeAmount:
		return howMuch("huge")
	case garbledAmount:
		return howMuch("garbled")
	case eitherAmount:
		return asking("either_number", words, "one", in.either.Grouped, "two", in.either.Decimal)
	case shareOfDay:
		return asking("share", words, "some", figure(in.share[0]), "all", figure(in.share[1]))
	case implausible:
		return text("quick.ask.implausible", "what", understood(in))
	case whichProduct:
		var names any
		for _, e := range in.candidate[:min(len(in.candidate), 4)] {
			one := text("quick.quoted", "words", clip(e.Product().Name))
			if names == nil {
				names = one
			} else {
				names = text("quick.or", "one", names, "two", one)
			}
		}
		return text("quick.ask.which_product", "amount", amountText(in), "names", names)
	case strangeName:
		return text("quick.ask.strange", "amount", amountText(in), "name", clip(in.name))
	case whatWasIt:
		return text("quick.ask.what", "amount", amountText(in))
	}
	if key, ok := flawKeys[in.flaw]; ok {
		return asking(key, words)
	}
	return asking("unread", words)
}

var flawKeys = map[flaw]string{zeroAmount: "zero", noUnit: "unit", whichUsual: "usual", strayNumber: "stray", perWeek: "per_week", repeated: "repeated", howLong: "how_long", howMuchADay: "per_day"}

// askWhen asks for the time of something understood: words of the line, or a
// Text of what they mean.
func (c *Context) askWhen(what any, timeWords string, at placed) Sentence {
	said, plain := what.(string)
	if plain {
		what = clip(said)
	}
	read := text("quick.read", "what", what)
	if timeWords != "" && !(plain && strings.Contains(said, timeWords)) {
		read = text("quick.read_at", "what", what, "time", clip(timeWords))
	}
	switch at.trouble {
	case eitherHour, eitherDay:
		return text("quick.ask.when_either", "read", read, "one", c.momentText(at.one), "two", c.momentText(at.two))
	case inFuture, nextYear:
		return text("quick.ask.when_future", "read", read)
	case skippedTime:
		return text("quick.ask.when_skipped", "read", read)
	case noSuchTime:
		return text("quick.ask.when_none", "read", read)
	}
	return text("quick.ask.when", "read", read)
}

// momentText is a day of the week and a time of day, on the clock that the
// person reads.
func (c *Context) momentText(t time.Time) Sentence {
	var clock any = strings.TrimPrefix(t.Format("15:04"), "0")
	if c.clock() == "12h" {
		key := "quick.am"
		if t.Hour() >= 12 {
			key = "quick.pm"
		}
		clock = text(key, "time", t.Format("3:04"))
	}
	weekday := Sentence{Key: "weekday_short." + string(rune('0'+t.Weekday()))}
	return text("quick.moment", "weekday", weekday, "time", clock)
}
