package client

import (
	"crypto/ed25519"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

// An answer without end is read up to what a host may answer, and no more.
func TestEndlessAnswer(t *testing.T) {
	var written atomic.Int64
	ended := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		defer close(ended)
		for written.Load() < 1<<30 {
			n, err := w.Write(make([]byte, 1<<16))
			written.Add(int64(n))
			if err != nil {
				return
			}
		}
	}))
	defer server.Close()
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := New(server.URL, wire.Address{}, key, systemClock{}, &http.Transport{})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = l.Pull(t.Context(), 0)
	if key, _ := fault.KeyOf(err); key != "host.answer" {
		t.Error(err)
	}
	<-ended
	if n := written.Load(); n > 64<<20 { // what the system keeps under way besides
		t.Errorf("%d bytes were taken of an answer without end", n)
	}
}
