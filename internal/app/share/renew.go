package share

import (
	"context"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// Renew brings a new version of a share out, of the journal as it is now. One that
// has not arrived yet is tried again instead. A share that was ended or is over is
// fault.NotFound.
func (s *Sharing) Renew(ctx context.Context, id journal.ID) error {
	sh, _, err := s.find(ctx, id)
	if err != nil {
		return err
	}
	if sh.Ended() || sh.Over(journal.DateOf(s.App.Now(ctx))) {
		return fault.New(fault.NotFound, "share.ended")
	}
	if sh.Share().Form == "file" {
		return fault.New(fault.Invalid, "share.file_again")
	}
	if err := s.next(ctx, id, func(*journal.Shared) bool { return true }); err != nil {
		return err
	}
	return s.deliver(ctx, id)
}

// next writes that a new version is to go out, where the last one has arrived, the
// share holds and due agrees. It decides on the journal as it is while nothing else
// is written.
func (s *Sharing) next(ctx context.Context, id journal.ID, due func(*journal.Shared) bool) error {
	today := journal.DateOf(s.App.Now(ctx))
	_, err := s.App.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		for _, sh := range tx.Journal().Shares() {
			if sh.ID != id || sh.Ended() || sh.Over(today) || waits(&sh) || !due(&sh) {
				continue
			}
			return []app.Draft{{Event: journal.Event{Body: disclosure(id, sh.Share(), newest(&sh).Number+1)}}}, nil
		}
		return nil, nil
	})
	return err
}

// newest is the record of the last version; one of number 0 where it was forgotten.
func newest(sh *journal.Shared) *journal.Disclosure {
	if n := len(sh.Disclosures); n > 0 {
		return sh.Disclosures[n-1].Disclosure()
	}
	return &journal.Disclosure{Arrived: true}
}

// waits reports that something of a share that holds has not reached where it
// belongs.
func waits(sh *journal.Shared) bool {
	return !newest(sh).Arrived || sh.Share().Form == "sealed" && !told(sh)
}

// due reports that a share that is renewed by itself has its next version due: a day
// or seven after the last one was begun.
func due(sh *journal.Shared, today journal.Date) bool {
	days := map[string]int{"daily": 1, "weekly": 7}[sh.Share().Renew]
	if n := len(sh.Disclosures); days > 0 && n > 0 {
		return journal.DateOf(sh.Disclosures[n-1].At).DaysUntil(today) >= days
	}
	return days > 0
}

// Step is what RenewDue did for one share.
type Step struct {
	Share journal.ID
	// Did is "renewed", "brought" (what had not arrived) or "ended".
	Did string
	// Err says why it is still to be done; nil where it is done.
	Err error
}

// RenewDue does for all shares what is due and what has not reached its host yet:
// new versions of those that the person renews daily or weekly, letters, ends. Where
// there is none, no host is asked. It is for when a person goes to a host anyway: who
// chose "daily" has asked for it.
func (s *Sharing) RenewDue(ctx context.Context) ([]Step, error) {
	list, err := s.Shares(ctx)
	if err != nil {
		return nil, err
	}
	back := s.backAgain(ctx, list)
	today := journal.DateOf(s.App.Now(ctx))
	var steps []Step
	for i := range list {
		sh := &list[i]
		step := Step{Share: sh.ID}
		switch {
		case sh.Share().Form == "file":
			continue
		case sh.Ended() && (pending(sh, today) || back[sh.Share().Address]):
			step.Did = "ended"
			_, step.Err = s.finish(ctx, sh.ID, back[sh.Share().Address])
		case sh.Ended() || sh.Over(today):
			continue
		case waits(sh):
			step.Did, step.Err = "brought", s.deliver(ctx, sh.ID)
		case due(sh, today):
			step.Did, step.Err = "renewed", s.next(ctx, sh.ID, func(sh *journal.Shared) bool { return due(sh, today) })
			if step.Err == nil {
				step.Err = s.deliver(ctx, sh.ID)
			}
		default:
			continue
		}
		if ctx.Err() != nil {
			return steps, ctx.Err()
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// backAgain are the addresses of ended shares that lie on the host again: a device
// that had not heard of the end brought a version. A host that does not answer has
// none.
func (s *Sharing) backAgain(ctx context.Context, list []journal.Shared) map[string]bool {
	ended := map[string]*journal.Share{}
	for i := range list {
		if sh := list[i].Share(); list[i].Ended() && sh.Form != "file" {
			ended[sh.Address] = sh
		}
	}
	back := map[string]bool{}
	if len(ended) == 0 {
		return back
	}
	for _, state := range s.states(ctx) {
		back[state.At.String()] = ended[state.At.String()] != nil
	}
	return back
}

// states asks the person's host what lies there; nothing where it does not answer.
func (s *Sharing) states(ctx context.Context) []wire.ShareState {
	states, err := s.ask(ctx)
	if err != nil {
		return nil
	}
	return states
}
