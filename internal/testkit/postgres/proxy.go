package postgres

import (
	"math/rand/v2"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Fault is one way in which the line fails.
type Fault string

// What a line can do to a statement, and to the end of a transaction.
const (
	RefusedStatement   Fault = "40001 for a statement"
	RefusedCommit      Fault = "40001 for a COMMIT"
	UnknownDone        Fault = "40003 for a COMMIT that was done"
	UnknownUndone      Fault = "40003 for a COMMIT that was not done"
	CutBeforeCommit    Fault = "line cut before a COMMIT"
	CutAfterCommit     Fault = "line cut after a COMMIT"
	CutWithinAnAnswer  Fault = "line cut within an answer"
	RefusedByTheEngine Fault = "refused as other engines do" // never by chance
)

var (
	onStatement = []Fault{RefusedStatement, CutWithinAnAnswer}
	onCommit    = []Fault{RefusedCommit, UnknownDone, UnknownUndone, CutBeforeCommit, CutAfterCommit}
	onAlone     = []Fault{RefusedStatement, CutWithinAnAnswer, UnknownDone, UnknownUndone, CutBeforeCommit, CutAfterCommit}
)

// Proxy stands between a client and the server.
type Proxy struct {
	// Serializable makes every transaction that may write as strict as engines are
	// that know no weaker one. To be set before the first line.
	Serializable bool
	// OneTable refuses a statement that changes two tables. To be set as above.
	OneTable bool

	// silent has the proxy pass nothing on, as a network that was cut: neither an
	// answer nor the end of a line.
	silent atomic.Bool

	listener net.Listener
	server   string
	oneIn    int

	mu     sync.Mutex
	counts map[Fault]int
	lines  map[net.Conn]bool
}

// Through gives the same place by way of a proxy at which one in so many
// statements and commits fails, by chance; 0 is none. It ends with the test.
func Through(t testing.TB, address string, oneIn int) (string, *Proxy) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{listener: l, server: u.Host, oneIn: oneIn, counts: map[Fault]int{}, lines: map[net.Conn]bool{}}
	t.Cleanup(p.end)
	go p.serve()
	u.Host = l.Addr().String()
	return u.String(), p
}

// Silence cuts every line without a word, or, with false, lets new ones through.
func (p *Proxy) Silence(on bool) { p.silent.Store(on) }

// Count tells how often each way of failing was taken.
func (p *Proxy) Count() map[Fault]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	counts := map[Fault]int{}
	for f, n := range p.counts {
		counts[f] = n
	}
	return counts
}

func (p *Proxy) end() {
	p.listener.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.lines {
		c.Close()
	}
}

func (p *Proxy) serve() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.server)
		if err != nil {
			client.Close()
			continue
		}
		p.mu.Lock()
		p.lines[client], p.lines[server] = true, true
		p.mu.Unlock()
		go func() {
			l := line{p: p, client: client, server: server, front: pgproto3.NewFrontend(server, server), back: pgproto3.NewBackend(client, client), status: 'I'}
			_ = l.run() // how a line ends is the client's to see
			client.Close()
			server.Close()
			p.mu.Lock()
			delete(p.lines, client)
			delete(p.lines, server)
			p.mu.Unlock()
		}()
	}
}

// chance draws a fault of the list, or none.
func (p *Proxy) chance(list []Fault) Fault {
	if p.oneIn == 0 || rand.N(p.oneIn) > 0 {
		return ""
	}
	return list[rand.N(len(list))]
}

func (p *Proxy) count(f Fault) {
	p.mu.Lock()
	p.counts[f]++
	p.mu.Unlock()
}
