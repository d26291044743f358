package postgres

import (
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"sync"
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
)

// Proxy stands between a client and the server.
type Proxy struct {
	// Serializable makes every transaction that may write as strict as engines are
	// that know no weaker one. To be set before the first line.
	Serializable bool

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

// errCut ends a line.
var errCut = errors.New("cut")

// line is one connection of a client.
type line struct {
	p              *Proxy
	client, server net.Conn
	front          *pgproto3.Frontend
	back           *pgproto3.Backend
	status         byte // of the transaction: I none, T in one, E in one that failed
}

func (l *line) run() error {
	first, err := l.back.ReceiveStartupMessage()
	if err != nil {
		return err
	}
	if _, ok := first.(*pgproto3.StartupMessage); !ok {
		return l.passRaw(first) // a request to cancel
	}
	bytes, err := first.Encode(nil)
	if err != nil {
		return err
	}
	if err := l.ask(bytes, -1); err != nil { // the server trusts, so nothing is asked back
		return err
	}
	for {
		r, err := l.next()
		if err != nil {
			return err
		}
		if err := l.pass(r); err != nil {
			return err
		}
	}
}

func (l *line) passRaw(m pgproto3.Message) error {
	bytes, err := m.Encode(nil)
	if err != nil {
		return err
	}
	_, err = l.server.Write(bytes)
	return errors.Join(err, io.EOF)
}

// request is what a client sends before it waits for an answer.
type request struct {
	text  string // the statement
	bytes []byte
}

func (l *line) next() (r request, err error) {
	for {
		m, err := l.back.Receive()
		if err != nil {
			return r, err
		}
		switch m := m.(type) {
		case *pgproto3.Parse:
			r.text = m.Query
		case *pgproto3.Query:
			r.text = m.String
		}
		if r.bytes, err = m.Encode(r.bytes); err != nil {
			return r, err
		}
		switch m.(type) {
		case *pgproto3.Query, *pgproto3.Sync, *pgproto3.Terminate:
			return r, nil
		}
	}
}

// ask sends to the server and passes its answer on, up to the message that says it
// is ready, or, not below zero, only so many messages of it.
func (l *line) ask(bytes []byte, most int) error {
	if _, err := l.server.Write(bytes); err != nil {
		return err
	}
	var answer []byte
	for n := 0; most < 0 || n < most; n++ {
		m, err := l.front.Receive()
		if err != nil {
			return err
		}
		if answer, err = m.Encode(answer); err != nil {
			return err
		}
		ready, done := m.(*pgproto3.ReadyForQuery)
		if done || len(answer) > 1<<16 {
			if _, err := l.client.Write(answer); err != nil {
				return err
			}
			answer = answer[:0]
		}
		if done {
			l.status = ready.TxStatus
			return nil
		}
	}
	if _, err := l.client.Write(answer); err != nil {
		return err
	}
	return errCut
}

// silently has the server do something that the client does not hear of.
func (l *line) silently(statement string) error {
	bytes, err := (&pgproto3.Query{String: statement}).Encode(nil)
	if err != nil {
		return err
	}
	if _, err := l.server.Write(bytes); err != nil {
		return err
	}
	for {
		m, err := l.front.Receive()
		if err != nil {
			return err
		}
		if _, done := m.(*pgproto3.ReadyForQuery); done {
			return nil
		}
	}
}

// say answers the client with an error in the server's place.
func (l *line) say(state, message string, status byte) error {
	bytes, err := (&pgproto3.ErrorResponse{Severity: "ERROR", SeverityUnlocalized: "ERROR", Code: state, Message: message}).Encode(nil)
	if err != nil {
		return err
	}
	if bytes, err = (&pgproto3.ReadyForQuery{TxStatus: status}).Encode(bytes); err != nil {
		return err
	}
	l.status = status
	_, err = l.client.Write(bytes)
	return err
}
