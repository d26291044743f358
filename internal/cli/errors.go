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

// usageError is a command that was typed wrong.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }
func (*usageError) code() string    { return "usage" }

func usage(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

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
	return &usageError{fmt.Sprintf("This command was not understood: %s. See: %s --help", first, cmd.CommandPath())}
}

func (c *commands) printFault(asJSON bool, err error) {
	if errors.Is(err, errShown) {
		return
	}
	if errors.Is(err, context.Canceled) {
		err = stopped()
	}
	c.printError(asJSON, string(fault.CodeOf(err)), fault.MessageOf(err))
}

func (c *commands) printError(asJSON bool, code, message string) {
	if !asJSON {
		fmt.Fprintln(c.errs, message)
		return
	}
	var e struct {
		Error struct {
			Code    string `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}
	e.Error.Code, e.Error.Message = code, message
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
	return fault.Wrap(err, fault.FullDisk, "The output could not be written to the end. Check where it goes and the free space, then try again.")
}

// say prints a line to the person.
func (c *commands) say(format string, args ...any) error {
	_, err := fmt.Fprintf(c.out, format+"\n", args...)
	return outFault(err)
}
