// Package postgres gives tests a real PostgreSQL, and a line to it that fails in
// every way in which the line to a distributed database can.
package postgres

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/url"
	"os"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// variable names the address of a server that is there already, to run the same
// tests against another engine.
const variable = "EVENKEEL_POSTGRES"

// shared is the one server of the package under test.
var shared struct {
	sync.Mutex
	address *url.URL
	end     func()
}

// Main runs a package's tests and ends the server that they started, if any. It
// gives the code to exit with.
func Main(m *testing.M) int {
	code := m.Run()
	End()
	return code
}

// End ends the server that the package's tests started, if any, for a TestMain that
// has more to do than Main.
func End() {
	if shared.end != nil {
		shared.end()
	}
}

// Address gives the address of an empty place on the server: a schema of its own.
// It skips the test where PostgreSQL is not installed. The package's TestMain must
// call Main or End.
func Address(t testing.TB) string {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.address == nil {
		start(t)
	}
	name := "t" + hex.EncodeToString(Random(6))
	conn, err := pgx.Connect(t.Context(), shared.address.String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if _, err := conn.Exec(t.Context(), "CREATE SCHEMA "+name); err != nil {
		t.Fatal(err)
	}
	address := *shared.address
	query := address.Query()
	query.Set("search_path", name)
	address.RawQuery = query.Encode()
	return address.String()
}

func start(t testing.TB) {
	t.Helper()
	if given := os.Getenv(variable); given != "" {
		address, err := url.Parse(given)
		if err != nil {
			t.Fatalf("%s: %v", variable, err)
		}
		shared.address = address
		return
	}
	s := newServer(t)
	s.Start(t)
	shared.address, shared.end = s.address(), s.end
}

// Random gives so many random bytes.
func Random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
