package desk

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"strings"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/care/audit"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
	"github.com/evenkeel/evenkeel/internal/vault/fingerprint"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Shown is the desk's card as people are shown it.
type Shown struct {
	Card care.Card `json:"card"`
	// Code leads to the card, and to no other.
	Code string `json:"code"`
	// Words and Digits stand for the card's key; people compare them face to face.
	Words  []string `json:"words"`
	Digits string   `json:"digits"`
}

// Start begins the desk's log on a host, where its inbox and its card are, and puts
// the card there. It can be asked again after a lost answer: an invitation is spent on
// one log, which was noted before. A desk that has a place is fault.Conflict.
func (d *Desk) Start(ctx context.Context, host, invitation string) error {
	host = strings.TrimRight(strings.TrimSpace(host), "/")
	var log wire.Address
	seed := make([]byte, ed25519.SeedSize)
	for _, b := range [][]byte{log[:], seed} {
		if _, err := io.ReadFull(d.Random, b); err != nil {
			return fault.Wrap(err, fault.Internal, "vault.no_random")
		}
	}
	p := &place{Host: host, Log: log.String(), Seed: seed}
	if _, err := d.dial(p); err != nil {
		return err
	}
	d.mu.Lock()
	_, err := d.writeLines(ctx, func(s *state) ([]event, []audit.Line, error) {
		switch {
		case s.place == nil || !s.placed && s.place.Host != host:
			return []event{{Kind: kindPlace, Place: p}}, nil, nil
		case s.placed:
			return nil, nil, fault.New(fault.Conflict, "desk.started")
		}
		p = s.place
		return nil, nil, nil
	})
	d.mu.Unlock()
	if err != nil {
		return err
	}
	line, err := d.dial(p)
	if err != nil {
		return err
	}
	if err := line.Begin(ctx, invitation); err != nil {
		return err
	}
	if err := d.Publish(ctx); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	_, err = d.write(ctx, audit.Line{Action: audit.Start}, func(*state) ([]event, error) {
		return []event{{Kind: kindPlaced}}, nil
	})
	return err
}

func (d *Desk) dial(p *place) (Line, error) {
	log, err := wire.ParseAddress(p.Log)
	if err != nil || len(p.Seed) != ed25519.SeedSize {
		return nil, fault.New(fault.Corrupt, "desk.place_damaged")
	}
	return d.Dial(p.Host, log, ed25519.NewKeyFromSeed(p.Seed))
}

// line is the way to the desk's own log on its host.
func (d *Desk) line(ctx context.Context) (line Line, after int64, err error) {
	var at place
	err = d.read(ctx, func(s *state) error {
		if s.place == nil {
			return notStarted()
		}
		at, after = *s.place, s.after
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	line, err = d.dial(&at)
	return line, after, err
}

func notStarted() error { return fault.New(fault.NotFound, "desk.not_started") }

// Publish puts the card on the host, in place of the one before.
func (d *Desk) Publish(ctx context.Context) error {
	_, body, err := d.card(ctx)
	if err != nil {
		return err
	}
	line, _, err := d.line(ctx)
	if err != nil {
		return err
	}
	return line.PutCard(ctx, body)
}

// Card is the desk's card with its code. A desk without a place on a host has none:
// fault.NotFound.
func (d *Desk) Card(ctx context.Context) (Shown, error) {
	card, body, err := d.card(ctx)
	if err != nil {
		return Shown{}, err
	}
	sum := sha256.Sum256(body)
	return Shown{
		Card:   card,
		Code:   card.Host + "/#" + card.Inbox + "." + base64.RawURLEncoding.EncodeToString(sum[:]),
		Words:  fingerprint.Words(card.Seal),
		Digits: fingerprint.Digits(card.Seal),
	}, nil
}

// card is the card and its bytes, which are the same each time.
func (d *Desk) card(ctx context.Context) (card care.Card, body []byte, err error) {
	err = d.read(ctx, func(s *state) error {
		if s.place == nil || len(s.secrets) == 0 {
			return notStarted()
		}
		recipient, err := envelope.ParseRecipient(s.secrets[len(s.secrets)-1])
		if err != nil {
			return err
		}
		card = care.Card{Version: care.CardVersion, Name: s.program.Name, Kind: s.program.Kind, Seal: recipient.Public(), Host: s.place.Host, Inbox: s.place.Log}
		if body, err = json.Marshal(card); err != nil {
			return fault.Wrap(err, fault.Internal, "desk.not_written")
		}
		return nil
	})
	return card, body, err
}

// Placed tells whether the desk has its place on a host.
func (d *Desk) Placed(ctx context.Context) (placed bool, err error) {
	err = d.read(ctx, func(s *state) error { placed = s.placed; return nil })
	return placed, err
}
