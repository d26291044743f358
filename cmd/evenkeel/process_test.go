package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// built is the directory of the program that the tests run; empty before it is.
var built string

// program builds the real binary, once for all tests.
var program = sync.OnceValues(func() (string, error) {
	var err error
	if built, err = os.MkdirTemp("", "evenkeel-test-"); err != nil {
		return "", err
	}
	path := filepath.Join(built, "evenkeel")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

// machine is a made-up computer: a data directory, a temporary directory, and
// nothing of the real person's.
type machine struct {
	t    *testing.T
	exe  string
	data string
	temp string
	// secret is the passphrase that its commands are given; empty for none.
	secret string
}

func newMachine(t *testing.T) *machine {
	t.Helper()
	exe, err := program()
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	m := &machine{t: t, exe: exe, data: filepath.Join(home, "data"), temp: filepath.Join(home, "temp")}
	if err := os.Mkdir(m.temp, 0o700); err != nil {
		t.Fatal(err)
	}
	return m
}

func (m *machine) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, m.exe, args...)
	cmd.Env = []string{"EVENKEEL_DATA=" + m.data, "HOME=" + m.temp, "TMPDIR=" + m.temp, "TEMP=" + m.temp, "TMP=" + m.temp, "SystemRoot=" + os.Getenv("SystemRoot")}
	if m.secret != "" {
		cmd.Env = append(cmd.Env, "EVENKEEL_PASSPHRASE="+m.secret)
	}
	return cmd
}

// run ends the test unless the command ends well.
func (m *machine) run(args ...string) []byte {
	m.t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := m.command(m.t.Context(), args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		m.t.Fatalf("evenkeel %s: %v\n%s%s", strings.Join(args, " "), err, stderr.String(), stdout.String())
	}
	return stdout.Bytes()
}

// server is a running `evenkeel serve` and a browser that was let in.
type server struct {
	cmd    *exec.Cmd
	out    *bufio.Reader
	stderr bytes.Buffer
	login  string
	base   string // where the app is reached
	// address is where it listens.
	address string
	client  *http.Client
}

// start runs the server. It returns once the process runs, not when it listens.
func (m *machine) start(args ...string) (*server, error) {
	s := &server{cmd: m.command(context.WithoutCancel(m.t.Context()), append([]string{"serve", "--json", "--no-browser"}, args...)...)}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.out = bufio.NewReader(out)
	s.cmd.Stderr = &s.stderr
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	s.client = &http.Client{Jar: jar, Timeout: 2 * time.Minute, Transport: &http.Transport{},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return s, nil
}

// enter waits for the link and opens it.
func (s *server) enter() error {
	var link struct{ URL, Address string }
	if err := json.NewDecoder(s.out).Decode(&link); err != nil {
		return err
	}
	at, err := url.Parse(link.URL)
	if err != nil {
		return err
	}
	s.login, s.base, s.address = link.URL, "http://"+at.Host, link.Address
	// As a browser does, and not every system: a name below localhost is here.
	s.client.Transport = &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, link.Address)
	}}
	status, err := s.get(s.login)
	if err == nil && status >= 400 {
		err = fmt.Errorf("the link was answered with %d", status)
	}
	return err
}

// get follows no redirect and gives the status.
func (s *server) get(link string) (int, error) {
	r, err := s.client.Get(link)
	if err != nil {
		return 0, err
	}
	defer r.Body.Close()
	_, err = io.Copy(io.Discard, r.Body)
	return r.StatusCode, err
}

// add sends a line from the home page and reports whether it was answered as
// saved.
func (s *server) add(line string) (bool, error) {
	r, err := s.client.PostForm(s.base+"/quick", url.Values{"line": {line}})
	if err != nil {
		return false, err
	}
	defer r.Body.Close()
	return r.StatusCode == http.StatusSeeOther && r.Header.Get("Location") == "/", nil
}

// kill ends the process as a power switch would, and waits until it is gone.
func (s *server) kill() {
	_ = s.cmd.Process.Kill() // it may have ended by itself
	_ = s.cmd.Wait()
	s.client.CloseIdleConnections()
}
