// Package fault is the one kind of error that people get to see: a code for
// programs, and the key of one plain sentence that says what happened and what
// to do. The catalogue (internal/locale) has the sentences.
//
// The text of an error holds nothing a person wrote, so it may reach a log.
package fault

import (
	"errors"
	"fmt"
	"strings"
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

	sentence string
}

// Error is for whoever reads a log: code, key and cause, and never an
// argument.
func (e *Error) Error() string {
	text := e.sentence
	if text == "" {
		text = string(e.Code) + ": " + e.Key
	}
	if e.Err == nil {
		return text
	}
	return text + " (" + e.Err.Error() + ")"
}

func (e *Error) Unwrap() error { return e.Err }

// Sentence is the English sentence of an error whose room has not moved its
// texts to the catalogue yet; ok is false for all others.
func (e *Error) Sentence() (text string, ok bool) { return e.sentence, e.sentence != "" }

// New makes an error out of a code and the key of its sentence, such as
// New(FullDisk, "store.full_disk", "file", name). A key with a space in it is
// taken for an English format string, and args for what goes into it.
func New(code Code, key string, args ...any) error { return Wrap(nil, code, key, args...) }

// Wrap is New with a cause.
func Wrap(err error, code Code, key string, args ...any) error {
	if strings.ContainsAny(key, " %") {
		return &Error{Code: code, Err: err, sentence: sentence(key, args...)}
	}
	return &Error{Code: code, Key: key, Args: args, Err: err}
}

// sentence is a variable, for go vet takes a function that hands its key to
// Sprintf for one whose every call is a format.
var sentence = fmt.Sprintf

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

// English says an error in English; the catalogue sets it. It goes when the
// last caller of MessageOf has a catalogue at hand.
var English = func(err error) string { return string(CodeOf(err)) }

// MessageOf gives the sentence to show for err in English, never the cause; ""
// when err is nil.
func MessageOf(err error) string {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) && e.sentence != "" {
		return e.sentence
	}
	return English(err)
}

// Is tells whether err carries code.
func Is(err error, code Code) bool { return err != nil && CodeOf(err) == code }
