package postgres

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a PostgreSQL of a test's own, which it may kill.
type Server struct {
	dir     string
	port    int
	program string
	process *syscall.SysProcAttr

	cmd   *exec.Cmd
	ended <-chan struct{}
}

// New starts a server for one test, or skips it where PostgreSQL is not installed.
// It ends with the test.
func New(t testing.TB) *Server {
	t.Helper()
	s := newServer(t)
	s.Start(t)
	t.Cleanup(s.end)
	return s
}

// newServer makes a server's folder.
func newServer(t testing.TB) *Server {
	t.Helper()
	initdb, program := program("initdb"), program("postgres")
	if initdb == "" || program == "" {
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
	s := &Server{dir: dir, port: freePort(t), program: program, process: process}
	if out, err := s.command(initdb, "-D", s.data(), "-U", "evenkeel", "-A", "trust", "-E", "UTF8", "--no-instructions").CombinedOutput(); err != nil {
		os.RemoveAll(dir)
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	return s
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// Address is where the server is reached, without TLS and without a password.
func (s *Server) Address() string { return s.address().String() }

func (s *Server) address() *url.URL {
	return &url.URL{Scheme: "postgres", User: url.User("evenkeel"), Host: fmt.Sprintf("127.0.0.1:%d", s.port), Path: "/postgres", RawQuery: "sslmode=disable"}
}

func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.SysProcAttr = s.dir, s.process
	cmd.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	return cmd
}

// Start runs the server until it answers. After Kill its last processes may still
// be there for a moment, so that it is begun again until it is let.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		s.cmd = s.command(s.program, "-D", s.data(), "-h", "127.0.0.1", "-p", strconv.Itoa(s.port), "-k", s.dir, "-c", "max_connections=200")
		log, err := os.Create(filepath.Join(s.dir, "log"))
		if err != nil {
			t.Fatal(err)
		}
		s.cmd.Stderr = log
		s.ended = run(t, s.cmd)
		log.Close()
		if s.answers(deadline) {
			return
		}
		if time.Now().After(deadline) {
			said, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			t.Fatalf("PostgreSQL did not start:\n%s", said)
		}
	}
}

// answers waits until the server answers; false when it ended or time is over.
func (s *Server) answers(deadline time.Time) bool {
	for ; ; time.Sleep(20 * time.Millisecond) {
		conn, err := pgx.Connect(context.Background(), s.Address())
		if err == nil {
			conn.Close(context.Background())
			return true
		}
		select {
		case <-s.ended:
			return false
		default:
		}
		if time.Now().After(deadline) {
			return false
		}
	}
}

// Kill ends the server at once, as a power cut ends it, except that what it gave to
// the system to write is written.
func (s *Server) Kill() {
	killWithChildren(s.cmd.Process)
	<-s.ended
}

func (s *Server) end() {
	_ = s.cmd.Process.Signal(os.Interrupt) // a fast shutdown
	<-s.ended
	os.RemoveAll(s.dir)
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
			_ = cmd.Wait() // it is asked to end, or killed
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
