package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// patience bounds each wait for the cluster to be whole.
const patience = 3 * time.Minute

// cluster is three nodes and the etcd by which they agree.
type cluster struct {
	dir   string
	nodes []*node
	etcd  *exec.Cmd
	ended <-chan struct{}
}

// newCluster starts all of it in a folder of its own.
func newCluster(ctx context.Context, world inside, t timing) (c *cluster, err error) {
	dir, err := os.MkdirTemp("", "evenkeel-failover")
	if err != nil {
		return nil, err
	}
	c = &cluster{dir: dir}
	defer func() {
		if err != nil {
			err = fmt.Errorf("%w%s", err, c.logs())
			c.stop()
		}
	}()
	who, err := unprivileged()
	if err != nil {
		return c, err
	}
	host, peers, own := "127.0.0.1", "127.0.0.1/32", world.Uncuttable == ""
	if own {
		host, peers = theHub, network+"0/24"
		if err := layHub(); err != nil {
			return c, err
		}
	}
	etcd, err := c.startEtcd(world.Programs.Etcd, host, who)
	if err != nil {
		return c, err
	}
	for i := range 3 {
		n := &node{
			name: "node" + strconv.Itoa(i+1), dir: filepath.Join(dir, "node"+strconv.Itoa(i+1)), host: host,
			command: world.Programs.Patroni, env: world.Programs.environment(), who: who,
		}
		if n.space, err = newSpace(own); err != nil {
			return c, err
		}
		if own {
			n.host = network + strconv.Itoa(11+i)
			if err := n.space.lay(i+1, n.host); err != nil {
				return c, err
			}
		}
		if n.server, err = freePort(); err != nil {
			return c, err
		}
		if n.rest, err = freePort(); err != nil {
			return c, err
		}
		if err := folder(n.dir, who); err != nil {
			return c, err
		}
		if err := n.configure(etcd, world.Programs.Bin, t, peers); err != nil {
			return c, err
		}
		if err := n.start(); err != nil {
			return c, err
		}
		c.nodes = append(c.nodes, n)
	}
	_, err = c.whole(ctx)
	return c, err
}

func (c *cluster) startEtcd(program, host string, who *syscall.Credential) (address string, err error) {
	clients, err := freePort()
	if err != nil {
		return "", err
	}
	peers, err := freePort()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(c.dir, "etcd")
	if err := folder(dir, who); err != nil {
		return "", err
	}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return "", err
	}
	defer log.Close()
	address = net.JoinHostPort(host, strconv.Itoa(clients))
	peer := "http://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(peers))
	c.etcd = exec.Command(program, "--name", role, "--data-dir", filepath.Join(dir, "data"),
		"--listen-client-urls", "http://"+address, "--advertise-client-urls", "http://"+address,
		"--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", role+"="+peer)
	c.etcd.Dir, c.etcd.Stdout, c.etcd.Stderr = dir, log, log
	c.etcd.SysProcAttr = &syscall.SysProcAttr{Credential: who}
	s, err := newSpace(false)
	if err != nil {
		return "", err
	}
	c.ended, err = s.start(c.etcd)
	return address, err
}

// address names all servers.
func (c *cluster) address() string {
	var hosts []string
	for _, n := range c.nodes {
		hosts = append(hosts, net.JoinHostPort(n.host, strconv.Itoa(n.server)))
	}
	return "postgres://" + role + "@" + strings.Join(hosts, ",") + "/postgres?sslmode=disable&connect_timeout=2&pool_max_conns=16"
}

// whole waits until one server leads, and all others stream from it, one of them at
// least synchronously. It gives the leader.
func (c *cluster) whole(ctx context.Context) (*node, error) {
	var last [3]standing
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		for i, n := range c.nodes {
			last[i] = n.ask(ctx)
			if last[i].leads && last[i].standbys == len(c.nodes)-1 && last[i].synchronous > 0 {
				return n, nil
			}
		}
		if err := pause(ctx, 200*time.Millisecond); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("the cluster is not whole after %v: %+v", patience, last)
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// stop ends everything and removes the folder.
func (c *cluster) stop() {
	done := make(chan struct{})
	for _, n := range c.nodes {
		go func() { n.stop(); done <- struct{}{} }()
	}
	for range c.nodes {
		<-done
	}
	if c.ended != nil {
		_ = c.etcd.Process.Signal(syscall.SIGTERM) // it runs, or has ended
		<-c.ended
	}
	os.RemoveAll(c.dir)
}

// logs are the last lines of each program's log.
func (c *cluster) logs() string {
	files, _ := filepath.Glob(filepath.Join(c.dir, "*", "log")) // the pattern is well formed
	var b strings.Builder
	for _, file := range files {
		said, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		lines := bytes.Split(bytes.TrimSpace(said), []byte("\n"))
		fmt.Fprintf(&b, "\n%s:\n%s", filepath.Base(filepath.Dir(file)), bytes.Join(lines[max(0, len(lines)-12):], []byte("\n")))
	}
	return b.String()
}

// unprivileged is whom root becomes, since PostgreSQL does not run as root; nil
// for everybody else.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		if who, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, err := strconv.ParseUint(who.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(who.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, err
}

func folder(dir string, who *syscall.Credential) error {
	if err := os.Mkdir(dir, 0o700); err != nil || who == nil {
		return err
	}
	if err := os.Chmod(filepath.Dir(dir), 0o711); err != nil {
		return err
	}
	return os.Chown(dir, int(who.Uid), int(who.Gid))
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
