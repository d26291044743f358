package desk

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/care/audit"
	"github.com/evenkeel/evenkeel/care/caseload"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// Person is one share with what the desk wrote about it.
type Person struct {
	care.Received
	Row caseload.Row `json:"row"`
	// Notes and Seen are from the first to the last.
	Notes []Note `json:"notes"`
	Seen  []Seen `json:"seen"`
}

// Received is every share of the desk, in the order in which they became known. It
// shares what it shows with the desk: it is for reading.
func (d *Desk) Received(ctx context.Context) (list []care.Received, err error) {
	err = d.read(ctx, func(s *state) error {
		list = make([]care.Received, 0, len(s.order))
		for _, id := range s.order {
			list = append(list, s.shares[id].copy())
		}
		return nil
	})
	return list, err
}

func (sh *share) copy() care.Received {
	r := sh.Received
	r.Acknowledged = maps.Clone(r.Acknowledged)
	return r
}

// List is who needs a call, by the order of package caseload.
func (d *Desk) List(ctx context.Context) ([]caseload.Row, error) {
	list, err := d.Received(ctx)
	if err != nil {
		return nil, err
	}
	return caseload.Of(list, d.Clock.Now()), nil
}

// Aggregates are counts for the director. That they were looked at is on record:
// counts of two days can be subtracted from one another.
func (d *Desk) Aggregates(ctx context.Context) (caseload.Aggregate, error) {
	list, err := d.Received(ctx)
	if err != nil {
		return caseload.Aggregate{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.audited(ctx, audit.Line{Action: audit.Aggregates}); err != nil {
		return caseload.Aggregate{}, err
	}
	return caseload.Aggregates(list, d.Clock.Now()), nil
}

// Open gives one person's page, and puts on record that it was opened before it
// shows anything.
func (d *Desk) Open(ctx context.Context, id string) (Person, error) {
	return d.look(ctx, id, audit.Line{Action: audit.Open})
}

// Export gives one person's share for a file of a form, such as "fhir", and puts that
// on record. A share that is over has nothing to give out: fault.NotFound.
func (d *Desk) Export(ctx context.Context, id, form string) (Person, error) {
	p, err := d.look(ctx, id, audit.Line{Action: audit.Export, Detail: form})
	if err == nil && caseload.Shown(&p.Received, d.Clock.Now()) == nil {
		return Person{}, fault.New(fault.NotFound, "desk.nothing_shown")
	}
	return p, err
}

func (d *Desk) look(ctx context.Context, id string, line audit.Line) (p Person, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	line.Subject = id
	_, err = d.write(ctx, line, func(s *state) ([]event, error) {
		if s.shares[id] == nil {
			return nil, noShare()
		}
		return nil, nil
	})
	if err != nil {
		return p, err
	}
	sh := d.book.state.shares[id]
	now := d.Clock.Now()
	p = Person{Received: sh.copy(), Notes: slices.Clone(sh.notes), Seen: slices.Clone(sh.seen)}
	p.Row = caseload.One(&p.Received, now)
	p.Shown = caseload.Shown(&p.Received, now)
	return p, nil
}

func noShare() error { return fault.New(fault.NotFound, "desk.no_share") }

// Match is the id of the share that a text names: an id, or the beginning of one that
// no other has, of eight digits at least.
func (d *Desk) Match(ctx context.Context, text string) (id string, err error) {
	text = strings.ToLower(strings.TrimSpace(text))
	err = d.read(ctx, func(s *state) error {
		if len(text) < shortID {
			return noShare()
		}
		for _, known := range s.order {
			switch {
			case !strings.HasPrefix(known, text):
			case id != "":
				return fault.New(fault.Conflict, "desk.several_shares")
			default:
				id = known
			}
		}
		if id == "" {
			return noShare()
		}
		return nil
	})
	return id, err
}

// shortID is how many digits of an id are enough to name a share.
const shortID = 8

// maxNote bounds a note, in bytes.
const maxNote = 16 << 10

// Note keeps what a member writes about a person, sealed to the program and signed.
func (d *Desk) Note(ctx context.Context, id, text string) (Note, error) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > maxNote || !utf8.ValidString(text) {
		return Note{}, fault.New(fault.Invalid, "desk.note_form", "n", maxNote)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	_, err := d.write(ctx, audit.Line{Action: audit.Note, Subject: id}, func(s *state) ([]event, error) {
		if s.shares[id] == nil {
			return nil, noShare()
		}
		return []event{{Kind: kindNote, Share: id, Text: text}}, nil
	})
	if err != nil {
		return Note{}, err
	}
	notes := d.book.state.shares[id].notes
	return notes[len(notes)-1], nil
}

// maxReason bounds the key of a reason, in bytes.
const maxReason = 200

// Acknowledge keeps that the member saw a reason that is open now, by its key. One
// that is not open is fault.NotFound; one that somebody acknowledged meanwhile is
// fine, and writes nothing.
func (d *Desk) Acknowledge(ctx context.Context, id, reason string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, err := d.writeLines(ctx, func(s *state) ([]event, []audit.Line, error) {
		sh := s.shares[id]
		if sh == nil {
			return nil, nil, noShare()
		}
		row := caseload.One(&sh.Received, d.Clock.Now())
		is := func(r caseload.Reason) bool { return r.Key == reason }
		switch {
		case slices.ContainsFunc(row.Seen, is):
			return nil, nil, nil
		case !slices.ContainsFunc(row.Open, is) || len(reason) > maxReason:
			return nil, nil, fault.New(fault.NotFound, "desk.no_reason")
		}
		return []event{{Kind: kindAcknowledged, Share: id, Text: reason}},
			[]audit.Line{{Action: audit.Acknowledge, Subject: id}}, nil
	})
	return err
}

// Audit is the record of who did what, from the first line to the last.
func (d *Desk) Audit(ctx context.Context) (lines []audit.Line, err error) {
	err = d.read(ctx, func(s *state) error { lines = slices.Clone(s.lines); return nil })
	return lines, err
}

// VerifyAudit checks that the record holds together, and that the log which holds it
// lacks nothing.
func (d *Desk) VerifyAudit(ctx context.Context) (audit.End, error) {
	lines, err := d.Audit(ctx)
	if err != nil {
		return audit.End{}, err
	}
	if err := d.Problem(); err != nil {
		return audit.End{}, err
	}
	return audit.EndOf(lines), audit.Verify(lines, audit.EndOf(lines))
}

// ExportAudit is the record with its end signed by the member at the desk. That it
// was given out is its last line.
func (d *Desk) ExportAudit(ctx context.Context) ([]audit.Line, audit.Seal, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.audited(ctx, audit.Line{Action: audit.ExportAudit}); err != nil {
		return nil, audit.Seal{}, err
	}
	lines := slices.Clone(d.book.state.lines)
	return lines, audit.Sign(audit.EndOf(lines), d.Clock.Now(), d.book.me.Member.ID.String(), d.book.me.Sign), nil
}

// Compare checks a record that was given out against the desk's: that a member signed
// it, and that the desk's own record begins with it.
func (d *Desk) Compare(ctx context.Context, lines []audit.Line, seal audit.Seal) error {
	if _, err := d.VerifyAudit(ctx); err != nil {
		return err
	}
	return d.read(ctx, func(s *state) error {
		signed := slices.ContainsFunc(s.members, func(m Member) bool { return m.ID.String() == seal.By && bytes.Equal(m.Sign, seal.Key) })
		if !signed {
			return fault.New(fault.Corrupt, "desk.audit_signer")
		}
		for i := range lines {
			if i >= len(s.lines) || lines[i].Hash != s.lines[i].Hash {
				return fault.New(fault.Corrupt, "desk.audit_other", "number", lines[i].Number)
			}
		}
		return nil
	})
}
