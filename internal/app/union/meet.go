package union

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/vault/cpace"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Rendezvous reaches a host for a device that has no more than a short code.
type Rendezvous interface {
	Meeting(ctx context.Context, place wire.Place) (message []byte, err error)
	Answer(ctx context.Context, place wire.Place, reply []byte) error
	MeetingNote(ctx context.Context, place wire.Place) ([]byte, error)
}

// Meeting waits for another device to type a short code. The code is one try: after
// a wrong one, or five minutes, it is over.
type Meeting struct {
	Code  string
	Host  string
	Until time.Time

	u      *Union
	place  wire.Place
	side   *cpace.Initiator
	agreed []byte // with whoever has the code; nil until they answered
}

func termsOf(code vault.PairingCode) cpace.Terms {
	return cpace.Terms{Password: code.Secret(), Channel: []byte("evenkeel meeting 1"), Session: []byte(code.Place())}
}

// Meet makes a short code and opens its meeting on the host. Whoever types the code
// within five minutes can join, so it is shown to nobody else.
func (u *Union) Meet(ctx context.Context) (*Meeting, error) {
	s, err := load(ctx, u.App, u.Notes)
	if err != nil {
		return nil, err
	}
	line, err := u.Dial(s.Base, s.address(), s.key())
	if err != nil {
		return nil, err
	}
	for try := 0; ; try++ {
		code, err := vault.DrawPairing(u.Random)
		if err != nil {
			return nil, err
		}
		m := &Meeting{Code: code.String(), Host: s.Base, Until: u.Clock.Now().Add(wire.MeetingLasts), u: u, place: wire.Place(code.Place())}
		if m.side, err = cpace.Start(u.Random, termsOf(code)); err != nil {
			return nil, err
		}
		err = line.OpenMeeting(ctx, wire.Place(code.Place()), m.side.Message())
		if err == nil {
			return m, nil
		}
		if !fault.Is(err, fault.Conflict) || try == tries {
			return nil, err
		}
		// Others meet at this place; another one is drawn.
	}
}

// Look asks once whether another device answered, and hands over to it what it needs
// to join. Met tells that it did. Done is the synchronisation before it. A wrong
// code, and one whose time is over, is an error that ends the meeting.
func (m *Meeting) Look(ctx context.Context) (met bool, done Done, err error) {
	if m.u.Clock.Now().After(m.Until) {
		return false, done, errOver
	}
	s, err := load(ctx, m.u.App, m.u.Notes)
	if err != nil {
		return false, done, err
	}
	line, err := m.u.Dial(s.Base, s.address(), s.key())
	if err != nil {
		return false, done, err
	}
	if m.agreed == nil {
		if err := m.agree(ctx, line); err != nil || m.agreed == nil {
			return false, done, err
		}
	}
	code, _, done, err := m.u.Invite(ctx)
	if err != nil {
		return false, done, err
	}
	noteKey, err := m.u.noteKey(m.agreed)
	if err != nil {
		return false, done, err
	}
	defer noteKey.Wipe()
	note, err := noteKey.Seal(nil, port.PersonID{}, noteID, []byte(code))
	if err != nil {
		return false, done, err
	}
	return true, done, line.CloseMeeting(ctx, m.place, note)
}

// agree reads what somebody answered, if anybody did.
func (m *Meeting) agree(ctx context.Context, line Line) error {
	reply, err := line.MeetingReply(ctx, m.place)
	if fault.Is(err, fault.NotFound) {
		return fault.Wrap(err, fault.NotFound, "union.meeting_over")
	}
	if err != nil || len(reply) == 0 {
		return err
	}
	if m.agreed, err = m.side.Finish(reply); err != nil {
		// Whoever answered is told, as well as can be.
		_ = line.CloseMeeting(ctx, m.place, nil)
		return fault.Wrap(err, fault.Invalid, "union.meeting_guessed")
	}
	return nil
}

var errOver = fault.New(fault.NotFound, "union.meeting_over")

// lookEvery is how often a device asks whether the other one answered.
const lookEvery = 2 * time.Second

// Wait looks until another device joined.
func (m *Meeting) Wait(ctx context.Context) (Done, error) {
	for {
		met, done, err := m.Look(ctx)
		if met || err != nil {
			return done, err
		}
		if err := pause(ctx, lookEvery); err != nil {
			return done, err
		}
	}
}

// noteKey is the key of the note that a meeting hands over.
func (u *Union) noteKey(agreed []byte) (*vault.Key, error) {
	key, err := hkdf.Key(sha256.New, agreed, nil, "evenkeel meeting note 1", 32)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "vault.key_unusable")
	}
	defer clear(key)
	return vault.KeyOf([32]byte(key), u.Random), nil
}

// IsShort tells a short code, as somebody typed it, from a whole one and from what
// is none.
func IsShort(code string) bool {
	_, err := vault.ParsePairing(code)
	key, _ := fault.KeyOf(err)
	return err == nil || key == "vault.pairing_typo"
}

// JoinShort joins, as Join, by the short code that another device shows and the
// address of its host. A code is one try: after a typing mistake that the check does
// not notice, another one is made.
func (u *Union) JoinShort(ctx context.Context, base, text string) (Done, error) {
	if _, err := u.begun(ctx); err != nil {
		return Done{}, err
	}
	code, err := vault.ParsePairing(text)
	if err != nil {
		return Done{}, err
	}
	base = hostOf(base)
	at, err := u.Visit(base)
	if err != nil {
		return Done{}, err
	}
	place := wire.Place(code.Place())
	message, err := at.Meeting(ctx, place)
	if err != nil {
		return Done{}, shortOver(err)
	}
	reply, key, err := cpace.Respond(u.Random, termsOf(code), message)
	if err != nil {
		return Done{}, err
	}
	if err := at.Answer(ctx, place, reply); err != nil {
		return Done{}, shortOver(err)
	}
	long, err := u.awaitNote(ctx, at, place, key)
	if err != nil {
		return Done{}, err
	}
	// The host is where it was just reached: the other device may know it by a name
	// that is not good here.
	_, log, secret, err := parseCode(long)
	if err != nil {
		return Done{}, fault.Wrap(err, fault.Corrupt, "union.code_mixed")
	}
	return u.join(ctx, base, log, secret)
}

func shortOver(err error) error {
	if fault.Is(err, fault.NotFound) {
		return fault.Wrap(err, fault.NotFound, "union.code_over")
	}
	return err
}

// awaitNote waits for what the other device hands over.
func (u *Union) awaitNote(ctx context.Context, at Rendezvous, place wire.Place, agreed []byte) (string, error) {
	key, err := u.noteKey(agreed)
	if err != nil {
		return "", err
	}
	defer key.Wipe()
	until := u.Clock.Now().Add(wire.MeetingLasts)
	for wait := lookEvery / 16; ; wait = min(2*wait, lookEvery) {
		note, err := at.MeetingNote(ctx, place)
		switch {
		case fault.Is(err, fault.Invalid):
			return "", fault.Wrap(err, fault.Invalid, "union.code_wrong")
		case err != nil:
			return "", shortOver(err)
		case len(note) > 0:
			plain, err := key.Open(nil, port.PersonID{}, noteID, note)
			if err != nil {
				return "", fault.Wrap(err, fault.Corrupt, "union.code_wrong")
			}
			return string(plain), nil
		case u.Clock.Now().After(until):
			return "", errOver
		}
		if err := pause(ctx, wait); err != nil {
			return "", err
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
