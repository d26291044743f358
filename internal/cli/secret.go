package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// secret is a passphrase that a command needs, and the ways to give it.
type secret struct {
	what string // the key of what it is called in prompts and errors
	env  string // the variable that may hold it
	flag string // the flag that names a file with it; empty for none
	file string // that flag's value
	// repeat asks twice on the terminal: nobody sees a typing mistake.
	repeat bool
}

func (c *commands) journalPassphrase() secret {
	return secret{what: "cli.secret.journal", env: "EVENKEEL_PASSPHRASE", flag: "--passphrase-file", file: c.passphraseFile}
}

// given tells whether the secret can be had without asking.
func (s secret) given() bool { return s.file != "" || os.Getenv(s.env) != "" }

// read gets the secret from its file, its variable, or the terminal.
func (c *commands) read(ctx context.Context, s secret) (string, error) {
	if s.file != "" {
		return firstLine(s.file)
	}
	if v := os.Getenv(s.env); v != "" {
		return v, nil
	}
	if !term.IsTerminal(int(c.in.Fd())) {
		if s.flag == "" {
			return "", fault.New(fault.Locked, "cli.secret.needed_typed", "secret", c.t(s.what), "variable", s.env)
		}
		return "", fault.New(fault.Locked, "cli.secret.needed", "secret", c.t(s.what), "flag", s.flag, "variable", s.env)
	}
	first, err := c.ask(ctx, c.t("cli.secret.type", "secret", c.t(s.what))+" ")
	if err != nil || !s.repeat {
		return first, err
	}
	second, err := c.ask(ctx, c.t("cli.secret.type_again")+" ")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", fault.New(fault.Invalid, "cli.secret.differ")
	}
	return first, nil
}

// ask reads a line from the terminal without showing it. When the person
// stops the program instead, the terminal is put back to showing what is typed.
func (c *commands) ask(ctx context.Context, prompt string) (string, error) {
	fd := int(c.in.Fd())
	state, err := term.GetState(fd)
	if err != nil {
		return "", fault.Wrap(err, fault.Invalid, "cli.secret.no_terminal")
	}
	fmt.Fprint(c.errs, prompt)
	type answer struct {
		text []byte
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		text, err := term.ReadPassword(fd)
		answers <- answer{text, err}
	}()
	select {
	case a := <-answers:
		fmt.Fprintln(c.errs)
		if a.err != nil {
			return "", fault.Wrap(a.err, fault.Invalid, "cli.secret.not_typed")
		}
		return string(a.text), nil
	case <-ctx.Done():
		fmt.Fprintln(c.errs)
		return "", errors.Join(stopped(), term.Restore(fd, state))
	}
}

func stopped() error {
	return fault.New(fault.Conflict, "cli.stopped")
}

// maxPassphraseFile is far above any passphrase: a wrong file name is noticed.
const maxPassphraseFile = 4096

func firstLine(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fileFault(err)
	}
	defer f.Close()
	line, err := bufio.NewReader(io.LimitReader(f, maxPassphraseFile)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fileFault(err)
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", fault.New(fault.Invalid, "cli.secret.file_empty")
	}
	return line, nil
}
