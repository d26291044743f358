package union_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/vault/cpace"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// met has two devices meet: one looks while the other joins. It gives the errors of
// both.
func met(t *testing.T, m *union.Meeting, join func() error) (shown, typed error) {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- join() }()
	for {
		select {
		case typed = <-ended:
			if shown == nil {
				_, _, shown = m.Look(t.Context())
			}
			return shown, typed
		default:
		}
		ok, _, err := m.Look(t.Context())
		if ok || err != nil {
			return err, <-ended
		}
		time.Sleep(time.Millisecond)
	}
}

// started is a device whose journal is on the host, and one that is not.
func (w *world) started() (a, b *device) {
	w.t.Helper()
	a, b = w.device(), w.device()
	if _, err := a.Start(w.t.Context(), base, ""); err != nil {
		w.t.Fatal(err)
	}
	return a, b
}

func meet(t *testing.T, d *device) *union.Meeting {
	t.Helper()
	m, err := d.Meet(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (d *device) short(code string) error {
	_, err := d.JoinShort(d.w.t.Context(), base, code)
	return err
}

func TestShortCode(t *testing.T) {
	w := newWorld(t)
	a, b := w.started()
	a.write("from the desk")
	b.write("from the phone")
	_, err := b.Meet(t.Context())
	wantKey(t, "nothing to join", err, "union.not_set_up")
	m := meet(t, a)
	if bare := strings.ReplaceAll(m.Code, "-", ""); len(bare) != 10 || m.Host != base || m.Until.Sub(w.clock.Time) != 5*time.Minute {
		t.Errorf("%+v", m)
	}
	shown, typed := met(t, m, func() error { return b.short(strings.ToLower(" " + m.Code)) })
	if shown != nil || typed != nil {
		t.Fatal(shown, typed)
	}
	a.sync()
	if !maps.Equal(a.plain(), b.plain()) {
		t.Error("they are not the same")
	}
	wantKey(t, "a code twice", w.device().short(m.Code), "union.code_over")
	wantKey(t, "already set up", b.short(m.Code), "union.set_up")
}

// otherSecret is a code of the same place, as somebody would guess it.
func otherSecret(t *testing.T, code string) string {
	t.Helper()
	c, err := vault.ParsePairing(code)
	if err != nil {
		t.Fatal(err)
	}
	c[len(c)-1] ^= 1
	return c.String()
}

// A wrong code is the only try: whoever shows the code says so, and the right one
// is worth nothing any more.
func TestShortCodeGuessed(t *testing.T) {
	w := newWorld(t)
	a, b := w.started()
	m := meet(t, a)
	shown, typed := met(t, m, func() error { return b.short(otherSecret(t, m.Code)) })
	wantKey(t, "shown", shown, "union.meeting_guessed")
	wantKey(t, "typed", typed, "union.code_wrong")
	wantKey(t, "the right code, too late", b.short(m.Code), "union.code_over")
	if len(b.notes.files) > 0 {
		t.Error("it noted something")
	}
	for text, key := range map[string]string{"": "vault.pairing_form", m.Code[1:]: "vault.pairing_form", "!" + m.Code[1:]: "vault.pairing_form"} {
		wantKey(t, text, b.short(text), key)
	}
	if _, err := b.JoinShort(t.Context(), "http://host.example", m.Code); err == nil {
		t.Error("without TLS")
	}
}

func TestShortCodeIsOver(t *testing.T) {
	w := newWorld(t)
	a, b := w.started()
	m := meet(t, a)
	w.minutes(6)
	wantKey(t, "typed", b.short(m.Code), "union.code_over")
	_, _, err := m.Look(t.Context())
	wantKey(t, "shown", err, "union.meeting_over")
	first, second := meet(t, a), meet(t, a)
	_, _, err = first.Look(t.Context())
	wantKey(t, "shown before a newer one", err, "union.meeting_over")
	wantKey(t, "a newer one was made", b.short(first.Code), "union.code_over")
	if shown, typed := met(t, second, func() error { return b.short(second.Code) }); shown != nil || typed != nil {
		t.Error(shown, typed)
	}
}

// between is a host that sits between two devices and does not know the code.
type between struct {
	union.Line
	union.Rendezvous
	message []byte                     // given to who joins, in place of the device's
	reply   func(honest []byte) []byte // given to the device, in place of the honest one
	note    func(honest []byte) []byte // given to who joins
	seen    map[string][]byte          // what it could write down
}

func (h *between) OpenMeeting(ctx context.Context, place wire.Place, message []byte) error {
	h.seen["message"] = message
	return h.Line.OpenMeeting(ctx, place, message)
}

func (h *between) MeetingReply(ctx context.Context, place wire.Place) ([]byte, error) {
	b, err := h.Line.MeetingReply(ctx, place)
	if len(b) > 0 && h.reply != nil {
		b = h.reply(b)
	}
	return b, err
}

func (h *between) Meeting(ctx context.Context, place wire.Place) ([]byte, error) {
	b, err := h.Rendezvous.Meeting(ctx, place)
	if err == nil && h.message != nil {
		b = h.message
	}
	return b, err
}

func (h *between) Answer(ctx context.Context, place wire.Place, reply []byte) error {
	h.seen["reply"] = reply
	return h.Rendezvous.Answer(ctx, place, reply)
}

func (h *between) MeetingNote(ctx context.Context, place wire.Place) ([]byte, error) {
	b, err := h.Rendezvous.MeetingNote(ctx, place)
	if len(b) > 0 && h.note != nil {
		b = h.note(b)
	}
	return b, err
}

// sit puts the host between two devices.
func (h *between) sit(t *testing.T, a, b *device) {
	t.Helper()
	h.seen = map[string][]byte{}
	dial, visit := a.Dial, b.Visit
	a.Dial = func(base string, log wire.Address, key ed25519.PrivateKey) (union.Line, error) {
		l, err := dial(base, log, key)
		return &between{Line: l, reply: h.reply, seen: h.seen}, err
	}
	b.Visit = func(base string) (union.Rendezvous, error) {
		r, err := visit(base)
		return &between{Rendezvous: r, message: h.message, note: h.note, seen: h.seen}, err
	}
}

// A host that does not know the code can only make devices fail, and each of them
// says so.
func TestHostInTheMiddle(t *testing.T) {
	guess := cpace.Terms{Password: []byte("00000"), Channel: []byte("evenkeel meeting 1"), Session: []byte("0000")}
	side, err := cpace.Start(rand.Reader, guess)
	if err != nil {
		t.Fatal(err)
	}
	guessed, _, err := cpace.Respond(rand.Reader, guess, side.Message())
	if err != nil {
		t.Fatal(err)
	}
	always := func(b []byte) func([]byte) []byte { return func([]byte) []byte { return b } }
	for name, c := range map[string]struct {
		between
		shown, typed string
	}{
		"its own message to who types": {between{message: side.Message()}, "union.meeting_guessed", "union.code_wrong"},
		"its own reply to who shows":   {between{reply: always(guessed)}, "union.meeting_guessed", "union.code_wrong"},
		"no point of the curve":        {between{reply: always(make([]byte, cpace.ReplySize))}, "union.meeting_guessed", "union.code_wrong"},
		"a short reply":                {between{reply: always([]byte{1})}, "union.meeting_guessed", "union.code_wrong"},
		"a message that gives no key":  {between{message: make([]byte, 32)}, "", "vault.cpace_message"},
		"a note of its own":            {between{note: always(make([]byte, 300))}, "", "union.code_wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			a, b := w.started()
			b.write("mine")
			c.sit(t, a, b)
			m := meet(t, a)
			shown, typed := met(t, m, func() error { return b.short(m.Code) })
			wantKey(t, "shown", shown, c.shown)
			wantKey(t, "typed", typed, c.typed)
			if len(b.notes.files) > 0 {
				t.Error("the device that typed noted something")
			}
		})
	}
}

// What was written down of one meeting is worth nothing at another one.
func TestMeetingReplayed(t *testing.T) {
	w := newWorld(t)
	a, b := w.started()
	var spy between
	spy.sit(t, a, b)
	m := meet(t, a)
	if shown, typed := met(t, m, func() error { return b.short(m.Code) }); shown != nil || typed != nil {
		t.Fatal(shown, typed)
	}
	old := spy.seen["reply"]
	again := between{reply: func([]byte) []byte { return old }}
	c := w.device()
	again.sit(t, a, c)
	m = meet(t, a)
	shown, typed := met(t, m, func() error { return c.short(m.Code) })
	wantKey(t, "shown", shown, "union.meeting_guessed")
	wantKey(t, "typed", typed, "union.code_wrong")
}
