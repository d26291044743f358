package postgres

import (
	"errors"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgproto3"
)

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
	if l.p.silent.Load() {
		_, _ = io.Copy(io.Discard, l.client) // as below
		return errCut
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
	if l.p.Serializable {
		if err := l.silently("SET default_transaction_isolation = 'serializable'"); err != nil {
			return err
		}
	}
	for {
		r, err := l.next()
		if err != nil {
			return err
		}
		if l.p.silent.Load() {
			_, _ = io.Copy(io.Discard, l.client) // until the client gives up
			return errCut
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
	return l.hidden(bytes)
}

// hidden sends to the server and keeps its answer from the client.
func (l *line) hidden(bytes []byte) error {
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
