package postgres

import (
	"math/rand/v2"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"
)

// unsupported is what at least one of the engines that speak PostgreSQL's protocol
// refuses, or takes and does not do.
var unsupported = regexp.MustCompile(`(?i)\b(SAVEPOINT|pg_(try_)?advisory\w*|LISTEN|NOTIFY|pg_notify|SEQUENCE|SERIAL|BIGSERIAL|nextval|IDENTITY|TRIGGER|EXTENSION|TRUNCATE|REFERENCES|TEMP|TEMPORARY|LANGUAGE|LOCK\s+TABLE|VACUUM)\b`)

var definition = regexp.MustCompile(`(?i)^\s*(CREATE|ALTER|DROP)\b`)

// writes is a statement that changes rows.
var writes = regexp.MustCompile(`(?is)^(with .*)?\b(insert|update|delete)\b`)

// pass hands one request on, or fails it.
func (l *line) pass(r request) error {
	text := strings.ToLower(strings.TrimSpace(r.text))
	switch {
	case l.p.Serializable && strings.HasPrefix(text, "begin isolation level read committed"):
		bytes, err := (&pgproto3.Query{String: strings.Replace(text, "read committed", "serializable", 1)}).Encode(nil)
		if err != nil {
			return err
		}
		return l.ask(bytes, -1)
	// What a line or a transaction is opened with passes.
	case text == "" || text == "rollback" || strings.HasPrefix(text, "begin") || strings.HasPrefix(text, "-- ping") || text == "show transaction_read_only" || strings.HasPrefix(text, "set lock_timeout"):
		return l.ask(r.bytes, -1)
	case l.status == 'E':
		return l.say("25P02", "current transaction is aborted", 'E')
	case unsupported.MatchString(text), strings.Contains(strings.TrimSuffix(text, ";"), ";"),
		definition.MatchString(text) && l.status != 'I':
		l.p.count(RefusedByTheEngine)
		return l.refuse("0A000", "not supported here: "+r.text)
	case text == "commit":
		return l.commit(r, l.p.chance(onCommit))
	}
	if l.status == 'I' && writes.MatchString(text) {
		return l.alone(r, text)
	}
	f := l.p.chance(onStatement)
	if f == "" {
		return l.ask(r.bytes, -1)
	}
	l.p.count(f)
	if f == RefusedStatement {
		return l.refuse("40001", "restart transaction")
	}
	return l.ask(r.bytes, rand.N(12))
}

// alone hands on a statement that is a transaction of its own, or fails it in each
// way in which a statement or a COMMIT fails.
func (l *line) alone(r request, text string) error {
	if l.p.OneTable && strings.HasPrefix(text, "with") {
		return l.refuse("0A000", "a statement changes one table here")
	}
	f := l.p.chance(onAlone)
	if f == "" || f == CutWithinAnAnswer {
		most := -1
		if f != "" {
			l.p.count(f)
			most = rand.N(12)
		}
		return l.ask(r.bytes, most)
	}
	l.p.count(f)
	if f == UnknownDone || f == CutAfterCommit {
		if err := l.hidden(r.bytes); err != nil {
			return err
		}
	}
	switch f {
	case RefusedStatement:
		return l.refuse("40001", "restart transaction")
	case UnknownDone, UnknownUndone:
		return l.say("40003", "result is ambiguous", 'I')
	}
	return errCut
}

// refuse fails a statement, and the transaction that it stands in.
func (l *line) refuse(state, message string) error {
	if l.status == 'I' {
		return l.say(state, message, 'I')
	}
	if err := l.silently("rollback"); err != nil {
		return err
	}
	return l.say(state, message, 'E')
}

func (l *line) commit(r request, f Fault) error {
	if f == "" {
		return l.ask(r.bytes, -1)
	}
	l.p.count(f)
	done := "commit"
	if f == RefusedCommit || f == UnknownUndone || f == CutBeforeCommit {
		done = "rollback"
	}
	if err := l.silently(done); err != nil {
		return err
	}
	switch f {
	case RefusedCommit:
		return l.say("40001", "restart transaction", 'I')
	case UnknownDone, UnknownUndone:
		return l.say("40003", "result is ambiguous", 'I')
	}
	return errCut
}
