package postgres

import (
	"math"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
)

// A COMMIT that waits for a standby is on this server's disk already. Until the
// standby has it, a failover would take it away: it is acknowledged to nobody and
// shown to nobody, whoever gives up or tries again meanwhile.
func TestStandbyIsAway(t *testing.T) {
	db := server.New(t)
	s := open(t, db.Address()+"&lock_timeout=300")
	p := port.PersonID(random16())
	if err := s.CreatePerson(t.Context(), p, []byte("ring")); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()"} {
		if _, err := s.pool.Exec(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	patience := s.patience
	s.patience = 400 * time.Millisecond
	record := func() []port.Sealed { return []port.Sealed{{ID: random16(), Ciphertext: []byte("x")}} }
	var version int64
	var err error
	for err == nil && version < 100 { // until the server has read its settings
		if _, err = (looking{s}).Append(t.Context(), p, version, record(), nil); err == nil { // one statement, without a COMMIT of its own
			version++
		}
	}
	if key, _ := fault.KeyOf(err); key != "store.server_outcome" {
		t.Fatalf("without a standby: %v", err)
	}
	shown := func() int64 {
		t.Helper()
		head, err := s.ReadAfter(t.Context(), p, math.MaxInt64, func(port.Record) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		return head.Version
	}
	time.Sleep(200 * time.Millisecond) // for a request to cancel to arrive, if one was sent
	if now := shown(); now != version {
		t.Errorf("version %d is shown; %d was acknowledged", now, version)
	}
	if _, err := (looking{s}).Append(t.Context(), p, version, record(), nil); err == nil || fault.Is(err, fault.Conflict) {
		t.Errorf("behind a COMMIT that waits: %v", err)
	}
	for waiting, deadline := 1, time.Now().Add(5*time.Second); waiting > 0; time.Sleep(50 * time.Millisecond) {
		if err := s.pool.QueryRow(t.Context(), "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'").Scan(&waiting); err != nil {
			t.Fatal(err)
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d that were given up still wait for the row", waiting)
		}
	}

	// Another journal's COMMIT loses its line while it waits. It stands and is shown
	// now, which no client can help; to find it there is no acknowledgement.
	s.patience = time.Second
	q := port.PersonID(random16())
	var now time.Time
	if err := s.pool.QueryRow(t.Context(), "SELECT clock_timestamp()").Scan(&now); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() { ended <- s.CreatePerson(t.Context(), q, []byte("ring")) }()
	for terminated := 0; terminated == 0; time.Sleep(10 * time.Millisecond) {
		if err := s.pool.QueryRow(t.Context(), `SELECT count(CASE WHEN pg_terminate_backend(pid) THEN 1 END)
FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query_start > $1`, now).Scan(&terminated); err != nil {
			t.Fatal(err)
		}
	}
	if key, _ := fault.KeyOf(<-ended); key != "store.server_outcome" {
		t.Errorf("found after its line was lost: %v", key)
	}

	if _, err := s.pool.Exec(t.Context(), "ALTER SYSTEM RESET synchronous_standby_names"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.pool.Exec(t.Context(), "SELECT pg_reload_conf()"); err != nil {
		t.Fatal(err)
	}
	s.patience = patience
	for deadline := time.Now().Add(patience); shown() == version && time.Now().Before(deadline); {
		time.Sleep(20 * time.Millisecond)
	}
	if _, err := s.Append(t.Context(), p, version+1, record(), nil); err != nil {
		t.Errorf("when the wait is over: %v, version %d", err, shown())
	}
}
