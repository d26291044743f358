// Package fault is the one kind of error that people get to see: a code for
// programs and one plain sentence that says what happened and what to do.
//
// A message never holds anything a person wrote, so it may reach a log.
package fault

import (
	"errors"
	"fmt"
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

// Error carries a code, a sentence for people, and the cause if there is one.
type Error struct {
	Code    Code
	Message string
	Err     error
}

// Error gives the sentence, then the cause for whoever reads a log.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Message
	}
	return e.Message + " (" + e.Err.Error() + ")"
}

func (e *Error) Unwrap() error { return e.Err }

// New makes an error out of a code and a sentence.
func New(code Code, format string, args ...any) error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap is New with a cause.
func Wrap(err error, code Code, format string, args ...any) error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Err: err}
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

// MessageOf gives the sentence to show for err, never the cause; "" when err is nil.
func MessageOf(err error) string {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	return "Something went wrong inside Evenkeel. Nothing was changed. Run `evenkeel doctor` to look for the cause."
}

// Is tells whether err carries code.
func Is(err error, code Code) bool { return err != nil && CodeOf(err) == code }
