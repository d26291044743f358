package postgres

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// faultOf turns what the server says into a sentence for people. The server's own
// text, kept as the cause, names tables and never holds a bound value. A deadline is
// that of one try: whoever calls looks first whether their own is over.
func faultOf(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	if f := (*fault.Error)(nil); errors.As(err, &f) {
		return err
	}
	state := stateOf(err)
	switch {
	case refused(state):
		return fault.Wrap(err, fault.Conflict, "store.busy")
	case state == diskFull:
		return fault.Wrap(err, fault.FullDisk, "store.full_disk")
	case state == readOnly || errors.Is(err, pgconn.ErrReadOnlyConnection):
		return fault.Wrap(err, fault.ReadOnly, "store.server_read_only")
	case state == dataCorrupted || state == indexCorrupted:
		return fault.Wrap(err, fault.Corrupt, "store.server_damaged")
	case lost(err):
		return fault.Wrap(err, fault.Internal, "store.server_away")
	case strings.HasPrefix(state, "28") || state == noRight || state == noDatabase || state == noSchema:
		return fault.Wrap(err, fault.ReadOnly, "store.server_refuses")
	}
	return fault.Wrap(err, fault.Internal, "store.server_failed")
}

// tired is for a store whose patience is over.
func tired(err error) error {
	if lost(err) {
		return fault.Wrap(err, fault.Internal, "store.server_away")
	}
	return faultOf(err)
}

// States that a server answers with, by the standard and by PostgreSQL.
const (
	serializationFailure = "40001"
	outcomeUnknown       = "40003"
	deadlock             = "40P01"
	lockTimeout          = "55P03"
	uniqueViolation      = "23505"
	diskFull             = "53100"
	readOnly             = "25006"
	dataCorrupted        = "XX001"
	indexCorrupted       = "XX002"
	noRight              = "42501"
	noDatabase           = "3D000"
	noSchema             = "3F000"
	tableThere           = "42P07"
	typeThere            = "42710" // a table has a type of its name
	noTable              = "42P01"
	notSupported         = "0A000"
	syntaxError          = "42601"
)

// stateOf is the server's five-letter state; "" when it is not the server that
// speaks.
func stateOf(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// refused tells a transaction that the server undid because of others.
func refused(state string) bool {
	return state == serializationFailure || state == deadlock || state == lockTimeout
}

// lost tells that the server is out of reach, going down or coming up (57P01 to
// 57P03), has no place free for a line (53300), or that it cannot say what became
// of the transaction (40003, class 08).
func lost(err error) bool {
	if state := stateOf(err); state != "" {
		return state == outcomeUnknown || strings.HasPrefix(state, "08") || strings.HasPrefix(state, "57P0") || state == "53300"
	}
	var connecting *pgconn.ConnectError
	var line net.Error
	return errors.As(err, &connecting) || errors.As(err, &line) || pgconn.SafeToRetry(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}
