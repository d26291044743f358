package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/screen"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

func (c *commands) screenCommand() *cobra.Command {
	var list, items, fhir bool
	var answers string
	cmd := &cobra.Command{
		Use:   "screen [NAME]",
		Short: c.t("screen.short"),
		Long:  c.t("screen.long"),
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || list {
				return c.look(cmd.Context(), func(a *app.App) error { return c.standings(cmd.Context(), a) })
			}
			in, ok := instrument.Find(args[0])
			if !ok {
				return fault.New(fault.NotFound, "screen.no_such")
			}
			if fhir {
				return c.printJSON(in.FHIR(c.text.Tag()))
			}
			if items {
				return c.showItems(in)
			}
			given, err := readAnswers(answers)
			if err != nil {
				return err
			}
			if answers == "" {
				if given, err = c.askItems(in); err != nil {
					return err
				}
			}
			return c.write(cmd.Context(), func(a *app.App) error { return c.answer(cmd.Context(), a, in, given) })
		},
	}
	cmd.Flags().BoolVar(&list, "list", false, c.t("screen.flag.list"))
	cmd.Flags().BoolVar(&items, "items", false, c.t("screen.flag.items"))
	cmd.Flags().BoolVar(&fhir, "fhir", false, c.t("screen.flag.fhir"))
	cmd.Flags().StringVar(&answers, "answers", "", c.t("screen.flag.answers"))
	return cmd
}

// readAnswers reads "1=2,2=0".
func readAnswers(s string) (instrument.Answers, error) {
	a := instrument.Answers{}
	for _, pair := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' }) {
		item, value, ok := strings.Cut(pair, "=")
		v, err := strconv.Atoi(value)
		if _, twice := a[item]; !ok || err != nil || twice {
			return nil, usage("screen.answers_form")
		}
		a[item] = v
	}
	return a, nil
}

// askItems asks one question after the other, and takes the number of an
// answer as it stands in the list.
func (c *commands) askItems(in *instrument.Instrument) (instrument.Answers, error) {
	w := in.Words(c.text.Tag())
	a := instrument.Answers{}
	lines := bufio.NewReader(io.LimitReader(c.in, 1<<16))
	fmt.Fprintln(c.errs, w.Title+"\n"+w.About+"\n"+c.text.Recall(in))
	for _, item := range in.Items {
		if !item.When.Open(a) {
			continue
		}
		fmt.Fprintln(c.errs, "\n"+strings.TrimSpace(w.Stem+"\n"+w.Items[item.ID]))
		values := in.Values(item)
		for n, v := range values {
			fmt.Fprintf(c.errs, "  %d  %s\n", n+1, in.Answer(w, item, v))
		}
		for {
			fmt.Fprint(c.errs, c.t("screen.ask")+" ")
			line, err := lines.ReadString('\n')
			line = strings.TrimSpace(line)
			if line == "" {
				if err != nil {
					return a, nil // the input has ended: the rest is left out
				}
				break
			}
			if n, bad := strconv.Atoi(line); bad == nil && 1 <= n && n <= len(values) {
				a[item.ID] = values[n-1]
				c.answerDanger(journal.Settings{}, screen.Dangers(in, instrument.Answers{item.ID: values[n-1]}))
				break
			}
			fmt.Fprintln(c.errs, c.t("screen.answer_one"))
			if err != nil {
				return a, nil
			}
		}
	}
	return a, nil
}

func (c *commands) answer(ctx context.Context, a *app.App, in *instrument.Instrument, given instrument.Answers) error {
	id, saved, err := screen.Answer(ctx, a, screen.Change{Instrument: in, Answers: given, Finish: true})
	c.answerDanger(c.choices(ctx, a), saved.Found)
	if err != nil {
		return err
	}
	j, err := a.Read(ctx)
	if err != nil {
		return err
	}
	s, ok := screen.Find(j, id)
	if !ok {
		return fault.New(fault.Invalid, "screen.empty")
	}
	if c.json {
		return c.printJSON(c.sitting(j, &s))
	}
	return c.print(strings.Join(c.resultLines(j, &s), "\n"))
}

func (c *commands) resultLines(j *journal.Journal, s *screen.Sitting) []string {
	w := s.Instrument.Words(c.text.Tag())
	lines := []string{w.Title}
	for _, r := range screen.Results(j, s) {
		lines = append(lines, c.text.Score(s.Instrument, r.Scoring, r.Score))
		if b := r.Scoring.Bands; b != nil && r.Known {
			lines = append(lines, w.Populations[b.Population], c.t("screen.source", "cite", b.Source.Cite))
		} else if b == nil {
			lines = append(lines, c.t("screen.no_band"))
		}
		if r.Before != nil {
			lines = append(lines, c.text.ScoreChange(r.Changed, *r.Before, r.At.Format(time.DateOnly)))
		}
	}
	if w.Note != "" {
		lines = append(lines, w.Note)
	}
	return lines
}

func (c *commands) standings(ctx context.Context, a *app.App) error {
	j, err := a.Read(ctx)
	if err != nil {
		return err
	}
	all := screen.Standings(j, a.Now(ctx), true)
	if c.json {
		list := []standingAnswer{}
		for _, st := range all {
			list = append(list, c.standing(j, &st))
		}
		return c.printJSON(list)
	}
	for _, st := range all {
		w := st.Instrument.Words(c.text.Tag())
		line := fmt.Sprintf("%-11s %s. ", st.Instrument.ID, w.Title)
		switch {
		case st.Last == nil:
			line += c.t("screen.never")
		default:
			line += c.t("screen.last", "day", st.Last.At.Format(time.DateOnly))
			if st.Due {
				line += " " + c.t("screen.due")
			}
		}
		if err := c.print(line); err != nil {
			return err
		}
	}
	return nil
}
