package postgres

import (
	"crypto/rand"
	"flag"
	"math"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
)

// serverKills is how often the server is killed while hosts write; for many:
//
//	go test ./internal/store/postgres -run Killed -server-kills 20 -v
var serverKills = flag.Int("server-kills", 2, "how often the database server is killed while four write")

// Four write while the server is killed and started again. What was acknowledged is
// there in the end, once and in its place, and nobody is told of more than a wait.
func TestKilledServer(t *testing.T) {
	db := server.New(t)
	s := open(t, db.Address())
	var people [4]port.PersonID
	var acknowledged [4][]port.RecordID
	var total, longest atomic.Int64
	stop := make(chan struct{})
	var group sync.WaitGroup
	for i := range people {
		people[i] = random16()
		if err := s.CreatePerson(t.Context(), people[i], []byte("ring")); err != nil {
			t.Fatal(err)
		}
		group.Go(func() {
			for version := int64(0); ; version++ {
				select {
				case <-stop:
					return
				default:
				}
				r := port.Sealed{ID: random16(), Ciphertext: make([]byte, 297)}
				rand.Read(r.Ciphertext)
				began := time.Now()
				head, err := s.Append(t.Context(), people[i], version, []port.Sealed{r}, []byte("head"))
				if err != nil || head.Last != version+1 {
					t.Errorf("after %v: %+v, %v", time.Since(began), head, err)
					return
				}
				acknowledged[i] = append(acknowledged[i], r.ID)
				total.Add(1)
				longest.Store(max(longest.Load(), int64(time.Since(began))))
			}
		})
	}
	for range *serverKills {
		time.Sleep(300 * time.Millisecond)
		db.Kill()
		db.Start(t)
	}
	close(stop)
	group.Wait()
	t.Logf("%d kills, %d appends acknowledged, longest wait %v", *serverKills, total.Load(), time.Duration(longest.Load()).Round(time.Millisecond))
	for i, p := range people {
		n := 0
		head, err := s.ReadAfter(t.Context(), p, 0, func(r port.Record) error {
			if n >= len(acknowledged[i]) || r.ID != acknowledged[i][n] {
				t.Errorf("record %d is not the one that was acknowledged", n)
			}
			n++
			return nil
		})
		if err != nil || n != len(acknowledged[i]) || head.Last != int64(n) {
			t.Errorf("%d of %d records, %+v, %v", n, len(acknowledged[i]), head, err)
		}
	}
	if report, err := s.Check(t.Context()); err != nil || len(report.Problems) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

// A server that stays away is said to be, within the store's patience; what was
// under way is not said to be saved.
func TestServerStaysAway(t *testing.T) {
	db := server.New(t)
	s := open(t, db.Address())
	p := port.PersonID(random16())
	if err := s.CreatePerson(t.Context(), p, []byte("ring")); err != nil {
		t.Fatal(err)
	}
	db.Kill()
	patience := s.patience
	s.patience = 300 * time.Millisecond
	_, err := s.Append(t.Context(), p, 0, []port.Sealed{{ID: random16(), Ciphertext: []byte("x")}}, nil)
	if key, _ := fault.KeyOf(err); key != "store.server_away" {
		t.Errorf("writing: %v", err)
	}
	_, err = s.ReadAfter(t.Context(), p, math.MaxInt64, func(port.Record) error { return nil })
	if key, _ := fault.KeyOf(err); key != "store.server_away" {
		t.Errorf("reading: %v", err)
	}
	db.Start(t)
	s.patience = patience // a busy machine takes its time to let somebody in again
	if head, err := s.Append(t.Context(), p, 0, []port.Sealed{{ID: random16(), Ciphertext: []byte("x")}}, nil); err != nil || head.Last != 1 {
		t.Errorf("%+v, %v", head, err)
	}
}
