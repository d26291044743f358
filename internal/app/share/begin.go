package share

import (
	"context"
	"crypto/ed25519"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/shl"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// Begun is a share that stands in the journal.
type Begun struct {
	ID journal.ID
	// Waits says why its first version has not arrived; nil where it has. RenewDue
	// tries again.
	Waits error
}

// Begin signs a draft with a name, writes the share into the journal and brings its
// first version to the person's host: sealed to the recipient's key, who gets a
// letter about it, or behind a link. An error says that nothing was begun.
func (s *Sharing) Begin(ctx context.Context, d *Draft, signature string) (Begun, error) {
	sh, err := s.signed(ctx, d, signature)
	if err != nil {
		return Begun{}, err
	}
	if err := s.lay(ctx, sh); err != nil {
		return Begun{}, err
	}
	j, err := s.App.Read(ctx)
	if err != nil {
		return Begun{}, err
	}
	// What cannot be sealed, being too long, is not begun.
	if _, err := s.body(ctx, j, sh, 1); err != nil {
		return Begun{}, err
	}
	id, err := s.write(ctx, sh)
	if err != nil {
		return Begun{}, err
	}
	return Begun{ID: id, Waits: s.deliver(ctx, id)}, nil
}

// signed is a share with its consent complete.
func (s *Sharing) signed(ctx context.Context, d *Draft, signature string) (*journal.Share, error) {
	now := s.App.Now(ctx)
	consent := d.consent(s.Texts.Match(d.Language), now)
	if err := check(&consent, journal.DateOf(now)); err != nil {
		return nil, err
	}
	consent.Signed, consent.SignedAt = clean(signature), now.Round(0).Truncate(time.Second)
	for _, missing := range care.Missing(&consent, care.EditionOn(journal.DateOf(now))) {
		return nil, fault.New(fault.Invalid, "share.missing."+missing.ID)
	}
	sh := &journal.Share{Consent: consent, Form: d.Form, Renew: d.Renew}
	if sh.Renew == "" {
		sh.Renew = "by_hand"
	}
	if d.Form != "sealed" {
		return sh, nil
	}
	if d.Card == nil {
		return nil, fault.New(fault.Invalid, "share.missing.recipient")
	}
	card := journal.ShareCard(*d.Card)
	sh.To = &card
	return sh, nil
}

// lay draws the place of a share on the person's host, and its keys.
func (s *Sharing) lay(ctx context.Context, sh *journal.Share) error {
	base, log, _, err := union.Reach(ctx, s.Union, s.Dial)
	if fault.Is(err, fault.NotFound) {
		return fault.Wrap(err, fault.NotFound, "share.no_host")
	}
	if err != nil {
		return err
	}
	address, err := s.draw(len(wire.Address{}))
	if err != nil {
		return err
	}
	key, err := s.draw(shl.KeySize)
	if err != nil {
		return err
	}
	sh.Host, sh.Log, sh.Address = base, logName(log), wire.Address(address).String()
	switch sh.Form {
	case "sealed":
		sh.Sender = key // a seed of Ed25519 has as many bytes
	case "link":
		sh.Key = key
		return link(sh).Check()
	}
	return nil
}

// write puts a share and its first version into the journal: both or none.
func (s *Sharing) write(ctx context.Context, sh *journal.Share) (journal.ID, error) {
	saved, err := s.App.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		id := tx.NewID()
		return []app.Draft{{ID: id, Event: journal.Event{Body: sh}}, {Event: journal.Event{Body: disclosure(id, sh, 1)}}}, nil
	})
	if err != nil {
		return journal.ID{}, err
	}
	return saved.IDs[0], nil
}

// disclosure is the record of one version.
func disclosure(id journal.ID, sh *journal.Share, number int) *journal.Disclosure {
	c := &sh.Consent
	return &journal.Disclosure{Share: id, Number: number, Recipient: c.Recipient, Purpose: c.Purpose, Parts: c.Parts, Sections: c.Sections}
}

// end is the moment at which a share ends by itself: when its last day is over where
// it was signed.
func end(sh *journal.Share) time.Time {
	day := sh.Consent.Until.Add(1).Time()
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, sh.Consent.SignedAt.Location())
}

// link is the SMART Health Link of a share by link: it has one file, of which newer
// versions may come.
func link(sh *journal.Share) shl.Link {
	return shl.Link{URL: strings.TrimSuffix(sh.Host, "/") + "/s/" + sh.Address, Key: [shl.KeySize]byte(sh.Key), Exp: end(sh).Unix(), Flag: "LU"}
}

// Link is what opens a share by link; fault.Invalid for another one, and
// fault.NotFound for one that was ended or is over.
func (s *Sharing) Link(ctx context.Context, id journal.ID) (shl.Link, error) {
	sh, _, err := s.find(ctx, id)
	switch {
	case err != nil:
		return shl.Link{}, err
	case sh.Share().Form != "link":
		return shl.Link{}, fault.New(fault.Invalid, "share.no_link")
	case sh.Ended() || sh.Over(journal.DateOf(s.App.Now(ctx))):
		return shl.Link{}, fault.New(fault.NotFound, "share.ended")
	}
	return link(sh.Share()), nil
}

// sender is the key that signs a share.
func sender(sh *journal.Share) ed25519.PrivateKey { return ed25519.NewKeyFromSeed(sh.Sender) }
