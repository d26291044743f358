package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// role is the name of the database's only role, and of what else wants a name.
const role = "evenkeel"

// node is one server with its Patroni.
type node struct {
	name, dir    string
	host         string
	server, rest int // ports
	space        *space

	command []string
	env     []string
	who     *syscall.Credential
	patroni *exec.Cmd
	ended   <-chan struct{}
}

func (n *node) data() string { return filepath.Join(n.dir, "data") }

// address is where the server is reached over the network, socket past it.
func (n *node) address() string {
	return fmt.Sprintf("postgres://%s@%s/postgres?sslmode=disable&connect_timeout=2", role, net.JoinHostPort(n.host, strconv.Itoa(n.server)))
}

func (n *node) socket() string {
	q := url.Values{"host": {n.dir}, "port": {strconv.Itoa(n.server)}, "sslmode": {"disable"}, "connect_timeout": {"2"}}
	return "postgres://" + role + "@/postgres?" + q.Encode()
}

// configure writes what Patroni reads. JSON is YAML, too.
func (n *node) configure(etcd, bin string, t timing, peers string) error {
	type m = map[string]any
	trust := []string{"local all all trust", "local replication all trust", "host all all " + peers + " trust", "host replication all " + peers + " trust"}
	b, err := json.MarshalIndent(m{
		"scope": "evenkeel", "name": n.name,
		"restapi": m{"listen": net.JoinHostPort(n.host, strconv.Itoa(n.rest)), "connect_address": net.JoinHostPort(n.host, strconv.Itoa(n.rest))},
		"etcd3":   m{"host": etcd},
		"bootstrap": m{
			"dcs": m{
				"ttl": t.TTL, "loop_wait": t.LoopWait, "retry_timeout": t.RetryTimeout,
				"maximum_lag_on_failover": 1 << 20,
				"synchronous_mode":        true, "synchronous_mode_strict": true,
				"postgresql": m{"use_pg_rewind": true, "use_slots": true, "parameters": m{
					"max_connections": 60, "shared_buffers": "32MB", "wal_keep_size": "256MB", "max_wal_size": "256MB",
					// The other standby asks the new leader a moment too early, and by
					// default again after 5 s, in which no COMMIT ends. A leader that was
					// cut off shuts down when it has given up on its standbys, by default
					// after 60 s.
					"wal_retrieve_retry_interval": "500ms", "wal_sender_timeout": "10s",
				}},
			},
			"initdb": []any{m{"encoding": "UTF8"}, m{"locale": "C"}, "data-checksums"},
		},
		"postgresql": m{
			"listen": net.JoinHostPort(n.host, strconv.Itoa(n.server)), "connect_address": net.JoinHostPort(n.host, strconv.Itoa(n.server)),
			"data_dir": n.data(), "bin_dir": bin, "pgpass": filepath.Join(n.dir, "pgpass"), "pg_hba": trust,
			"parameters":     m{"unix_socket_directories": n.dir},
			"authentication": m{"superuser": m{"username": role}, "replication": m{"username": "standby"}, "rewind": m{"username": role}},
		},
	}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(n.dir, "patroni.yml"), b, 0o644)
}

// start runs Patroni, which starts the server.
func (n *node) start() error {
	log, err := os.OpenFile(filepath.Join(n.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	n.patroni = exec.Command(n.command[0], append(n.command[1:], filepath.Join(n.dir, "patroni.yml"))...)
	n.patroni.Dir, n.patroni.Env = n.dir, n.env
	n.patroni.Stdout, n.patroni.Stderr = log, log
	n.patroni.SysProcAttr = &syscall.SysProcAttr{Credential: n.who}
	n.ended, err = n.space.start(n.patroni)
	return err
}

// kill ends Patroni, the server and the server's processes as a power cut does,
// except that what was given to the system to write is written.
func (n *node) kill() error {
	file, err := os.ReadFile(filepath.Join(n.data(), "postmaster.pid"))
	if err != nil {
		return err
	}
	first, _, _ := strings.Cut(string(file), "\n")
	postmaster, err := strconv.Atoi(first)
	if err != nil {
		return err
	}
	_ = n.patroni.Process.Kill() // it runs
	processes := append(childrenOf(postmaster), postmaster)
	for _, pid := range processes {
		_ = syscall.Kill(pid, syscall.SIGKILL) // it runs, or has just ended
	}
	<-n.ended
	for _, pid := range processes {
		for range 500 {
			if syscall.Kill(pid, 0) != nil {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	return nil
}

// stop has Patroni shut the server down.
func (n *node) stop() {
	if n.patroni == nil {
		return
	}
	_ = n.patroni.Process.Signal(syscall.SIGTERM) // it runs, or has ended
	select {
	case <-n.ended:
	case <-time.After(15 * time.Second):
		_ = n.kill() // whoever stays behind sees off the rest
	}
}

// standing is how a server stands to others.
type standing struct {
	answers, leads bool
	standbys       int // that stream from it
	synchronous    int // of these, that a COMMIT waits for
}

// ask looks at a server past the network.
func (n *node) ask(ctx context.Context) (s standing) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, n.socket())
	if err != nil {
		return s
	}
	defer conn.Close(ctx)
	err = conn.QueryRow(ctx, `SELECT NOT pg_is_in_recovery(), count(CASE WHEN state = 'streaming' THEN 1 END),
count(CASE WHEN state = 'streaming' AND sync_state IN ('sync', 'quorum') THEN 1 END) FROM pg_stat_replication`).Scan(&s.leads, &s.standbys, &s.synchronous)
	s.answers = err == nil
	s.leads = s.leads && s.answers
	return s
}
