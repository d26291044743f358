package host

import (
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/store/memory"
)

type moment struct{ time.Time }

func (m *moment) Now() time.Time { return m.Time }

// Who asked is remembered only as long as it matters to their rate.
func TestForgetsWhoAsked(t *testing.T) {
	clock := &moment{time.Unix(1_800_000_000, 0)}
	h := New(Config{Store: memory.Open(), Clock: clock, Limits: DefaultLimits(), Log: slog.New(slog.DiscardHandler)})
	ask := func(from string) {
		r := httptest.NewRequest("GET", "/v1/devices", nil)
		r.RemoteAddr = from
		h.Handler().ServeHTTP(httptest.NewRecorder(), r)
	}
	ask("203.0.113.1:1")
	h.logs.take([32]byte{1}, clock.Now())
	h.begins.take([32]byte{1}, clock.Now())
	clock.Time = clock.Add(2 * time.Minute)
	ask("198.51.100.1:1")
	if len(h.nets.buckets) != 1 || len(h.logs.buckets) != 0 || len(h.begins.buckets) != 1 {
		t.Errorf("after two minutes: %d networks, %d journals, %d beginnings", len(h.nets.buckets), len(h.logs.buckets), len(h.begins.buckets))
	}
	clock.Time = clock.Add(time.Hour)
	ask("198.51.100.1:1")
	if len(h.begins.buckets) != 0 {
		t.Error("an hour later it still knows who began a journal")
	}
}

// Made-up names do not fill the memory.
func TestBoundedNames(t *testing.T) {
	l := newLimiter(1, 10)
	now := time.Unix(1_800_000_000, 0)
	for i := range most + 10 {
		l.take([32]byte{byte(i), byte(i >> 8), byte(i >> 16)}, now)
	}
	if len(l.buckets) > most {
		t.Errorf("%d names", len(l.buckets))
	}
}
