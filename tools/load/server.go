package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// server is a PostgreSQL of this command's own, with its usual settings: on disk
// before it acknowledges.
type server struct {
	dir  string
	port int
	who  *user.User // as whom it runs where we are root; nil for as ourselves
	cmd  *exec.Cmd
}

func startServer(ctx context.Context) (*server, error) {
	initdb, program := program("initdb"), program("postgres")
	if initdb == "" || program == "" {
		return nil, errors.New("no PostgreSQL: neither on PATH nor under /usr/lib/postgresql")
	}
	dir, err := os.MkdirTemp("", "evenkeel-load")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir}
	if os.Geteuid() == 0 {
		if s.who, err = user.Lookup("postgres"); err != nil {
			return nil, err
		}
		if err := own(dir, s.who); err != nil {
			return nil, err
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	l.Close()
	if out, err := s.command(initdb, "-D", s.data(), "-U", "evenkeel", "-A", "trust", "-E", "UTF8", "--no-instructions").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	s.cmd = s.command(program, "-D", s.data(), "-h", "127.0.0.1", "-p", strconv.Itoa(s.port), "-k", dir)
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	for range 200 {
		conn, err := pgx.Connect(ctx, s.address())
		if err == nil {
			return s, conn.Close(ctx)
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.end()
	return nil, errors.New("PostgreSQL did not start")
}

func (s *server) data() string { return filepath.Join(s.dir, "data") }

func (s *server) address() string {
	return fmt.Sprintf("postgres://evenkeel@127.0.0.1:%d/postgres?sslmode=disable", s.port)
}

func (s *server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	if s.who != nil {
		as(cmd, s.who)
	}
	return cmd
}

func (s *server) end() {
	_ = s.cmd.Process.Signal(os.Interrupt) // a fast shutdown
	_ = s.cmd.Wait()
	os.RemoveAll(s.dir)
}

// program finds a program of PostgreSQL, also where Debian hides it; "" if nowhere.
func program(name string) string {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err == nil && len(found) > 0 {
		return found[len(found)-1]
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return path
}
