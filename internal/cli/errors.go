package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// usageError is a command that was typed wrong; it speaks as locale.Speaker.
type usageError struct {
	key  string
	args []any
}

func (e *usageError) Error() string         { return "usage: " + e.key }
func (e *usageError) Text() (string, []any) { return e.key, e.args }

func usage(key string, args ...any) error { return &usageError{key, args} }

// asUsage gives err as a wrong usage; nil when it is about input or data.
func (c *commands) asUsage(cmd *cobra.Command, err error) *usageError {
	var u *usageError
	if errors.As(err, &u) {
		return u
	}
	if c.begun {
		return nil
	}
	// Cobra's own errors may have suggestions below the first line.
	first, _, _ := strings.Cut(err.Error(), "\n")
	return &usageError{"cli.not_understood", []any{"problem", first, "command", cmd.CommandPath()}}
}

func (c *commands) printFault(asJSON bool, err error) {
	if errors.Is(err, errShown) {
		return
	}
	if errors.Is(err, context.Canceled) {
		err = stopped()
	}
	key, _ := fault.KeyOf(err)
	c.printError(asJSON, string(fault.CodeOf(err)), key, c.text.Fault(err))
}

// printUsage says how a command was typed wrong.
func (c *commands) printUsage(asJSON bool, u *usageError) {
	c.printError(asJSON, "usage", u.key, c.t(u.key, u.args...))
}

func (c *commands) printError(asJSON bool, code, key, message string) {
	if !asJSON {
		fmt.Fprintln(c.errs, message)
		return
	}
	var e struct {
		Error struct {
			Code    string `json:"code"`
			Message string `json:"message"`
			Key     string `json:"key,omitempty"`
		} `json:"error"`
	}
	e.Error.Code, e.Error.Message, e.Error.Key = code, message, key
	// Nothing is left to tell it to if the terminal itself is gone.
	_ = json.NewEncoder(c.errs).Encode(e)
}

// errShown ends a command with exit code 1 when its output said already why.
var errShown = errors.New("the command has said what is wrong")

// printJSON writes v as the command's answer.
func (c *commands) printJSON(v any) error {
	return writeJSON(c.out, v)
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return outFault(e.Encode(v))
}

// outFault is for what could not be printed, to a full disk or a closed pipe.
func outFault(err error) error {
	if err == nil || fault.CodeOf(err) != fault.Internal {
		return err
	}
	return fault.Wrap(err, fault.FullDisk, "cli.output_cut")
}

// t is a text of the catalogue, in the language of this run.
func (c *commands) t(key string, args ...any) string { return c.text.T(key, args...) }

// say prints a text of the catalogue to the person.
func (c *commands) say(key string, args ...any) error { return c.print(c.t(key, args...)) }

// print prints a line that was made already.
func (c *commands) print(line string) error {
	_, err := fmt.Fprintln(c.out, line)
	return outFault(err)
}
