package reading

import (
	"strings"

	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/say"
)

// Saying is what a page says where: it says what it may in three places: how it is, what lies ahead, and what
// it all rests on. Some of it is an offer, which is a link.
type Saying struct {
	Now, Ahead, Rests []string
	Offers            []Offer
	// Strength asks how strong a product is.
	Strength bool
}

// Offer leads to where a person can do something about it.
type Offer struct{ Words, To string }

// aheadOf are the beginnings of keys that speak of what lies ahead.
var aheadOf = []string{"say.ahead.", "say.day.", "say.over.", "say.days", "say.compare.", "say.dips"}

// Said sorts what may be said.
func Said(v *kit.View, list []say.Said) Saying {
	var s Saying
	for _, one := range list {
		words := one.Text(v.T)
		switch key := one.Key; {
		case key == "say.offer.check_in":
			s.Offers = append(s.Offers, Offer{words, "/new/check_in"})
		case key == "say.now.no_check_in":
			s.Now = append(s.Now, words)
			s.Offers = append(s.Offers, Offer{v.T("check.full"), "/new/check_in"})
		case key == "say.offer.strength":
			s.Offers = append(s.Offers, Offer{words, "/products"})
		case key == "say.offer.help":
			s.Offers = append(s.Offers, Offer{words, "/help"})
		case key == "say.ask.strength":
			s.Strength = true
		case strings.HasPrefix(key, "say.rests."):
			s.Rests = append(s.Rests, words)
		case begins(key, aheadOf):
			s.Ahead = append(s.Ahead, words)
		default:
			s.Now = append(s.Now, words)
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
