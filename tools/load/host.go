package main

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"os"
	"os/exec"
	"runtime/pprof"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/postgres"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
)

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

// serveHost is a host that refuses nobody for being quick, until its parent ends it.
func serveHost(ctx context.Context, where string, secure bool, profile string) error {
	if profile != "" {
		f, err := os.Create(profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	s, err := openStore(ctx, where)
	if err != nil {
		return err
	}
	defer s.Close()
	limits := host.DefaultLimits()
	limits.PerLog, limits.PerNetwork, limits.Beginnings = 1e6, 1e6, 1e7
	limits.Remembered = 1 << 24
	limits.AtOncePerNetwork, limits.AtOnce = 1e5, 1e5
	h := host.New(host.Config{Store: s, Clock: systemClock{}, Registration: host.Open, Limits: limits, Log: slog.New(slog.NewJSONHandler(io.Discard, nil))})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := host.Server(h.Handler())
	server.IdleTimeout = 10 * time.Minute // the idle lines are counted meanwhile
	fmt.Println(l.Addr())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // its end is the parent's
		server.Close()
	}()
	if !secure {
		return ended(server.Serve(l))
	}
	certificate, err := selfSigned()
	if err != nil {
		return err
	}
	server.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{certificate}}
	return ended(server.ServeTLS(l, "", ""))
}

func ended(err error) error {
	if strings.Contains(err.Error(), "closed") {
		return nil
	}
	return err
}

func openStore(ctx context.Context, where string) (port.Store, error) {
	if strings.HasPrefix(where, "postgres://") {
		return postgres.Open(ctx, where)
	}
	return sqlite.Open(ctx, where)
}

func selfSigned() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

// child is a host as a process of its own.
type child struct {
	cmd     *exec.Cmd
	stdin   io.Closer
	address string
}

func startHost(ctx context.Context, where string, secure bool, profile string) (*child, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, program, "-serve", where, fmt.Sprintf("-tls=%t", secure), "-profile", profile)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("the host did not start: %w", err)
	}
	return &child{cmd, stdin, strings.TrimSpace(line)}, nil
}

func (c *child) end() {
	c.stdin.Close()
	_ = c.cmd.Wait() // it was asked to
}
