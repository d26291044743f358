package share

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// File is a version of a share that the person hands over themselves: a FHIR
// document, encrypted as behind a link, or in the clear where they chose so.
type File struct {
	ID     journal.ID
	Number int
	// Name is a neutral name for the file, Type its content type.
	Name, Type string
	Content    []byte
	// Key opens it, 43 characters; empty for a file in the clear. It goes another way
	// than the file does.
	Key string
}

// File signs a draft, writes the share into the journal and makes its first version.
// Handed is to be told once it was written out.
func (s *Sharing) File(ctx context.Context, d *Draft, signature string) (File, error) {
	sh, err := s.signed(ctx, d, signature)
	if err != nil {
		return File{}, err
	}
	if !d.Clear {
		if sh.Key, err = s.draw(keySize); err != nil {
			return File{}, err
		}
	}
	sh.Renew = "by_hand"
	id, err := s.write(ctx, sh)
	if err != nil {
		return File{}, err
	}
	return s.again(ctx, id)
}

// FileAgain makes a new version of a file, which the same key opens.
func (s *Sharing) FileAgain(ctx context.Context, id journal.ID) (File, error) {
	sh, _, err := s.find(ctx, id)
	switch {
	case err != nil:
		return File{}, err
	case sh.Share().Form != "file":
		return File{}, fault.New(fault.Invalid, "share.no_file")
	case sh.Ended() || sh.Over(journal.DateOf(s.App.Now(ctx))):
		return File{}, fault.New(fault.NotFound, "share.ended")
	}
	if err := s.next(ctx, id, func(*journal.Shared) bool { return true }); err != nil {
		return File{}, err
	}
	return s.again(ctx, id)
}

const keySize = 32

// again makes the newest version of a file.
func (s *Sharing) again(ctx context.Context, id journal.ID) (File, error) {
	sh, j, err := s.find(ctx, id)
	if err != nil {
		return File{}, err
	}
	number := newest(&sh).Number
	c := s.Texts.Match(sh.Share().Consent.Language)
	p, err := project(j, s.App.Now(ctx), c, &sh.Share().Consent, number)
	if err != nil {
		return File{}, err
	}
	f := File{ID: id, Number: number}
	if len(sh.Share().Key) > 0 {
		f.Name, f.Type, f.Key = fmt.Sprintf("shared-%d.jwe", number), "application/jose", base64.RawURLEncoding.EncodeToString(sh.Share().Key)
		f.Content, err = s.jwe(p, sh.Share())
		return f, err
	}
	f.Name, f.Type = fmt.Sprintf("shared-%d.fhir.json", number), fhirType
	f.Content, err = s.Bundle(p, s.Texts)
	return f, err
}

// Handed notes that a version of a file was written out.
func (s *Sharing) Handed(ctx context.Context, id journal.ID, number int) error {
	sh, _, err := s.find(ctx, id)
	if err != nil {
		return err
	}
	for _, e := range sh.Disclosures {
		if e.Disclosure().Number == number {
			return s.noted(ctx, e.ID, func(d *journal.Disclosure) { d.Arrived = true })
		}
	}
	return fault.New(fault.NotFound, "share.none")
}

// Key opens the versions of a file, 43 characters; empty for one in the clear. A share
// that is no file is fault.Invalid.
func (s *Sharing) Key(ctx context.Context, id journal.ID) (string, error) {
	sh, _, err := s.find(ctx, id)
	if err != nil {
		return "", err
	}
	if sh.Share().Form != "file" {
		return "", fault.New(fault.Invalid, "share.no_file")
	}
	return base64.RawURLEncoding.EncodeToString(sh.Share().Key), nil
}
