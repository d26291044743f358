package quick

import (
	"github.com/evenkeel/evenkeel/journal"
)

// signs of currencies; the dollar belongs to several.
var signs = map[string]string{"$": "$", "€": "EUR", "£": "GBP"}

var dollars = map[string]bool{"USD": true, "CAD": true, "AUD": true, "NZD": true, "SGD": true, "HKD": true, "MXN": true}

// money reads "$40", "40$", "40 dollars", "€12.50", "40 usd".
func (p *reader) money(i int) (val float64, currency string, end int) {
	if i >= len(p.toks) {
		return 0, "", i
	}
	sign := ""
	if s, ok := signs[p.toks[i].text]; ok {
		sign = s
		i++
	}
	n, ok := p.plainNumber(i)
	if !ok || n.article || n.flaw != sound {
		return 0, "", i
	}
	end = n.end
	if sign == "" {
		if s, ok := signs[p.text(end)]; ok {
			sign, end = s, end+1
		}
	}
	if name, m := p.match(end, roleCurrency); m > 0 {
		if sign == "" || name != "$" {
			sign = name
		}
		end += m
	}
	if sign == "" {
		return 0, "", i
	}
	if sign == "$" {
		sign = "USD"
		if dollars[p.ctx.Currency] {
			sign = p.ctx.Currency
		}
	}
	return n.val, sign, end
}

// spendAt reads "spent $40", "$25 on shots", "bought 100 g for $20". What was
// bought is no dose.
func (p *reader) spendAt(i int) (phrase, bool) {
	it := phrase{kind: spendPhrase}
	val, currency, end := p.money(i)
	verb := p.is(i, roleSpend)
	if end == i && !verb {
		return it, false
	}
	if end > i && !verb {
		it.spend = &journal.Spending{Amount: val, Currency: currency}
		it.text, it.to = p.bought(end)
		return it, true
	}
	// After a verb the money may come later, and a bare number is money.
	stop := p.spendEnd(i + 1)
	for k := i + 1; k < stop; k++ {
		val, currency, end := p.money(k)
		if end == k {
			continue
		}
		it.spend = &journal.Spending{Amount: val, Currency: currency}
		if on, to := p.bought(end); on != "" {
			it.text, it.to = on, to
			return it, true
		}
		it.to = end
		if k > i+1 {
			it.text = p.words(p.skip(i+1, wA, wThe, wSome, wMy), p.beforeFor(k))
		}
		return it, true
	}
	k := p.skip(i+1, wAbout, wAround, wLike, wTilde, wAnother, wA, wTotal, wOf)
	if n, ok := p.plainNumber(k); ok && n.flaw == sound && p.ctx.Currency != "" && (n.end >= len(p.toks) || p.word(n.end, wOn, wFor, wComma, wDot, wSemicolon) || p.dayFollows(n.end)) && p.word(i, wPaid) {
		it.spend = &journal.Spending{Amount: n.val, Currency: p.ctx.Currency}
		it.text, it.to = p.bought(n.end)
		return it, true
	}
	it.flawed, it.to = true, max(stop, i+1)
	return it, true
}

// beforeFor drops the "for" of "100 g for $20".
func (p *reader) beforeFor(k int) int {
	for k > 0 && p.word(k-1, wFor, wAt, wColon, wDash, wWas, wCost) {
		k--
	}
	return k
}

// bought reads "on shots", "for 2 bags" after an amount of money.
func (p *reader) bought(i int) (string, int) {
	if !p.word(i, wOn, wFor, wOf, wWorth) {
		return "", i
	}
	if w, ok := p.readWhen(i); ok && w.to > i {
		return "", i
	}
	from := p.skip(i, wOn, wFor, wOf, wWorth, wA, wThe, wSome, wMy)
	end := p.spendEnd(from)
	return p.words(from, end), end
}

// spendEnd finds where the words about a purchase end.
func (p *reader) spendEnd(i int) int {
	for k := i; k < len(p.toks); k++ {
		if p.toks[k].kind == markToken && p.mark(k, ",;.()") {
			return k
		}
		if p.word(k, wAnd, wBut, wThen) && (p.number(k+1) || p.is(k+1, roleFiller|roleMetric|roleNumber)) {
			return k
		}
		if w, ok := p.readWhen(k); ok && (w.day.kind != noDay || w.hasClock || !w.instant.IsZero() || w.part != "") {
			return k
		}
	}
	return len(p.toks)
}
