// Package fault is the one kind of error that people get to see: a code for
// programs, and the key of one plain sentence that says what happened and what
// to do. The catalogue (internal/locale) has the sentences.
//
// The text of an error holds nothing a person wrote, so it may reach a log.
package fault

import (
	"encoding/json"
	"errors"
	"strconv"
	"time"
)

// Code says what kind of trouble it is. Codes are stable: `--json` prints them.
type Code string

const (
	Invalid         Code = "invalid"          // the input cannot be accepted as it is
	NotFound        Code = "not_found"        // no such person, record, file
	Conflict        Code = "conflict"         // somebody else changed it meanwhile, or holds it just now
	Locked          Code = "locked"           // the journal must be unlocked first
	WrongPassphrase Code = "wrong_passphrase" // passphrase, recovery code or device key does not open it
	Corrupt         Code = "corrupt"          // bytes were changed, cut off or mixed up
	NewerVersion    Code = "newer_version"    // written by a newer Evenkeel
	FullDisk        Code = "full_disk"        // no room left
	ReadOnly        Code = "read_only"        // the place cannot be written to
	Internal        Code = "internal"         // anything else
)

// Error carries a code, the key of its sentence in the catalogue with what the
// sentence's placeholders stand for, and the cause if there is one.
type Error struct {
	Code Code
	Key  string
	// Args come in pairs of a placeholder's name and its value. They may hold
	// what a person wrote, and so are for the person only.
	Args []any
	Err  error
}

// Error is for whoever reads a log: code, key and cause, and never an
// argument.
func (e *Error) Error() string {
	text := string(e.Code) + ": " + e.Key
	if e.Err == nil {
		return text
	}
	return text + " (" + cause(e.Err) + ")"
}

// cause is the text of an error of others, without those that quote what they
// could not read.
func cause(err error) string {
	var at *time.ParseError
	var number *strconv.NumError
	var shape *json.UnmarshalTypeError
	switch {
	case errors.As(err, &at):
		return "not a time"
	case errors.As(err, &number):
		return "not a number"
	case errors.As(err, &shape):
		return "another type than " + shape.Type.String()
	}
	return err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// New makes an error out of a code and the key of its sentence, such as
// New(FullDisk, "store.full_disk", "file", name).
func New(code Code, key string, args ...any) error { return Wrap(nil, code, key, args...) }

// Wrap is New with a cause.
func Wrap(err error, code Code, key string, args ...any) error {
	return &Error{Code: code, Key: key, Args: args, Err: err}
}

// Saying is something to say that is no error: a key of the catalogue with its
// arguments.
type Saying struct {
	Key  string
	Args []any
}

// Said is what an error says.
func Said(err error) Saying {
	key, args := KeyOf(err)
	if key == "" {
		return Saying{Key: "fault.unknown"}
	}
	return Saying{key, args}
}

// CodeOf gives the code of err: Internal when it has none, "" when err is nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// KeyOf gives the key and arguments of err; "" when it has none.
func KeyOf(err error) (key string, args []any) {
	var e *Error
	if errors.As(err, &e) {
		return e.Key, e.Args
	}
	return "", nil
}

// Is tells whether err carries code.
func Is(err error, code Code) bool { return err != nil && CodeOf(err) == code }
