package quick

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Every question says what was understood and what is missing, in one
// sentence of everyday words.

const (
	questionEmpty     = "There was nothing to read here; what would you like to add?"
	questionTooLong   = "This is longer than 2,000 characters, so none of it was read; please add it in shorter parts."
	questionEmptyNote = "I read a note without any words; what should it say?"
)

// clip shortens a person's words for a question.
func clip(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

func quote(s string) string { return "“" + clip(strings.Join(strings.Fields(s), " ")) + "”" }

// figure writes a number without needless digits.
func figure(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e4)/1e4, 'f', -1, 64)
}

func questionUnread(words string) string {
	return fmt.Sprintf("I could not read %s; please say it in other words, or begin with “note” to keep it as a note.", quote(words))
}

func questionOnlyTime(words string) string {
	return fmt.Sprintf("I read a time, %s, but not what happened then; what would you like to add?", quote(words))
}

// questionDoubt asks about an entry that a word beside it puts in doubt.
func questionDoubt(kind itemKind, words string) string {
	switch kind {
	case checkItem, lifeItem:
		return fmt.Sprintf("I read %s, but I am not sure that it is about now; how is it now?", quote(words))
	case changeItem:
		return fmt.Sprintf("I read %s, but only a change that is there can be noted; is there one?", quote(words))
	case spendItem:
		return fmt.Sprintf("I read %s, but I am not sure that you paid it; what did you pay?", quote(words))
	}
	return fmt.Sprintf("I read %s, but I am not sure that you took it; what did you take, and when?", quote(words))
}

func questionContradiction(words string) string {
	return fmt.Sprintf("I read %s and also a dose on that day; which of the two is right?", quote(words))
}

func questionOneOrTwo(words string) string {
	return fmt.Sprintf("I read %s beside another amount; is it the same dose or a second one?", quote(words))
}

func questionManyDays(words string) string {
	return fmt.Sprintf("I read %s, but a line can only mark single days as none; which day do you mean?", quote(words))
}

func questionMoney(words string) string {
	return fmt.Sprintf("I read %s, but not how much money it was; what did you pay?", quote(words))
}

func questionCrisis(words string) string {
	return fmt.Sprintf("I read %s, and if you or somebody else is in danger, please call your emergency number now; people you can talk to at any hour are listed under Help.", quote(words))
}

// questionScore asks for a value from 0 to top.
func questionScore(what, words string, top int) string {
	if what == "sleep_quality" {
		what = "sleep"
	}
	return fmt.Sprintf("I read %s; where is %s on a scale from 0 to %d, in whole numbers?", quote(words), strings.ReplaceAll(what, "_", " "), top)
}

func questionSleep(words string) string {
	return fmt.Sprintf("I read %s; how many hours did you sleep, from 0 to 24?", quote(words))
}

// understood says an amount of a product in words.
func understood(in *intake) string {
	var b strings.Builder
	b.WriteString(figure(in.amount))
	if in.unit != "" {
		b.WriteString(" " + plural(in.unit, in.amount))
	}
	name := in.productName()
	if in.product.name != "" {
		name = in.product.name
	}
	if name != "" && !strings.HasSuffix(name, " "+in.unit) {
		b.WriteString(" of " + name)
	} else if name != "" {
		return figure(in.amount) + " " + plural(name, in.amount)
	}
	return b.String()
}

func plural(unit string, n float64) string {
	switch unit {
	case "g", "mg", "mL", "oz", "tsp", "tbsp", "mcg", "kg":
		return unit
	}
	switch {
	case n <= 1:
		return unit
	case strings.HasSuffix(unit, "y"):
		return unit[:len(unit)-1] + "ies"
	case strings.HasSuffix(unit, "s"), strings.HasSuffix(unit, "ch"), strings.HasSuffix(unit, "x"):
		return unit + "es"
	}
	return unit + "s"
}

// questionAmount asks for what the amount lacks.
func questionAmount(in *intake, words string) string {
	read := "I read " + quote(words)
	name := in.productName()
	if in.substance != "" {
		name = in.substance
	}
	of := ""
	if name != "" {
		of = " " + name
	}
	switch in.flaw {
	case noAmount, vagueAmount:
		if name == "" && in.unit != "" {
			return fmt.Sprintf("%s, but no exact amount; how many %s was it?", read, plural(in.unit, 2))
		}
		return fmt.Sprintf("%s, but no exact amount; how much%s was it?", read, of)
	case rangeAmount, boundAmount:
		return fmt.Sprintf("%s, but no single amount; how much%s was it, as near as you can say?", read, of)
	case zeroAmount:
		return read + ", which is an amount of zero; do you mean that you took none today?"
	case negativeAmount:
		return fmt.Sprintf("%s, but an amount cannot be less than zero; how much%s was it?", read, of)
	case hugeAmount:
		return fmt.Sprintf("%s, but that amount is too large to be kept; how much%s was it?", read, of)
	case garbledAmount:
		return fmt.Sprintf("%s, but I could not read the number; how much%s was it?", read, of)
	case eitherAmount:
		return fmt.Sprintf("%s, which can be %s or %s; which of the two is it?", read, figure(in.either.Grouped), figure(in.either.Decimal))
	case noUnit:
		return read + ", but not what the number counts; is it grams, capsules, tablets or something else?"
	case whichUsual:
		return read + ", but not which of your usual doses that is; what was it, and how much?"
	case strayNumber:
		return read + ", but not what the last number stands for; is it a time, a date or an amount?"
	case whichProduct:
		var names []string
		for _, e := range in.candidate[:min(len(in.candidate), 4)] {
			names = append(names, "“"+e.Product().Name+"”")
		}
		return fmt.Sprintf("I read %s %s; which product do you mean, %s?", figure(in.amount), plural(in.unit, in.amount), strings.Join(names, " or "))
	case strangeName:
		return fmt.Sprintf("I read %s %s of something I do not know, %s; what is it?", figure(in.amount), plural(in.unit, in.amount), quote(in.name))
	case whatWasIt:
		return fmt.Sprintf("I read %s %s; what was it?", figure(in.amount), plural(in.unit, in.amount))
	case perWeek:
		return fmt.Sprintf("I read %s; how much is it a day, and for how long?", quote(words))
	case repeated:
		return fmt.Sprintf("I read %s; at what times was it?", quote(words))
	case howLong:
		return fmt.Sprintf("I read %s; for how many weeks, months or years was that?", quote(words))
	case howMuchADay:
		return fmt.Sprintf("I read %s; how much was it a day?", quote(words))
	}
	return questionUnread(words)
}

// questionWhen asks for the time of something understood.
func questionWhen(what, time string, at placed) string {
	read := "I read " + quote(what)
	if time != "" && !strings.Contains(what, time) {
		read += ", " + quote(time)
	}
	switch at.trouble {
	case eitherHour, eitherDay:
		return fmt.Sprintf("%s; was it %s or %s?", read, clockOf(at.one), clockOf(at.two))
	case inFuture:
		return read + ", but that time has not come yet; when was it?"
	case skippedTime:
		return read + ", but the clocks skipped that time on that day; when was it?"
	case noSuchTime:
		return read + ", but there is no such time or day; when was it?"
	}
	return read + "; at what time was it?"
}
