package fault

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestFault(t *testing.T) {
	plain := New(NotFound, "No journal called %s.", "x")
	caused := Wrap(io.ErrUnexpectedEOF, Corrupt, "It is cut short.")
	for _, c := range []struct {
		err     error
		code    Code
		message string
		text    string
	}{
		{nil, "", "", ""},
		{plain, NotFound, "No journal called x.", "No journal called x."},
		{caused, Corrupt, "It is cut short.", "It is cut short. (unexpected EOF)"},
		{fmt.Errorf("opening: %w", caused), Corrupt, "It is cut short.", "opening: It is cut short. (unexpected EOF)"},
		{errors.Join(io.EOF, plain), NotFound, "No journal called x.", "EOF\nNo journal called x."},
	} {
		if CodeOf(c.err) != c.code || MessageOf(c.err) != c.message || c.err != nil && c.err.Error() != c.text {
			t.Errorf("%v: code %q, message %q", c.err, CodeOf(c.err), MessageOf(c.err))
		}
	}
	if !errors.Is(caused, io.ErrUnexpectedEOF) || !Is(caused, Corrupt) || Is(caused, Invalid) || Is(nil, "") {
		t.Error("cause or code is lost")
	}
	// An error without a sentence of its own shows none of its text to people.
	if CodeOf(io.EOF) != Internal || MessageOf(io.EOF) == "" || MessageOf(io.EOF) == io.EOF.Error() {
		t.Errorf("%q %q", CodeOf(io.EOF), MessageOf(io.EOF))
	}
}

func TestKeysAndLogs(t *testing.T) {
	err := Wrap(io.ErrUnexpectedEOF, Conflict, "product.taken", "name", "my blue ones")
	key, args := KeyOf(fmt.Errorf("saving: %w", err))
	if key != "product.taken" || len(args) != 2 || args[1] != "my blue ones" {
		t.Errorf("key %q, args %v", key, args)
	}
	if got, want := err.Error(), "conflict: product.taken (unexpected EOF)"; got != want {
		t.Errorf("a log gets %q, want %q: what a person wrote stays out", got, want)
	}
	if key, args := KeyOf(io.EOF); key != "" || args != nil {
		t.Errorf("an error without a key has %q, %v", key, args)
	}
}
