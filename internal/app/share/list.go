package share

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// State is where a share stands.
type State string

// The states of a share.
const (
	Waiting State = "waiting" // begun, and something of it has not reached its host
	Holds   State = "holds"
	Over    State = "over"   // its last day has passed
	Ending  State = "ending" // taken back, and a host or recipient has not heard
	Taken   State = "taken"  // taken back
	Handed  State = "handed" // a file: who has it has it
)

// Item is a share on the person's list. It has none of its keys.
type Item struct {
	ID      journal.ID
	Begun   time.Time
	Consent journal.Consent
	Form    string
	Renew   string
	State   State
	// Versions were written out, the last at Last.
	Versions int
	Last     time.Time
	// OnHost is what the host says of it; nil where it was not asked, or has none.
	OnHost *wire.ShareState
}

// List is what the person shared, the last first. With ask the host is asked how
// often each was fetched; where it does not answer, the list is whole without, and
// away says why.
func (s *Sharing) List(ctx context.Context, ask bool) (list []Item, away, err error) {
	shares, err := s.Shares(ctx)
	if err != nil {
		return nil, nil, err
	}
	on := map[string]*wire.ShareState{}
	if ask && len(shares) > 0 {
		var states []wire.ShareState
		states, away = s.ask(ctx)
		for i := range states {
			on[states[i].At.String()] = &states[i]
		}
		if fault.Is(away, fault.NotFound) {
			away = nil // this journal has no host, so there is none to ask
		}
	}
	today := journal.DateOf(s.App.Now(ctx))
	for i := range shares {
		sh := &shares[i]
		item := Item{ID: sh.ID, Begun: sh.At, Consent: sh.Share().Consent, Form: sh.Share().Form, Renew: sh.Share().Renew, State: state(sh, today), Versions: len(sh.Disclosures)}
		if n := len(sh.Disclosures); n > 0 {
			item.Last = sh.Disclosures[n-1].At
		}
		if a := sh.Share().Address; a != "" {
			item.OnHost = on[a]
		}
		list = append(list, item)
	}
	return list, away, nil
}

func state(sh *journal.Shared, today journal.Date) State {
	switch {
	case sh.Ended() && pending(sh, today):
		return Ending
	case sh.Ended():
		return Taken
	case sh.Over(today):
		return Over
	case sh.Share().Form == "file":
		return Handed
	case waits(sh):
		return Waiting
	}
	return Holds
}

// ask has the person's host say what lies there of their log.
func (s *Sharing) ask(ctx context.Context) ([]wire.ShareState, error) {
	_, _, place, err := union.Reach(ctx, s.Union, s.Dial)
	if err != nil {
		return nil, err
	}
	return place.Shares(ctx)
}

// Disclosed is one line of the accounting: a version that was written out.
type Disclosed struct {
	journal.Disclosure
	Form string
	// At is when it was begun.
	At time.Time
}

// Disclosures are all versions that were ever written out, the last first.
func (s *Sharing) Disclosures(ctx context.Context) ([]Disclosed, error) {
	shares, err := s.Shares(ctx)
	if err != nil {
		return nil, err
	}
	var list []Disclosed
	for i := range shares {
		for _, e := range shares[i].Disclosures {
			list = append(list, Disclosed{*e.Disclosure(), shares[i].Share().Form, e.At})
		}
	}
	slices.SortStableFunc(list, func(a, b Disclosed) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.Number, a.Number)) })
	return list, nil
}
