package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/evidence"
	"github.com/evenkeel/evenkeel/evidence/lookup"
	"github.com/evenkeel/evenkeel/internal/fault"
)

func (c *commands) evidenceCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "evidence", Short: c.t("evidence.short")}
	var limit int
	search := &cobra.Command{
		Use: "search WORDS...", Short: c.t("evidence.search.short"), Args: cobra.MinimumNArgs(1),
		Example: "  evenkeel evidence search does it cause hair loss",
		RunE: func(_ *cobra.Command, args []string) error {
			return c.searchEvidence(strings.Join(args, " "), limit)
		},
	}
	search.Flags().IntVar(&limit, "limit", 5, c.t("evidence.flag.limit"))
	show := &cobra.Command{
		Use: "show ID", Short: c.t("evidence.show.short"), Args: cobra.ExactArgs(1),
		Example: "  evenkeel evidence show hair-loss",
		RunE:    func(_ *cobra.Command, args []string) error { return c.showEvidence(args[0]) },
	}
	cmd.AddCommand(search, show, c.recallsCommand())
	return cmd
}

func (c *commands) searchEvidence(words string, limit int) error {
	hits := lookup.Search(words, limit)
	if c.json {
		a := evidenceFound{Query: words, Found: []evidenceBrief{}}
		for _, h := range hits {
			a.Found = append(a.Found, c.evidenceBrief(h.Claim))
		}
		return c.printJSON(a)
	}
	if len(hits) == 0 {
		return c.say("evidence.none_found")
	}
	var parts []string
	for _, h := range hits {
		parts = append(parts, strings.Join(append(c.evidenceHead(h.Claim), c.t("evidence.id", "id", h.Claim.ID)), "\n"))
	}
	return c.print(strings.Join(parts, "\n\n"))
}

// evidenceHead is what is said of a claim first: a statement never goes without
// its verdict.
func (c *commands) evidenceHead(claim evidence.Claim) []string {
	t := claim.Text(c.text.Tag())
	return []string{
		c.t("evidence.topic."+string(claim.Topic)) + ": " + t.Question,
		c.t("evidence.said", "statement", t.Statement),
		c.t("evidence.judged", "verdict", c.t("evidence.verdict."+string(claim.Verdict)), "grade", c.t("evidence.grade."+string(claim.Grade))),
		t.Answer,
	}
}

func (c *commands) showEvidence(id string) error {
	claim, ok := evidence.ByID(id)
	if !ok {
		return fault.New(fault.NotFound, "evidence.no_claim", "id", oneLine(id))
	}
	if c.json {
		return c.printJSON(c.evidenceWhole(claim))
	}
	t := claim.Text(c.text.Tag())
	lines := append(c.evidenceHead(claim), "", c.t("evidence.why", "why", t.Why))
	if len(claim.Lowered) > 0 {
		lines = append(lines, c.t("evidence.lowered", "list", c.evidenceReasons(claim.Lowered)))
	}
	if len(claim.Raised) > 0 {
		lines = append(lines, c.t("evidence.raised", "list", c.evidenceReasons(claim.Raised)))
	}
	if l := claim.Looked; l != nil {
		var places []string
		for _, p := range l.Where {
			places = append(places, c.t("evidence.place."+string(p)))
		}
		lines = append(lines, c.t("evidence.looked", "what", t.Looked, "day", l.On, "places", strings.Join(places, ", ")))
	}
	lines = append(lines, c.t("evidence.changes", "changes", t.Changes))
	for _, n := range claim.Safety {
		lines = append(lines, evidence.Note(n, c.text.Tag()))
	}
	lines = append(lines, c.evidenceSide("for", claim.For)...)
	lines = append(lines, c.evidenceSide("against", claim.Against)...)
	lines = append(lines, c.evidenceSide("beside", claim.Beside)...)
	lines = append(lines, "", c.t("evidence.checked", "day", claim.Checked, "review", c.t("evidence.review."+string(claim.Review))))
	return c.print(strings.Join(lines, "\n"))
}

func (c *commands) evidenceReasons(list []evidence.Reason) string {
	var words []string
	for _, r := range list {
		words = append(words, c.t("evidence.reason."+string(r)))
	}
	return strings.Join(words, "; ")
}

// evidenceSide is the sources of one side, with how far each was read.
func (c *commands) evidenceSide(side string, ids []string) []string {
	if len(ids) == 0 {
		return nil
	}
	lines := []string{"", c.t("evidence.side." + side)}
	for _, id := range ids {
		s, _ := evidence.SourceByID(id)
		lines = append(lines, "  "+c.t("evidence.source", "cite", s.Cite(), "design", c.t("evidence.design."+string(s.Design)), "read", c.t("evidence.read."+string(s.Read))), "    "+s.URL())
		if s.Interest != "" {
			lines = append(lines, "    "+c.t("evidence.source.interest", "interest", s.Interest))
		}
	}
	return lines
}
