package caseload

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/journal"
)

// State is how a share stands.
type State string

// The states of a share.
const (
	Waiting State = "waiting" // no version was fetched
	Holds   State = "holds"
	Over    State = "over" // the person ended it, or its last day is past
)

// Row is one person on the list.
type Row struct {
	ID      string `json:"id"`
	Patient string `json:"patient"`
	State   State  `json:"state"`
	// Made is when the newest version was made; zero where there is none. Until is
	// the last day of the consent; empty where it is not known.
	Made time.Time `json:"made,omitzero"`
	// Asked is when the share's host last answered; zero for never.
	Asked time.Time    `json:"asked,omitzero"`
	Until journal.Date `json:"until,omitempty"`
	// Open are the reasons to look that nobody acknowledged, Seen those that
	// somebody did, and Told what is worth knowing and asks for nothing.
	Open []Reason `json:"open,omitempty"`
	Seen []Reason `json:"seen,omitempty"`
	Told []Reason `json:"told,omitempty"`
	// Unknown is what could not be looked at, and why: it is not shared, or too
	// little of it is known.
	Unknown []journal.Phrase `json:"-"`
	// Contact, Rough and Plan are what was looked at.
	Contact ContactLook `json:"contact"`
	Rough   RoughLook   `json:"rough"`
	Plan    PlanLook    `json:"plan"`
	Scores  []ScoreLook `json:"scores,omitempty"`
	// ScoresShared says that scores are shared, be there any or not.
	ScoresShared bool `json:"scores_shared"`
	// Flagged counts the red flags; Shared says that they are shared.
	Flagged struct {
		Shared bool `json:"shared"`
		N      int  `json:"n"`
	} `json:"flagged"`
	consentSoon bool
}

// look gathers what there is to say of one share.
type look struct {
	*Row
	p       *care.Projection
	now     time.Time
	today   journal.Date
	reasons []Reason
}

func (l *look) add(k Kind, key string, order int, text string, args ...any) *Reason {
	l.reasons = append(l.reasons, Reason{Kind: k, Key: string(k) + "/" + key, Order: order, Says: journal.Phrase{Key: "caseload." + text, Args: args}})
	return &l.reasons[len(l.reasons)-1]
}

func (l *look) unknown(text string, args ...any) {
	l.Unknown = append(l.Unknown, journal.Phrase{Key: "caseload.unknown." + text, Args: args})
}

// Shown is what may be shown of a share at now: its newest version while it
// holds; nil from the day after its last, or once it was ended.
func Shown(r *care.Received, now time.Time) *care.Projection {
	if r.Shown == nil || !r.Ended.IsZero() || past(r.Shown.Consent.Until, journal.DateOf(now)) {
		return nil
	}
	return r.Shown
}

func past(until, today journal.Date) bool { return valid(until) && until < today }

// Of is the list at now: who needs a look first, by the order of the table.
func Of(list []care.Received, now time.Time) []Row {
	rows := make([]*sorted, len(list))
	var workers sync.WaitGroup
	parts := runtime.GOMAXPROCS(0)
	for part := range parts {
		workers.Go(func() {
			for i := part; i < len(list); i += parts {
				row := One(&list[i], now)
				rows[i] = &sorted{row, strings.ToLower(row.Patient)}
			}
		})
	}
	workers.Wait()
	slices.SortFunc(rows, compareRows)
	out := make([]Row, len(rows))
	for i, r := range rows {
		out[i] = r.Row
	}
	return out
}

// sorted is a row with the name that it is sorted by.
type sorted struct {
	Row
	name string
}

// One is the row of one share.
func One(r *care.Received, now time.Time) Row {
	row := Row{ID: r.ID, Patient: r.Patient, State: Waiting, Asked: r.Asked}
	l := look{Row: &row, p: Shown(r, now), now: now, today: journal.DateOf(now)}
	if r.Shown != nil {
		row.Until = r.Shown.Consent.Until
		if name := r.Shown.Consent.Patient; name != "" {
			row.Patient = name
		}
	}
	switch {
	case !r.Ended.IsZero():
		row.State = Over
		day := journal.DateOf(r.Ended)
		l.add(Ended, string(day), -dayNumber(day), "ended", "day", day)
	case r.Shown != nil && l.p == nil:
		row.State = Over
		l.add(Ended, "until/"+string(row.Until), -dayNumber(row.Until), "over", "day", row.Until)
	case l.p == nil:
		l.fetching(r)
	default:
		row.State, row.Made = Holds, l.p.Made
		l.all(r)
	}
	acknowledge(l.reasons, r.Acknowledged, now)
	slices.SortFunc(l.reasons, compare)
	for _, reason := range l.reasons {
		switch {
		case !table[rank(reason.Kind)].Look:
			row.Told = append(row.Told, reason)
		case reason.Acknowledged.IsZero():
			row.Open = append(row.Open, reason)
		default:
			row.Seen = append(row.Seen, reason)
		}
	}
	return row
}

func (l *look) all(r *care.Received) {
	l.flags()
	l.scores()
	l.rough()
	l.contact()
	l.plan()
	l.consent()
	l.asked(r)
}

// compareRows: open reasons before acknowledged ones before none, each by the
// first; shares that ended and have no open reason last; then by name.
func compareRows(a, b *sorted) int {
	if c := cmp.Compare(class(&a.Row), class(&b.Row)); c != 0 {
		return c
	}
	if c := compareFirst(a.Open, b.Open); c != 0 {
		return c
	}
	return cmp.Or(compareFirst(a.Seen, b.Seen), cmp.Compare(a.name, b.name), cmp.Compare(a.ID, b.ID))
}

func class(r *Row) int {
	switch {
	case len(r.Open) > 0:
		return 0
	case r.State == Over:
		return 3
	case len(r.Seen) > 0:
		return 1
	}
	return 2
}

// compareFirst compares the first reasons, without their keys: two people with the
// same reason stand by name.
func compareFirst(a, b []Reason) int {
	if len(a) == 0 || len(b) == 0 {
		return cmp.Compare(len(b), len(a))
	}
	return cmp.Or(cmp.Compare(rank(a[0].Kind), rank(b[0].Kind)), order(a[0].Now, b[0].Now), cmp.Compare(a[0].Order, b[0].Order))
}
