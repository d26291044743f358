package main

import (
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

func TestServe(t *testing.T) {
	m := newMachine(t)
	begun := time.Now()
	s, err := m.start()
	if err != nil {
		t.Fatal(err)
	}
	defer s.kill()
	if err := s.enter(); err != nil {
		t.Fatalf("%v: %s", err, s.stderr.String())
	}
	t.Logf("from start to the first page on a new journal: %v", time.Since(begun))

	if !strings.HasPrefix(s.address, "127.0.0.1:") || !strings.Contains(s.base, ".localhost:") {
		t.Errorf("it listens on %s and is reached at %s", s.address, s.base)
	}
	if ok, err := s.add("3 g green leaf"); !ok || err != nil {
		t.Errorf("the line was not saved: %v", err)
	}
	if out := string(m.run("log")); !strings.Contains(out, "3 g green leaf") {
		t.Errorf("another process does not see it: %s", out)
	}
	m.run("add", "note from the terminal")
	if status, err := s.get(s.base + "/"); status != http.StatusOK {
		t.Errorf("the home page gave %d, %v", status, err)
	}

	t.Run("the link works once", func(t *testing.T) {
		other := &server{client: &http.Client{CheckRedirect: s.client.CheckRedirect, Transport: s.client.Transport}, base: s.base}
		if status, err := other.get(s.login); status != http.StatusForbidden {
			t.Errorf("the used link gave %d, %v", status, err)
		}
		if ok, _ := other.add("note by a stranger"); ok {
			t.Error("a stranger could write")
		}
	})
	t.Run("another page cannot rebind its name", func(t *testing.T) {
		r, err := http.NewRequest(http.MethodGet, s.base+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "evil.example"
		got, err := s.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		got.Body.Close()
		if got.StatusCode < 400 {
			t.Errorf("a foreign host name gave %d", got.StatusCode)
		}
	})
	t.Run("a port in use is said to be", func(t *testing.T) {
		_, port, err := net.SplitHostPort(s.address)
		if err != nil {
			t.Fatal(err)
		}
		out, err := m.command(t.Context(), "serve", "--no-browser", "--port", port).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "Another program uses this port.") {
			t.Errorf("%v: %s", err, out)
		}
	})

	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Skip("this system cannot send an interrupt: ", err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("stopping it ended with %v: %s", err, s.stderr.String())
	}
	if s.stderr.Len() > 0 {
		t.Errorf("it had something to say: %s", s.stderr.String())
	}
}
