package share

import (
	"cmp"
	"context"
	"sync"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// Ended is how far an end has come.
type Ended struct {
	// Destroyed says that the host holds none of it, Told that the recipient has a
	// letter, Closed that they take none any more. A file has none of these: it
	// cannot be called back.
	Destroyed, Told, Closed bool
	// Waits says why one of the two is still to be done; nil where none is. RenewDue
	// tries again.
	Waits error
}

// Revoke takes a share back. It is ended here as soon as this is written, whatever
// the host answers; then the host destroys it, and the recipient of a sealed share
// gets a letter. What was fetched before cannot be called back. An error says that
// nothing was written.
func (s *Sharing) Revoke(ctx context.Context, id journal.ID) (Ended, error) {
	if _, _, err := s.find(ctx, id); err != nil {
		return Ended{}, err
	}
	_, err := s.App.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		for _, sh := range tx.Journal().Shares() {
			if sh.ID == id && sh.Ended() {
				return nil, nil
			}
		}
		return []app.Draft{{Event: journal.Event{Body: &journal.ShareEnd{Share: id}}}}, nil
	})
	if err != nil {
		return Ended{}, err
	}
	return s.finish(ctx, id, false)
}

// finish brings an end that stands in the journal to the host and the recipient.
// Again has the host destroy it though it did before.
func (s *Sharing) finish(ctx context.Context, id journal.ID, again bool) (Ended, error) {
	sh, _, err := s.find(ctx, id)
	if err != nil || !sh.Ended() {
		return Ended{}, err
	}
	e := ended(&sh)
	if sh.Share().Form == "file" {
		return e, nil
	}
	// Both at once: whoever takes something back does not wait for two hosts in turn.
	var both sync.WaitGroup
	var destroying, telling error
	if !e.Destroyed || again {
		both.Go(func() { destroying = s.destroy(ctx, sh.Share()) })
	}
	tell := sh.Share().Form == "sealed" && !e.Told && !e.Closed
	if tell {
		both.Go(func() { telling = s.post(ctx, sh.Share(), true) })
	}
	both.Wait()
	if gone(telling) {
		e.Closed, telling = true, nil
	}
	e.Destroyed, e.Told = destroying == nil, e.Told || tell && telling == nil && !e.Closed
	e.Waits = cmp.Or(destroying, telling)
	return e, s.correct(ctx, sh.Ends[0].ID, func(old journal.Payload) (journal.Payload, bool) {
		was := old.(*journal.ShareEnd)
		now := *was
		now.Destroyed, now.Told, now.Closed = was.Destroyed || e.Destroyed, was.Told || e.Told, was.Closed || e.Closed
		return &now, now != *was
	})
}

// gone reports an inbox that is no more.
func gone(err error) bool {
	key, _ := fault.KeyOf(err)
	return key == "share.no_inbox"
}

func (s *Sharing) destroy(ctx context.Context, sh *journal.Share) error {
	place, err := s.here(ctx, sh)
	if err != nil {
		return err
	}
	address, err := wire.ParseAddress(sh.Address)
	if err != nil {
		return err
	}
	return place.EndShare(ctx, address)
}

// ended is what all ends of a share know together.
func ended(sh *journal.Shared) (e Ended) {
	for _, x := range sh.Ends {
		end := x.ShareEnd()
		e.Destroyed, e.Told, e.Closed = e.Destroyed || end.Destroyed, e.Told || end.Told, e.Closed || end.Closed
	}
	return e
}

// pending reports that a host or a recipient still has to hear of an end. A host
// destroys by itself what is over.
func pending(sh *journal.Shared, today journal.Date) bool {
	e := ended(sh)
	return sh.Share().Form != "file" && (!e.Destroyed && !sh.Over(today) || sh.Share().Form == "sealed" && !e.Told && !e.Closed)
}

// Lying are the shares that still lie on a host, as far as the journal knows: those
// that hold and those whose end the host has not heard of. Who gives up their place on
// the host, or the journal, can end none of them any more.
func Lying(j *journal.Journal, today journal.Date) []journal.ID {
	var list []journal.ID
	for _, sh := range j.Shares() {
		if sh.Share().Form != "file" && !sh.Over(today) && !ended(&sh).Destroyed {
			list = append(list, sh.ID)
		}
	}
	return list
}

// NoneLies is fault.Conflict while something lies on a host: a journal that gives up
// its place there could not end it afterwards.
func NoneLies(ctx context.Context, a *app.App) error {
	j, err := a.Read(ctx)
	if err != nil {
		return err
	}
	if n := len(Lying(j, journal.DateOf(a.Now(ctx)))); n > 0 {
		return fault.New(fault.Conflict, "share.lying", "n", n)
	}
	return nil
}

// EndAll takes everything back that still lies on a host. The first that a host could
// not be told of is the error; all are ended here.
func (s *Sharing) EndAll(ctx context.Context) error {
	j, err := s.App.Read(ctx)
	if err != nil {
		return err
	}
	var first error
	for _, id := range Lying(j, journal.DateOf(s.App.Now(ctx))) {
		e, err := s.Revoke(ctx, id)
		if err != nil {
			return err
		}
		first = cmp.Or(first, e.Waits)
	}
	return first
}
