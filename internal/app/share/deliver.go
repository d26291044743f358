package share

import (
	"context"
	"encoding/json"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/shl"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// What an envelope is for; a letter never opens as a share, nor one share as another.
const (
	LetterContext = "evenkeel letter 1"
	shareContext  = "evenkeel share 1 "
)

// ShareContext is what the envelope of a share at an address is sealed for.
func ShareContext(address string) string { return shareContext + address }

// deliver brings out what the journal says of a share and the host may not have: its
// newest version, and the letter about it. It can be stopped at any moment and begun
// again.
func (s *Sharing) deliver(ctx context.Context, id journal.ID) error {
	sh, j, err := s.find(ctx, id)
	if err != nil || sh.Ended() || sh.Over(journal.DateOf(s.App.Now(ctx))) || sh.Share().Form == "file" || len(sh.Disclosures) == 0 {
		return err
	}
	newest := sh.Disclosures[len(sh.Disclosures)-1]
	if !newest.Disclosure().Arrived {
		if err := s.put(ctx, j, &sh, newest.Disclosure().Number); err != nil {
			return err
		}
		if err := s.noted(ctx, newest.ID, func(d *journal.Disclosure) { d.Arrived = true }); err != nil {
			return err
		}
	}
	if sh.Share().Form == "sealed" && !told(&sh) {
		if err := s.post(ctx, sh.Share(), false); err != nil {
			return err
		}
		if err := s.noted(ctx, newest.ID, func(d *journal.Disclosure) { d.Told = true }); err != nil {
			return err
		}
	}
	// Whoever ended it meanwhile, in another window, may have been quicker at the host.
	if sh, _, err = s.find(ctx, id); err == nil && sh.Ended() {
		_, err = s.finish(ctx, id, true)
	}
	return err
}

// told reports that the recipient has a letter about a share.
func told(sh *journal.Shared) bool {
	for _, d := range sh.Disclosures {
		if d.Disclosure().Told {
			return true
		}
	}
	return false
}

// noted corrects the record of a version.
func (s *Sharing) noted(ctx context.Context, id journal.ID, change func(*journal.Disclosure)) error {
	return s.correct(ctx, id, func(old journal.Payload) (journal.Payload, bool) {
		was := old.(*journal.Disclosure)
		d := *was
		change(&d)
		return &d, d.Arrived != was.Arrived || d.Told != was.Told
	})
}

// put makes a version and lays it on the host.
func (s *Sharing) put(ctx context.Context, j *journal.Journal, shared *journal.Shared, number int) error {
	sh := shared.Share()
	place, err := s.here(ctx, sh)
	if err != nil {
		return err
	}
	address, err := wire.ParseAddress(sh.Address)
	if err != nil {
		return err
	}
	kind := wire.ShareSealed
	if sh.Form == "link" {
		kind = wire.ShareLink
	}
	body, err := s.body(ctx, j, sh, number)
	if err != nil {
		return err
	}
	err = place.PutShare(ctx, address, kind, end(sh), body)
	if fault.Is(err, fault.NotFound) {
		return fault.Wrap(err, fault.NotFound, "share.ended_there")
	}
	return err
}

// body is a version as it lies on a host: of the journal as it is, sealed.
func (s *Sharing) body(ctx context.Context, j *journal.Journal, sh *journal.Share, number int) ([]byte, error) {
	p, err := project(j, s.App.Now(ctx), s.Texts.Match(sh.Consent.Language), &sh.Consent, number)
	if err != nil {
		return nil, err
	}
	if sh.Form == "link" {
		return s.jwe(p, sh)
	}
	plain, err := json.Marshal(p)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "share.none")
	}
	return envelope.Seal(sh.To.Seal, sender(sh), ShareContext(sh.Address), plain)
}

// jwe is a version as a FHIR document, encrypted with the share's own key.
func (s *Sharing) jwe(p care.Projection, sh *journal.Share) ([]byte, error) {
	bundle, err := s.Bundle(p, s.Texts)
	if err != nil {
		return nil, err
	}
	text, err := shl.Encode(bundle, fhirType, [shl.KeySize]byte(sh.Key), s.Random)
	return []byte(text), err
}

// fhirType is the content type of a FHIR document.
const fhirType = "application/fhir+json"

// post leaves a letter in the recipient's inbox: where the share lies, or that it was
// ended.
func (s *Sharing) post(ctx context.Context, sh *journal.Share, ended bool) error {
	letter := care.Letter{Version: care.LetterVersion, Host: sh.Host, Address: sh.Address, Patient: sh.Consent.Patient, Ended: ended}
	plain, err := json.Marshal(letter)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "share.none")
	}
	sealed, err := envelope.Seal(sh.To.Seal, sender(sh), LetterContext, plain)
	if err != nil {
		return err
	}
	inbox, err := wire.ParseAddress(sh.To.Inbox)
	if err != nil {
		return err
	}
	visitor, err := s.Visit(sh.To.Host)
	if err != nil {
		return err
	}
	err = visitor.Post(ctx, inbox, sealed)
	if fault.Is(err, fault.NotFound) {
		return fault.Wrap(err, fault.NotFound, "share.no_inbox", "name", sh.To.Name)
	}
	return err
}
