package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/care/audit"
	"github.com/evenkeel/evenkeel/care/caseload"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
)

// Polled says what a poll did.
type Polled struct {
	// Received are new shares, Replaced those with a newer version, Unchanged those
	// that are as they were: ids.
	Received  []string `json:"received"`
	Replaced  []string `json:"replaced"`
	Unchanged int      `json:"unchanged"`
	// Ended are shares that were taken back or whose last day is past: what they
	// showed is destroyed.
	Ended []string `json:"ended"`
	// Silent are shares whose host did not answer, Refused those of which something
	// came that was not taken, and why.
	Silent  []string  `json:"silent"`
	Refused []Refusal `json:"refused"`
	// Junk counts letters that tell of no share: not to this desk, damaged, or of one
	// that is not theirs.
	Junk int `json:"junk"`
	// More says that letters are left for the next poll.
	More bool `json:"more"`
}

// Refusal is something that came and was not taken. Why is "sender", "older", "form",
// "newer", "consent" or "recipient".
type Refusal struct {
	Share string `json:"share"`
	Why   string `json:"why"`
}

// Poll reads the inbox, fetches every share that holds, and destroys what ended.
// Whatever a letter or a share holds, it changes nothing but the share that it is
// about; what is not understood is counted and left out.
func (d *Desk) Poll(ctx context.Context) (Polled, error) {
	d.polling.Lock()
	defer d.polling.Unlock()
	done := Polled{Received: []string{}, Replaced: []string{}, Ended: []string{}, Silent: []string{}, Refused: []Refusal{}}
	line, after, err := d.line(ctx)
	if err != nil {
		return done, err
	}
	p, err := d.begin(ctx, &done)
	if err != nil {
		return done, err
	}
	letters, at, err := p.inbox(ctx, line, after)
	if err != nil {
		return done, err
	}
	p.read(letters, &at)
	p.fetch(ctx)
	if err := ctx.Err(); err != nil {
		return done, err
	}
	if err := d.keep(ctx, p, at.last); err != nil {
		return done, err
	}
	return done, at.forget(ctx, line)
}

// poll is one poll under way: what was known when it began, and what came.
type poll struct {
	desk       *Desk
	done       *Polled
	recipients []*envelope.Recipient // the newest first
	name       string                // of the program, as consents have it
	own        string                // the desk's own host
	known      map[string]known
	// found are shares to ask for, known and new ones, in the order in which they are
	// put on record.
	found []*found
}

// known is what the desk knows of a share when a poll begins.
type known struct {
	host   string
	sender []byte
	shown  *care.Projection
	ended  bool
}

// found is a share to ask for, and what came of it.
type found struct {
	id      string
	host    string
	patient string
	sender  []byte
	// letter says that it is new, or that its sender is who has a version of it.
	letter bool
	had    *care.Projection
	since  time.Time

	raw   []byte
	shown *care.Projection
	why   string // it was refused
	gone  string // why it is over; empty while it holds
	mute  bool   // its host did not answer
}

func (d *Desk) begin(ctx context.Context, done *Polled) (*poll, error) {
	p := &poll{desk: d, done: done, known: map[string]known{}}
	err := d.read(ctx, func(s *state) error {
		for _, secret := range slices.Backward(s.secrets) {
			r, err := envelope.ParseRecipient(secret)
			if err != nil {
				return err
			}
			p.recipients = append(p.recipients, r)
		}
		p.name, p.own = s.program.Name, s.place.Host
		for _, id := range s.order {
			sh := s.shares[id]
			p.known[id] = known{sh.host, sh.sender, sh.Shown, !sh.Ended.IsZero()}
			if sh.Ended.IsZero() {
				p.found = append(p.found, &found{id: id, host: sh.host, sender: sh.sender, patient: sh.Patient, had: sh.Shown, since: sh.Since})
			}
		}
		return nil
	})
	return p, err
}

// keep puts on record what came, unless another process did so meanwhile, and then
// that the letters up to last are dealt with.
func (d *Desk) keep(ctx context.Context, p *poll, last int64) error {
	for part := range slices.Chunk(p.found, keptAtOnce) {
		if err := d.keepPart(ctx, p, part); err != nil {
			return err
		}
	}
	done := p.done
	var silent []string
	for _, f := range p.found {
		if f.mute || f.why != "" {
			silent = append(silent, f.id)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	detail := fmt.Sprintf("received=%d replaced=%d unchanged=%d ended=%d silent=%d refused=%d junk=%d",
		len(done.Received), len(done.Replaced), done.Unchanged, len(done.Ended), len(done.Silent), len(done.Refused), done.Junk)
	_, err := d.write(ctx, audit.Line{Action: audit.Poll, Detail: detail}, func(*state) ([]event, error) {
		return []event{{Kind: kindPolled, Polled: &polledEvent{After: last, Silent: silent}}}, nil
	})
	return err
}

// keptAtOnce is how many shares go on record together: enough for speed, few enough
// that a stop loses little.
const keptAtOnce = 100

func (d *Desk) keepPart(ctx context.Context, p *poll, part []*found) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var done Polled // made anew at every try
	_, err := d.writeLines(ctx, func(s *state) (events []event, lines []audit.Line, err error) {
		done = Polled{}
		for _, f := range part {
			e, l := f.keep(s, &done)
			events, lines = append(events, e...), append(lines, l...)
		}
		return events, lines, nil
	})
	if err != nil {
		return err
	}
	all := p.done
	all.Received = append(all.Received, done.Received...)
	all.Replaced = append(all.Replaced, done.Replaced...)
	all.Ended = append(all.Ended, done.Ended...)
	all.Silent = append(all.Silent, done.Silent...)
	all.Refused = append(all.Refused, done.Refused...)
	all.Unchanged += done.Unchanged
	all.Junk += done.Junk
	return nil
}

// keep is what goes on record of one share as the desk stands now.
func (f *found) keep(s *state, done *Polled) (events []event, lines []audit.Line) {
	sh := s.shares[f.id]
	if sh != nil && !sh.Ended.IsZero() {
		return nil, nil // it ended meanwhile
	}
	line := func(a audit.Action, detail string) {
		lines = append(lines, audit.Line{Action: a, Subject: f.id, Detail: detail})
	}
	switch {
	case f.letter && (f.gone != "" || f.why != ""), f.letter && sh != nil && (sh.Shown != nil || f.mute), f.mute && sh == nil && s.waiting() >= waitingAtMost:
		// A letter of a share that is over, or is not theirs, or is known by now; or
		// one too many of which nothing came.
		done.Junk++
		return nil, nil
	case f.gone != "":
		line(audit.Ended, f.gone)
		done.Ended = append(done.Ended, f.id)
		return []event{{Kind: kindEnded, Share: f.id, Text: f.gone}}, lines
	case f.why != "":
		line(audit.Refused, f.why)
		done.Refused = append(done.Refused, Refusal{f.id, f.why})
		return nil, lines
	case f.mute:
		done.Silent = append(done.Silent, f.id)
	case sh != nil && sh.Shown != nil && !newer(f.shown, sh.Shown):
		done.Unchanged++
		return nil, nil
	}
	if f.letter {
		events = append(events, event{Kind: kindLetter, Share: f.id, Letter: &letterEvent{f.host, f.patient, f.sender}})
		line(audit.Received, "")
		done.Received = append(done.Received, f.id)
	}
	if f.shown != nil {
		events = append(events, event{Kind: kindVersion, Share: f.id, Shown: f.raw})
	}
	if f.shown != nil && !f.letter {
		line(audit.Replaced, "")
		done.Replaced = append(done.Replaced, f.id)
	}
	return events, lines
}

// waiting counts the shares of which nothing came yet.
func (s *state) waiting() (n int) {
	for _, sh := range s.shares {
		if sh.Shown == nil && sh.Ended.IsZero() {
			n++
		}
	}
	return n
}

// over says that a share's last day is past.
func over(p *care.Projection, now time.Time) bool {
	return caseload.Shown(&care.Received{Shown: p}, now) == nil
}
