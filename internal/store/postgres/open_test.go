package postgres

import (
	"errors"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
)

// Many that start at once on an empty database end up with one set of tables.
func TestOpenTogether(t *testing.T) {
	address := server.Address(t)
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			s, err := Open(t.Context(), address)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if err := s.CreatePerson(t.Context(), port.PersonID(random16()), []byte("ring")); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	report, err := open(t, address).Check(t.Context())
	if err != nil || report.Persons != 6 || report.SchemaVersion != schemaVersion || len(report.Problems) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestRefusedAddresses(t *testing.T) {
	whole := server.Address(t)
	with := func(change func(*url.URL)) string {
		u, err := url.Parse(whole)
		if err != nil {
			t.Fatal(err)
		}
		change(u)
		return u.String()
	}
	option := func(name, value string) string {
		return with(func(u *url.URL) {
			q := u.Query()
			q.Set(name, value)
			u.RawQuery = q.Encode()
		})
	}
	for name, c := range map[string]struct{ address, key string }{
		"no address":     {"postgres://%zz", "store.server_address"},
		"nobody there":   {"postgres://evenkeel:sesame@127.0.0.1:1/postgres?sslmode=disable", "store.server_away"},
		"no database":    {with(func(u *url.URL) { u.Path = "/nowhere" }), "store.server_refuses"},
		"not on disk":    {option("synchronous_commit", "off"), "store.server_not_durable"},
		"reading only":   {option("default_transaction_read_only", "on"), "store.server_read_only"},
		"no such schema": {option("search_path", "nowhere"), "store.server_refuses"},
	} {
		s, err := Open(t.Context(), c.address)
		if err == nil {
			s.Close()
		}
		if key, _ := fault.KeyOf(err); key != c.key {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), "sesame") {
			t.Errorf("%s: tells the password: %v", name, err)
		}
	}
}

// A server that only lets us read is refused, unless it was asked for, to look
// through a copy.
func TestReadingOnly(t *testing.T) {
	address := server.Address(t)
	p := port.PersonID(random16())
	if err := open(t, address).CreatePerson(t.Context(), p, []byte("ring")); err != nil {
		t.Fatal(err)
	}
	address += "&default_transaction_read_only=on"
	if s, err := Open(t.Context(), address); err == nil {
		s.Close()
		t.Error("a server that only lets us read was taken for one that writes")
	} else if key, _ := fault.KeyOf(err); key != "store.server_read_only" {
		t.Error(err)
	}
	if _, _, err := open(t, address+"&target_session_attrs=any").Keyring(t.Context(), p); err != nil {
		t.Error(err)
	}
}

// A database of a newer release is left as it is.
func TestNewer(t *testing.T) {
	address := server.Address(t)
	s := open(t, address)
	if _, err := s.pool.Exec(t.Context(), "UPDATE schema_version SET version = version + 1"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), address); !fault.Is(err, fault.NewerVersion) {
		t.Error(err)
	}
}

// The constant, the files and their numbers agree, and each file is one statement
// that may be run again.
func TestMigrations(t *testing.T) {
	entries, err := migrations.ReadDir("migrations")
	if err != nil || len(entries) != schemaVersion {
		t.Fatalf("%d files for version %d, %v", len(entries), schemaVersion, err)
	}
	for _, entry := range entries {
		b, err := os.ReadFile("migrations/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		if text := string(b); strings.Contains(text, ";") || strings.Count(text, "IF NOT EXISTS") != 1 {
			t.Errorf("%s is not one statement that may be run again", entry.Name())
		}
	}
}

// The failing line refuses what some engine refuses, so that its suite would show
// a statement that asks for it.
func TestTheLineRefuses(t *testing.T) {
	address, _ := server.Through(t, server.Address(t), 0)
	s := open(t, address)
	for _, text := range []string{
		"SAVEPOINT a", "SELECT pg_advisory_lock(1)", "SELECT pg_try_advisory_xact_lock(1)", "LISTEN a", "NOTIFY a",
		"CREATE SEQUENCE a", "CREATE TABLE a (b SERIAL)", "CREATE TRIGGER a", "CREATE EXTENSION pgcrypto", "TRUNCATE record",
		"CREATE TABLE a (b BIGINT); CREATE TABLE c (d BIGINT)", "CREATE TABLE a (b UUID REFERENCES head (person))",
	} {
		_, err := s.pool.Exec(t.Context(), text)
		if state := stateOf(err); state != "0A000" {
			t.Errorf("%s: %v", text, err)
		}
	}
	tx, err := s.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(t.Context())
	if _, err := tx.Exec(t.Context(), "CREATE TABLE a (b BIGINT)"); stateOf(err) != "0A000" {
		t.Errorf("a definition within a transaction: %v", err)
	}
}

func TestFaults(t *testing.T) {
	for state, key := range map[string]string{
		"40001": "store.busy", "40P01": "store.busy", "53100": "store.full_disk", "25006": "store.server_read_only",
		"XX001": "store.server_damaged", "28P01": "store.server_refuses", "42501": "store.server_refuses",
		"57P01": "store.server_away", "08006": "store.server_away", "40003": "store.server_away", "22012": "store.server_failed",
	} {
		if got, _ := fault.KeyOf(faultOf(&pgconn.PgError{Code: state})); got != key {
			t.Errorf("%s is %s, want %s", state, got, key)
		}
	}
	if own := fault.New(fault.Conflict, "store.moved_on"); !errors.Is(faultOf(own), own) {
		t.Error("a fault of our own changed")
	}
}

func random16() (id [16]byte) {
	copy(id[:], server.Random(16))
	return id
}
