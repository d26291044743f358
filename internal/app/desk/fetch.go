package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// fetchers is how many shares are asked for at a time.
const fetchers = 8

// fetch asks for every share that was found. Whoever shares one sees how often it was
// asked for, by the program's name.
func (p *poll) fetch(ctx context.Context) {
	// Those of whom something is here come first: who floods the inbox with letters of
	// hosts that do not answer holds nobody up. The order is made before anybody is
	// asked, since what is asked for changes.
	var turn []*found
	for _, new := range []bool{false, true} {
		for _, f := range p.found {
			if f.gone == "" && (f.had == nil) == new {
				turn = append(turn, f)
			}
		}
	}
	next := make(chan *found)
	var workers sync.WaitGroup
	visitors := visitors{desk: p.desk, own: p.own}
	for range fetchers {
		workers.Go(func() {
			for f := range next {
				p.fetchOne(ctx, f, &visitors)
			}
		})
	}
	for _, f := range turn {
		next <- f
	}
	close(next)
	workers.Wait()
}

// fetchWithin bounds one answer, muteAtMost how often a host may not answer before it
// is asked no more in the same poll.
const (
	fetchWithin = 20 * time.Second
	muteAtMost  = 3
)

// visitors keeps one visitor to a host.
type visitors struct {
	desk *Desk
	own  string // the desk's own host
	mu   sync.Mutex
	at   map[string]*visited
}

type visited struct {
	Visitor
	mute atomic.Int32
}

func (v *visitors) to(base string) (*visited, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if at := v.at[base]; at != nil {
		return at, nil
	}
	visit := v.desk.Visit
	if base == v.own && v.desk.VisitOwn != nil {
		visit = v.desk.VisitOwn
	}
	visitor, err := visit(base)
	if err != nil {
		return nil, err
	}
	if v.at == nil {
		v.at = map[string]*visited{}
	}
	v.at[base] = &visited{Visitor: visitor}
	return v.at[base], nil
}

func (p *poll) fetchOne(ctx context.Context, f *found, at *visitors) {
	p.ask(ctx, f, at)
	now := p.desk.Clock.Now()
	switch {
	case f.had != nil && over(f.had, now) && (f.shown == nil || over(f.shown, now)):
		// What is here may be kept no longer, whatever the host says.
		f.gone = "until"
	case f.had == nil && !f.letter && f.shown == nil && now.Sub(f.since) > waitingAtLongest:
		f.gone = "never_came"
	}
	if f.gone != "" {
		f.why, f.mute, f.shown, f.raw = "", false, nil, nil
	}
}

// waitingAtLongest is how long a share of which nothing came is asked for.
const waitingAtLongest = 30 * 24 * time.Hour

func (p *poll) ask(ctx context.Context, f *found, at *visitors) {
	address, err := wire.ParseAddress(f.id)
	if err != nil {
		f.why = "form"
		return
	}
	host, err := at.to(f.host)
	if err != nil {
		f.why = "host" // no address that this desk asks
		return
	}
	if host.mute.Load() >= muteAtMost {
		f.mute = true
		return
	}
	ctx, cancel := context.WithTimeout(ctx, fetchWithin)
	defer cancel()
	switch body, _, err := host.Fetch(ctx, address, p.name); {
	case fault.Is(err, fault.NotFound):
		f.gone = "taken_back"
	case err != nil:
		host.mute.Add(1)
		f.mute = true
	default:
		p.check(f, body)
	}
}

// check looks at what came as a stranger's: that it was sealed to the desk at this
// address by who sent its letter, that it is not older than what is here, and that
// its consent holds and names the desk.
func (p *poll) check(f *found, body []byte) {
	content, sender, err := p.open("evenkeel share 1 "+f.id, body)
	switch {
	case fault.Is(err, fault.NewerVersion):
		f.why = "newer"
		return
	case err != nil:
		f.why = "form"
		return
	case !bytes.Equal(sender, f.sender):
		f.why = "sender"
		return
	}
	shown, why := readProjection(content)
	if why == "" {
		why = p.refusal(f, shown)
	}
	if f.why = why; why == "" {
		f.raw, f.shown = content, shown
	}
}

func readProjection(content []byte) (*care.Projection, string) {
	var v struct {
		Version int `json:"version"`
	}
	if json.Unmarshal(content, &v) != nil {
		return nil, "form"
	}
	if v.Version > care.ProjectionVersion {
		return nil, "newer"
	}
	var shown care.Projection
	if json.Unmarshal(content, &shown) != nil || shown.Version != care.ProjectionVersion || shown.Number < 1 || parts(&shown) > partsAtMost {
		return nil, "form"
	}
	if _, err := journal.ParseDate(string(shown.Consent.Until)); err != nil {
		return nil, "consent"
	}
	return &shown, ""
}

// refusal is why a version is not taken; empty for one that is.
func (p *poll) refusal(f *found, shown *care.Projection) string {
	switch {
	case over(shown, p.desk.Clock.Now()):
		return "consent"
	case shown.Consent.Recipient != p.name:
		return "recipient"
	case f.had != nil && newer(f.had, shown):
		return "older"
	}
	return ""
}

// partsAtMost bounds the elements of a projection: little text can be many of them,
// and each takes memory. Ten years of days with all that they can hold are fewer.
const partsAtMost = 50_000

func parts(p *care.Projection) int {
	n := len(p.Scores) + len(p.Answers) + len(p.Trends) + len(p.Flags) + len(p.Sheet) + len(p.Consent.Parts) + len(p.Consent.Sections) + len(p.Consent.Stated)
	for i := range p.Answers {
		n += len(p.Answers[i].Answers)
	}
	for i := range p.Trends {
		n += len(p.Trends[i].Amounts)
	}
	if p.Plan != nil {
		n += len(p.Plan.Steps)
	}
	for i := range p.Sheet {
		for _, b := range p.Sheet[i].Blocks {
			n += 1 + len(b.List) + len(b.Columns)
			for _, row := range b.Rows {
				n += 1 + len(row)
			}
		}
	}
	return n
}
