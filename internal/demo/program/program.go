package program

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"strconv"
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Who can open the made-up program's desk.
const (
	Member     = "Robin Vale"
	Passphrase = "a made-up desk for trying"
)

const host = "https://host.example"

// perHost is how many shares lie on one host. A host that does not answer is soon
// asked no more in the same poll.
const perHost = 250

// hostOf is where the share of one of the people lies; those of which nothing comes
// have a host of their own.
func hostOf(r *care.Received, i int) string {
	if r.Ended.IsZero() && r.Shown == nil {
		return "https://waiting.example"
	}
	return "https://host-" + strconv.Itoa(i/perHost) + ".example"
}

// Open opens the desk of a made-up program, in memory, to which n made-up people
// sealed and sent what Shares makes up. The letters, the versions and the end of a
// share come by the desk's own way; only the host is a map of this process.
func Open(ctx context.Context, c *locale.Catalogue, clock port.Clock, seed uint64, n int) (*desk.Desk, error) {
	at := &shifted{Clock: clock}
	box := &mailbox{list: Shares(c, seed, clock.Now(), n), keys: map[string]ed25519.PrivateKey{}, first: map[string]*care.Projection{}, index: map[string]int{}, given: map[string]bool{}}
	for i, r := range box.list {
		box.index[r.ID] = i
		if !r.Ended.IsZero() {
			one := shareOf(c, seed, clock.Now(), i)
			one.course = &steady
			box.first[r.ID] = one.projection(r.Patient)
		}
	}
	d := desk.New(desk.Config{Store: memory.Open(), Clock: at, Random: rand.Reader,
		Dial:  func(string, wire.Address, ed25519.PrivateKey) (desk.Line, error) { return box, nil },
		Visit: func(string) (desk.Visitor, error) { return box, nil }})
	at.back(3 * 24 * time.Hour)
	if err := d.Begin(ctx, desk.Program{Name: c.T("program.demo.program"), Kind: "program"}, Member, Passphrase); err != nil {
		return nil, err
	}
	if err := d.Start(ctx, host, ""); err != nil {
		return nil, err
	}
	// Everything came three days ago, and some ended it since.
	for _, before := range []time.Duration{3 * 24 * time.Hour, 20 * time.Minute} {
		at.back(before)
		box.now = before < time.Hour
		if err := pollAll(ctx, d); err != nil {
			return nil, err
		}
	}
	at.back(0)
	return d, nil
}

func pollAll(ctx context.Context, d *desk.Desk) error {
	for {
		done, err := d.Poll(ctx)
		if err != nil || !done.More {
			return err
		}
	}
}

// shifted is a clock that can be set back.
type shifted struct {
	port.Clock
	mu sync.Mutex
	by time.Duration
}

func (s *shifted) back(by time.Duration) {
	s.mu.Lock()
	s.by = by
	s.mu.Unlock()
}

func (s *shifted) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Clock.Now().Add(-s.by)
}

// mailbox is the made-up host: the desk's inbox and card, and everybody's shares.
type mailbox struct {
	mu    sync.Mutex
	list  []care.Received
	index map[string]int
	first map[string]*care.Projection // what those who ended it shared before
	// now is today: before, each share is given once, so that thousands of people
	// come to the desk without each of its polls asking for all of them.
	now   bool
	given map[string]bool
	to    []byte // the key on the card
	keys  map[string]ed25519.PrivateKey
	box   []port.Sealed
}

func (m *mailbox) Begin(context.Context, string) error { return nil }

// PutCard takes the card, and with its key everybody leaves a letter.
func (m *mailbox) PutCard(_ context.Context, body []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	var card care.Card
	if err := json.Unmarshal(body, &card); err != nil {
		return fault.Wrap(err, fault.Internal, "fault.unknown")
	}
	m.to = card.Seal
	for i := range m.list {
		r := &m.list[i]
		_, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return fault.Wrap(err, fault.Internal, "vault.no_random")
		}
		m.keys[r.ID] = key
		letter, err := json.Marshal(care.Letter{Version: care.LetterVersion, Host: hostOf(r, i), Address: r.ID, Patient: r.Patient})
		if err != nil {
			return fault.Wrap(err, fault.Internal, "fault.unknown")
		}
		sealed, err := envelope.Seal(m.to, key, "evenkeel letter 1", letter)
		if err != nil {
			return err
		}
		var id port.RecordID
		copy(id[:], strconv.Itoa(i))
		m.box = append(m.box, port.Sealed{ID: id, Ciphertext: sealed})
	}
	return nil
}

// Inbox gives the letters after a seq.
func (m *mailbox) Inbox(_ context.Context, after int64) (wire.Head, []port.Sealed, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := m.box[min(int(after), len(m.box)):]
	return wire.Head{Last: int64(len(m.box))}, list[:min(len(list), 500)], nil
}

func (m *mailbox) ForgetInbox(context.Context, int64, []port.RecordID) (wire.Head, error) {
	return wire.Head{}, nil
}

// Fetch gives what a person shares, as the day has it.
func (m *mailbox) Fetch(_ context.Context, share wire.Address, _ string) ([]byte, string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	id := share.String()
	i, ok := m.index[id]
	if !ok || m.now && !m.list[i].Ended.IsZero() {
		return nil, "", fault.New(fault.NotFound, "fault.unknown")
	}
	shown := m.list[i].Shown
	if shown == nil {
		shown = m.first[id]
	}
	if shown == nil || !m.now && m.given[id] {
		return nil, "", fault.New(fault.Internal, "fault.unknown")
	}
	m.given[id] = true
	content, err := json.Marshal(shown)
	if err != nil {
		return nil, "", fault.Wrap(err, fault.Internal, "fault.unknown")
	}
	body, err := envelope.Seal(m.to, m.keys[id], "evenkeel share 1 "+id, content)
	return body, "application/octet-stream", err
}
