package cli

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/term"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// settle answers the questions of a line that have numbered answers: with those
// given, and at a terminal by asking. It gives the line with the answers in it
// and what it is read as. An answer that no question has is fault.Invalid.
func (c *commands) settle(line string, answers []int, read func(string) (quick.Result, error)) (string, quick.Result, error) {
	asks := len(answers) == 0 && !c.json && term.IsTerminal(int(c.in.Fd()))
	in := bufio.NewReader(c.in)
	passed := 0 // questions at a terminal that were left open
	for {
		r, err := read(line)
		if err != nil || passed >= len(r.Asks) {
			if err == nil && len(answers) > 0 {
				err = fault.New(fault.Invalid, "cli.add.no_such_answer")
			}
			return line, r, err
		}
		choices := r.Asks[passed].Answers()
		switch {
		case len(answers) > 0:
			if answers[0] < 1 || answers[0] > len(choices) {
				return line, r, fault.New(fault.Invalid, "cli.add.no_such_answer")
			}
			line, answers = choices[answers[0]-1].Line, answers[1:]
		case !asks || len(choices) == 0:
			return line, r, nil
		default:
			c.showAsk(r.Asks[passed])
			fmt.Fprint(c.errs, c.t("cli.add.number")+" ")
			typed, err := in.ReadString('\n')
			n, bad := strconv.Atoi(strings.TrimSpace(typed))
			if err != nil || bad != nil || n < 1 || n > len(choices) {
				passed++
				continue
			}
			line = choices[n-1].Line
		}
	}
}

// showAsk shows a question with its numbered answers. They quote the person, so
// they are no fault's message.
func (c *commands) showAsk(a quick.Ask) {
	fmt.Fprintln(c.errs, oneLine(c.t(a.Key, a.Args...)))
	for i, choice := range a.Answers() {
		fmt.Fprintf(c.errs, "  %d. %s\n", i+1, oneLine(c.t(choice.Say.Key, choice.Say.Args...)))
	}
}

// unclear shows what a line left open, and ends the command when nothing was
// saved for it.
func (c *commands) unclear(r quick.Result) error {
	switch {
	case len(r.Asks) == 0:
		return nil
	case c.json && r.Blocked():
		return fault.New(fault.Invalid, "cli.add.unclear_whole")
	case c.json:
		return nil
	}
	for _, a := range r.Asks {
		c.showAsk(a)
	}
	if !r.Blocked() {
		return nil
	}
	key := "cli.add.unclear"
	if len(r.Asks) == 1 && r.Asks[0].Key == "quick.ask.kept" {
		key = "cli.add.kept"
	}
	fmt.Fprintln(c.errs, c.t(key))
	return errShown
}
