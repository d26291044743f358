package union

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Start begins a log on a host for this journal and brings everything there. The
// address, the key that all devices seal under and this device's own key are drawn
// here. A journal that synchronises already is fault.Conflict.
//
// They are noted before the host is asked, so that asking again after a lost answer
// asks for the same: an invitation is spent on one log.
func (u *Union) Start(ctx context.Context, base, invitation string) (Done, error) {
	base = hostOf(base)
	s, err := u.begun(ctx)
	if err != nil {
		return Done{}, err
	}
	if s == nil || s.Base != base {
		s = &state{Base: base, Log: make([]byte, 32), Secret: make([]byte, 32), Seed: make([]byte, 32)}
		for _, b := range [][]byte{s.Log, s.Secret, s.Seed} {
			if err := u.draw(b); err != nil {
				return Done{}, err
			}
		}
	}
	line, err := u.Dial(s.Base, s.address(), s.key())
	if err != nil {
		return Done{}, err
	}
	if err := s.save(ctx, u.App, u.Notes); err != nil {
		return Done{}, err
	}
	if err := line.Begin(ctx, invitation); err != nil {
		return Done{}, err
	}
	return u.sync(ctx, s)
}

// hostOf is a host's address as somebody typed it, in the form that is kept.
func hostOf(base string) string { return strings.TrimRight(strings.TrimSpace(base), "/") }

// begun is the state of a journal that was started and never saw its host; nil for
// one that was not, or whose note is of a journal that is no more. A journal that
// synchronises is fault.Conflict.
func (u *Union) begun(ctx context.Context) (*state, error) {
	s, err := load(ctx, u.App, u.Notes)
	switch {
	case fault.Is(err, fault.NotFound), fault.Is(err, fault.Corrupt):
		return nil, nil
	case err != nil:
		return nil, err
	case len(s.Seen) > 0 || s.Floor != nil:
		return nil, fault.New(fault.Conflict, "union.set_up")
	}
	return s, nil
}

func (u *Union) draw(b []byte) error {
	if _, err := io.ReadFull(u.Random, b); err != nil {
		return fault.Wrap(err, fault.Internal, "vault.no_random")
	}
	return nil
}

// noteID is the place of a note among sealed records; no record has it.
var noteID = port.RecordID{}

// Invite lets one more device join within five minutes, once. Whoever has the code can join,
// so it is shown to nobody else. Done is the synchronisation before it, for what is
// handed over must be how the log stands.
func (u *Union) Invite(ctx context.Context) (code string, until time.Time, done Done, err error) {
	s, err := load(ctx, u.App, u.Notes)
	if err != nil {
		return "", until, done, err
	}
	if done, err = u.sync(ctx, s); err != nil {
		return "", until, done, err
	}
	secret := make([]byte, 16)
	if err := u.draw(secret); err != nil {
		return "", until, done, err
	}
	g, err := u.guest(secret)
	if err != nil {
		return "", until, done, err
	}
	v := s.view()
	chain := v.chain()
	plain, err := json.Marshal(handed{s.Secret, sighted{v.last(), chain[:]}})
	if err != nil {
		return "", until, done, fault.Wrap(err, fault.Internal, "union.note_damaged")
	}
	defer clear(plain)
	note, err := g.note.Seal(nil, s.address().Person(), noteID, plain)
	if err != nil {
		return "", until, done, err
	}
	line, err := u.Dial(s.Base, s.address(), s.key())
	if err != nil {
		return "", until, done, err
	}
	until = u.Clock.Now().Add(wire.MeetingLasts)
	if err := line.Invite(ctx, g.public(), until, note); err != nil {
		return "", until, done, err
	}
	return s.Base + "#" + base64.RawURLEncoding.EncodeToString(append(append([]byte{}, s.Log...), secret...)), until, done, nil
}

// Join joins the log that a code of another device names. What this journal holds
// already is brought, and what the others hold fetched: both are kept.
func (u *Union) Join(ctx context.Context, code string) (Done, error) {
	if _, err := u.begun(ctx); err != nil {
		return Done{}, err
	}
	base, log, secret, err := parseCode(code)
	if err != nil {
		return Done{}, err
	}
	return u.join(ctx, base, log, secret)
}

func (u *Union) join(ctx context.Context, base string, log, secret []byte) (Done, error) {
	g, err := u.guest(secret)
	if err != nil {
		return Done{}, err
	}
	s := &state{Base: base, Log: log, Seed: make([]byte, 32)}
	line, err := u.Dial(base, s.address(), g.key)
	if err != nil {
		return Done{}, err
	}
	note, err := line.Note(ctx)
	if fault.Is(err, fault.NotFound) {
		return Done{}, fault.Wrap(err, fault.NotFound, "union.code_over")
	}
	if err != nil {
		return Done{}, err
	}
	plain, err := g.note.Open(nil, s.address().Person(), noteID, note)
	if err != nil {
		return Done{}, fault.Wrap(err, fault.Corrupt, "union.code_mixed")
	}
	defer clear(plain)
	var h handed
	if err := json.Unmarshal(plain, &h); err != nil || len(h.Secret) != 32 || len(h.Seen.Chain) != 32 || h.Seen.Last < 0 {
		return Done{}, fault.Wrap(err, fault.Corrupt, "union.code_mixed")
	}
	s.Secret, s.Floor = h.Secret, &h.Seen
	if err := u.draw(s.Seed); err != nil {
		return Done{}, err
	}
	// Noted before the host knows: a stop in between leaves a device that the host
	// does not know, which says so and can be joined anew.
	if err := s.save(ctx, u.App, u.Notes); err != nil {
		return Done{}, err
	}
	if err := u.accept(ctx, line, s); err != nil {
		return Done{}, err
	}
	return u.sync(ctx, s)
}

// accept puts this device in the guest's place. Where the answer was lost, the
// guest is gone and the device is known.
func (u *Union) accept(ctx context.Context, guest Line, s *state) error {
	accepting := guest.Accept(ctx, s.public())
	if accepting == nil {
		return nil
	}
	own, err := u.Dial(s.Base, s.address(), s.key())
	if err != nil {
		return err
	}
	if _, err := own.Devices(ctx); err == nil {
		return nil
	}
	if err := u.Notes.Remove(ctx, noteName); err != nil {
		return err
	}
	return accepting
}
