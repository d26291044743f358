package cli

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/evidence"
	"github.com/evenkeel/evenkeel/evidence/check"
	"github.com/evenkeel/evenkeel/evidence/check/markup"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// checkKinds are the words of `check --as`.
var checkKinds = map[string]markup.Kind{"": markup.Guess, "text": markup.Plain, "html": markup.HTML, "markdown": markup.Markdown}

func (c *commands) checkCommand() *cobra.Command {
	var as, of string
	var why bool
	cmd := &cobra.Command{
		Use: "check FILE|-", Short: c.t("check.short"), Long: c.t("check.long"), Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			kind, ok := checkKinds[as]
			if !ok {
				return usage("check.as")
			}
			r, err := c.checked(args[0], kind, of)
			if err != nil {
				return err
			}
			switch {
			case c.json && why:
				return c.printJSON(explained(&r))
			case c.json:
				return c.printJSON(r)
			}
			return c.print(c.checkText(&r, why))
		},
	}
	cmd.Flags().StringVar(&as, "as", "", c.t("check.flag.as"))
	cmd.Flags().StringVar(&of, "of", "", c.t("check.flag.of"))
	cmd.Flags().BoolVar(&why, "why", false, c.t("check.flag.why"))
	return cmd
}

// checked reads a file, or the standard input for "-".
func (c *commands) checked(name string, kind markup.Kind, language string) (check.Report, error) {
	f, err := c.openInput(name)
	if err != nil {
		return check.Report{}, err
	}
	if f != c.in {
		defer f.Close()
	}
	in := bufio.NewReaderSize(f, check.Head)
	head, err := in.Peek(check.Head)
	if err != nil && !errors.Is(err, io.EOF) {
		return check.Report{}, fileFault(err)
	}
	if strings.HasPrefix(string(head), "%PDF-") {
		return check.Report{}, fault.New(fault.Invalid, "check.pdf")
	}
	if language == "" {
		language = check.Language(string(head))
	}
	r, err := check.In(language).Read(in, kind)
	if err != nil {
		return check.Report{}, fileFault(err)
	}
	return r, nil
}

// explainedClaim is a claim of `check --json --why`.
type explainedClaim struct {
	check.Claim
	Reading check.Reading `json:"reading"`
	Why     check.Why     `json:"why"`
}

// explained is the report with what each claim was found by.
func explained(r *check.Report) any {
	type sentence struct {
		check.Sentence
		Claims []explainedClaim `json:"claims"`
	}
	list := make([]sentence, len(r.Sentences))
	for i, s := range r.Sentences {
		list[i] = sentence{s, []explainedClaim{}}
		for _, k := range s.Claims {
			list[i].Claims = append(list[i].Claims, explainedClaim{k, k.Reading(), k.Why})
		}
	}
	return struct {
		check.Report
		Sentences []sentence `json:"sentences"`
	}{*r, list}
}

// checkText is the report for people: what could do harm first.
func (c *commands) checkText(r *check.Report, why bool) string {
	s := &r.Summary
	lines := []string{c.t("check.read", "n", s.Sentences, "claims", c.t("check.claims", "n", s.Claims))}
	for _, k := range check.Readings {
		if n := s.Readings[k]; n > 0 {
			lines = append(lines, "  "+c.t("check.count."+string(k), "n", n))
		}
	}
	if s.OtherLanguage {
		lines = append(lines, c.t("check.other_language"))
	}
	if s.Cut {
		lines = append(lines, c.t("check.cut", "n", len(r.Sentences)))
	}
	for _, i := range s.Interest {
		lines = append(lines, c.t("check.interest."+i))
	}
	for _, o := range r.Omissions {
		lines = append(lines, c.t("check.omits."+o))
	}
	first := map[int]bool{}
	if len(s.First) > 0 {
		lines = append(lines, "", c.t("check.first"))
	}
	for _, i := range s.First {
		first[i] = true
		lines = append(lines, c.checkedSentence(r, i, why)...)
	}
	if len(r.Contradictions) > 0 {
		lines = append(lines, "", c.t("check.contradicts"))
	}
	for _, x := range r.Contradictions {
		k, _ := evidence.ByID(x.ID)
		lines = append(lines, "", "  "+c.t("check.against", "question", k.Text(c.text.Tag()).Question), c.quoted(r, x.First), c.quoted(r, x.Second))
	}
	rest := false
	for i, one := range r.Sentences {
		if first[i] || len(one.Claims) == 0 {
			continue
		}
		if !rest {
			lines, rest = append(lines, "", c.t("check.rest")), true
		}
		lines = append(lines, c.checkedSentence(r, i, why)...)
	}
	if len(r.Unmatched) > 0 {
		lines = append(lines, "", c.t("check.unmatched"))
	}
	for _, i := range r.Unmatched {
		lines = append(lines, c.quoted(r, i))
	}
	return strings.Join(append(lines, "", c.t("check.limits")), "\n")
}

func (c *commands) quoted(r *check.Report, i int) string {
	return "  " + c.t("check.quote", "text", r.Sentences[i].Text)
}

// checkedSentence is a sentence with what is known of each of its claims.
func (c *commands) checkedSentence(r *check.Report, i int, why bool) []string {
	lines := []string{"", c.quoted(r, i)}
	for _, k := range r.Sentences[i].Claims {
		known, _ := evidence.ByID(k.ID)
		text := known.Text(c.text.Tag())
		said := c.t("check.reading."+string(k.Reading()), "stance", c.t("check.stance."+string(k.Stance)), "verdict", c.t("check.verdict."+k.Verdict))
		lines = append(lines, "    "+said+" "+text.Question+" "+text.Answer+" ["+k.ID+"]")
		if why {
			var cues []string
			for _, cue := range k.Why.Cues {
				cues = append(cues, c.t("check.cue."+cue.Kind))
			}
			if len(cues) == 0 {
				cues = []string{c.t("check.cue.none")}
			}
			lines = append(lines, "    "+c.t("check.why", "rule", k.Why.Rule, "cues", strings.Join(cues, ", ")))
		}
	}
	return lines
}
