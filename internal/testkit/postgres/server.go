// Package postgres gives tests a real PostgreSQL, and a line to it that fails in
// every way in which the line to a distributed database can.
package postgres

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

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
	initdb, server := program("initdb"), program("postgres")
	if initdb == "" || server == "" {
		t.Skip("no PostgreSQL: neither on PATH nor under /usr/lib/postgresql (Debian: apt-get install postgresql)")
	}
	dir, err := os.MkdirTemp("", "evenkeel-postgres")
	if err != nil {
		t.Fatal(err)
	}
	process, err := unprivileged(dir)
	if err != nil {
		os.RemoveAll(dir)
		t.Skipf("PostgreSQL does not run as root, and this test cannot become another user: %v", err)
	}
	command := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(name, args...)
		cmd.Dir, cmd.SysProcAttr = dir, process
		cmd.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC")
		return cmd
	}
	data := filepath.Join(dir, "data")
	if out, err := command(initdb, "-D", data, "-U", "evenkeel", "-A", "trust", "-E", "UTF8", "--no-instructions").CombinedOutput(); err != nil {
		os.RemoveAll(dir)
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	port := freePort(t)
	cmd := command(server, "-D", data, "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-k", dir, "-c", "max_connections=200")
	cmd.Stderr, err = os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	ended := run(t, cmd)
	shared.end = func() {
		_ = cmd.Process.Signal(os.Interrupt) // a fast shutdown
		<-ended
		os.RemoveAll(dir)
	}
	shared.address = &url.URL{Scheme: "postgres", User: url.User("evenkeel"), Host: fmt.Sprintf("127.0.0.1:%d", port), Path: "/postgres", RawQuery: "sslmode=disable"}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		conn, err := pgx.Connect(context.Background(), shared.address.String())
		if err == nil {
			conn.Close(context.Background())
			return
		}
		if time.Now().After(deadline) {
			said, _ := os.ReadFile(filepath.Join(dir, "log"))
			t.Fatalf("PostgreSQL did not start: %v\n%s", err, said)
		}
	}
}

// run starts a process from a thread that stays, since on Linux a child that is to
// die with its parent dies with the thread that made it.
func run(t testing.TB, cmd *exec.Cmd) (ended <-chan struct{}) {
	t.Helper()
	started, end := make(chan error), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // it is asked to end, and says so
		}
		close(end)
	}()
	if err := <-started; err != nil {
		t.Fatal(err)
	}
	return end
}

// program finds a program of the server, also where Debian hides it; "" if nowhere.
func program(name string) string {
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(found) == 0 {
		return ""
	}
	return found[len(found)-1]
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// Random gives so many random bytes.
func Random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
