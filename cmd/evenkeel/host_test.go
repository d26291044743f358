package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/testkit/postgres"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// hosting is a running `evenkeel host`.
type hosting struct {
	cmd *exec.Cmd
	log bytes.Buffer

	URL, Metrics, Store string
}

func (m *machine) host(args ...string) *hosting {
	m.t.Helper()
	h := &hosting{cmd: m.command(context.WithoutCancel(m.t.Context()), append([]string{"host", "--json", "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0"}, args...)...)}
	out, err := h.cmd.StdoutPipe()
	if err != nil {
		m.t.Fatal(err)
	}
	h.cmd.Stderr = &h.log
	if err := h.cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() { _ = h.cmd.Process.Kill() }) // it may have ended
	if err := json.NewDecoder(out).Decode(h); err != nil {
		_ = h.cmd.Wait()
		m.t.Fatalf("%v: %s", err, h.log.String())
	}
	return h
}

type wallClock struct{}

func (wallClock) Now() time.Time { return time.Now() }

// One host on a file and one on a database server: a log is begun on an invitation,
// kept, backed up, looked over and destroyed.
func TestHost(t *testing.T) {
	t.Run("file", func(t *testing.T) { tryHost(t, newMachine(t), "") })
	t.Run("server", func(t *testing.T) { tryHost(t, newMachine(t), postgres.Address(t)) })
}

func tryHost(t *testing.T, m *machine, server string) {
	var store []string
	if server != "" {
		store = []string{"--store", server}
	}
	with := func(args ...string) []string { return append(args, store...) }
	h := m.host(store...)
	var invitation struct{ Invitation string }
	if err := json.Unmarshal(m.run(with("host", "invite", "--json")...), &invitation); err != nil {
		t.Fatal(err)
	}
	var at wire.Address
	rand.Read(at[:])
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	device, err := client.New(h.URL, at, key, wallClock{}, http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	if err := device.Begin(t.Context(), ""); err == nil {
		t.Error("it began without an invitation")
	}
	if err := device.Begin(t.Context(), invitation.Invitation); err != nil {
		t.Fatal(err)
	}
	records := []port.Sealed{{ID: port.RecordID{1}, Ciphertext: make([]byte, 256+vault.Overhead)}, {ID: port.RecordID{2}, Ciphertext: make([]byte, 512+vault.Overhead)}}
	head, err := device.Push(t.Context(), 0, records)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = device.Forget(t.Context(), head.Version, []port.RecordID{{1}}); err != nil {
		t.Fatal(err)
	}

	reply, err := http.Get("http://" + h.Metrics + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	counts, err := io.ReadAll(reply.Body)
	reply.Body.Close()
	if err != nil || !strings.Contains(string(counts), `evenkeel_requests_total{what="POST /v1/records",status="200"} 1`) {
		t.Errorf("%s, %v", counts, err)
	}

	var report struct {
		OK                                bool
		Logs, Devices, Records, Forgotten int
	}
	if err := json.Unmarshal(m.run(with("host", "doctor", "--json")...), &report); err != nil || !report.OK || report.Logs != 1 || report.Devices != 1 || report.Records != 2 || report.Forgotten != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	copied := filepath.Join(m.temp, "copy.db")
	if out, err := m.command(t.Context(), with("host", "backup", copied)...).CombinedOutput(); server == "" {
		if info, bad := os.Stat(copied); err != nil || bad != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v: %s", err, bad, out)
		}
		if out := m.run("host", "doctor", "--store", copied); !strings.Contains(string(out), "Records: 2, of these forgotten: 1.") {
			t.Errorf("%s", out)
		}
	} else if err == nil || !strings.Contains(string(out), "pg_dump") {
		t.Errorf("%v: %s", err, out)
	}
	m.run(with("host", "destroy", at.String(), "--confirm", at.String()[:8])...)
	if _, _, err := device.Pull(t.Context(), 0); err == nil {
		t.Error("it is still there")
	}

	if err := h.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Skip("this system cannot send an interrupt: ", err)
	}
	if err := h.cmd.Wait(); err != nil {
		t.Errorf("stopping it ended with %v: %s", err, h.log.String())
	}
	for _, text := range []string{at.String(), at.Person().String(), "127.0.0.1"} {
		if strings.Contains(h.log.String(), text) {
			t.Errorf("the log names %s:\n%s", text, h.log.String())
		}
	}
}

// With its own certificate a host speaks TLS 1.3 and nothing older.
func TestHostTLS(t *testing.T) {
	m := newMachine(t)
	lent := httptest.NewTLSServer(http.NotFoundHandler()) // for its certificate
	defer lent.Close()
	pair := lent.TLS.Certificates[0]
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*pem.Block{"cert.pem": {Type: "CERTIFICATE", Bytes: pair.Certificate[0]}, "key.pem": {Type: "PRIVATE KEY", Bytes: key}}
	for name, block := range files {
		if err := os.WriteFile(filepath.Join(m.temp, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h := m.host("--tls-cert", filepath.Join(m.temp, "cert.pem"), "--tls-key", filepath.Join(m.temp, "key.pem"))
	trusts := lent.Client().Transport.(*http.Transport)
	reply, err := (&http.Client{Transport: trusts}).Get(h.URL + "/health")
	if err != nil || reply.StatusCode != http.StatusOK || reply.TLS.Version != tls.VersionTLS13 {
		t.Fatalf("%s: %v, %v", h.URL, reply, err)
	}
	reply.Body.Close()
	old := trusts.Clone()
	old.TLSClientConfig.MaxVersion = tls.VersionTLS12
	if _, err := (&http.Client{Transport: old}).Get(h.URL + "/health"); err == nil {
		t.Error("it speaks TLS 1.2")
	}
}
