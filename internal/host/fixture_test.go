package host_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// clock stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// place is a host that listens, and what it wrote into its log.
type place struct {
	*host.Host
	url   string
	clock *clock
	said  *bytes.Buffer
}

func start(t testing.TB, change func(*host.Config)) *place {
	t.Helper()
	p := &place{clock: &clock{now: time.Unix(1_800_000_000, 0)}, said: new(bytes.Buffer)}
	c := host.Config{Store: memory.Open(), Clock: p.clock, Registration: host.Open, Limits: host.DefaultLimits(), Log: slog.New(slog.NewJSONHandler(&locked{w: p.said}, nil))}
	if change != nil {
		change(&c)
	}
	p.Host = host.New(c)
	server := httptest.NewServer(p.Handler())
	t.Cleanup(server.Close)
	p.url = server.URL
	return p
}

// locked is a writer for several at once.
type locked struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *locked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(b)
}

// phone is a device: its key, and the log as it reaches it.
type phone struct {
	*client.Log
	at  wire.Address
	key ed25519.PrivateKey
}

// lines keeps a line for each of many phones of one process, as the phones would.
var lines = &http.Transport{MaxIdleConnsPerHost: 64}

func (p *place) phone(t testing.TB, at wire.Address) phone {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	l, err := client.New(p.url, at, key, p.clock, lines)
	if err != nil {
		t.Fatal(err)
	}
	return phone{l, at, key}
}

// with is the log as a device with another key reaches it, at a place.
func (f phone) with(t testing.TB, p *place, key ed25519.PrivateKey) phone {
	t.Helper()
	l, err := client.New(p.url, f.at, key, p.clock, lines)
	if err != nil {
		t.Fatal(err)
	}
	return phone{l, f.at, key}
}

func (f phone) public() wire.DeviceKey { return wire.DeviceKey(f.key.Public().(ed25519.PublicKey)) }

func anywhere() (a wire.Address) { rand.Read(a[:]); return a }

// begun is a phone whose log is there.
func (p *place) begun(t testing.TB) phone {
	t.Helper()
	f := p.phone(t, anywhere())
	if err := f.Begin(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	return f
}

func sealed(n int) []port.Sealed {
	records := make([]port.Sealed, n)
	for i := range records {
		records[i].Ciphertext = make([]byte, 256+vault.Overhead)
		rand.Read(records[i].ID[:])
		rand.Read(records[i].Ciphertext)
	}
	return records
}

func wantKey(t *testing.T, what string, err error, key string) {
	t.Helper()
	if got, _ := fault.KeyOf(err); got != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

// send sends a request as it stands and gives the status.
func (p *place) send(t *testing.T, r wire.Request, header string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), r.Method, p.url+r.Target, bytes.NewReader(r.Body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", header)
	reply, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	reply.Body.Close()
	return reply.StatusCode
}

func TestMain(m *testing.M) { os.Exit(server.Main(m)) }
