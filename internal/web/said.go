package web

import (
	"strings"

	"github.com/evenkeel/evenkeel/say"
)

// A page says what it may in three places: how it is, what lies ahead, and what
// it all rests on. Some of it is an offer, which is a link.
type saying struct {
	now, ahead, rests []string
	offers            []offer
	// strength asks how strong a product is.
	strength bool
}

// offer leads to where a person can do something about it.
type offer struct{ words, to string }

// aheadOf are the beginnings of keys that speak of what lies ahead.
var aheadOf = []string{"say.ahead.", "say.day.", "say.over.", "say.days", "say.compare.", "say.dips"}

func (v *view) saying(list []say.Said) saying {
	var s saying
	for _, one := range list {
		words := one.Text(v.T)
		switch key := one.Key; {
		case key == "say.offer.check_in":
			s.offers = append(s.offers, offer{words, "/new/check_in"})
		case key == "say.now.no_check_in":
			s.now = append(s.now, words)
			s.offers = append(s.offers, offer{v.T("check.full"), "/new/check_in"})
		case key == "say.offer.strength":
			s.offers = append(s.offers, offer{words, "/products"})
		case key == "say.offer.help":
			s.offers = append(s.offers, offer{words, "/help"})
		case key == "say.ask.strength":
			s.strength = true
		case strings.HasPrefix(key, "say.rests."):
			s.rests = append(s.rests, words)
		case begins(key, aheadOf):
			s.ahead = append(s.ahead, words)
		default:
			s.now = append(s.now, words)
		}
	}
	return s
}

func begins(s string, list []string) bool {
	for _, p := range list {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
