package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/pkpd"
)

// The answer of `sources --json`.
type (
	sourcesAnswer struct {
		Version string        `json:"version"`
		Domain  string        `json:"domain"`
		Topics  []topicAnswer `json:"topics"`
	}
	topicAnswer struct {
		Topic   string       `json:"topic"`
		Says    string       `json:"says"`
		Numbers []restAnswer `json:"numbers"`
	}
	restAnswer struct {
		Symbol string  `json:"symbol"`
		Name   string  `json:"name"`
		Value  float64 `json:"value"`
		Unit   string  `json:"unit"`
		// People and Doubt hold eight of ten: of people, and of what the typical
		// value may be.
		People  *spreadAnswer  `json:"people,omitempty"`
		Doubt   *spreadAnswer  `json:"doubt,omitempty"`
		Grade   string         `json:"grade"`
		Sources []sourceAnswer `json:"sources"`
		Note    string         `json:"note"`
	}
	spreadAnswer struct {
		Low  float64 `json:"low"`
		High float64 `json:"high"`
	}
	sourceAnswer struct {
		Cite string `json:"cite"`
		URL  string `json:"url,omitempty"`
	}
)

func (c *commands) sourcesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "sources",
		Short: c.t("sources.short"),
		Long:  c.t("sources.long"),
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			l := pkpd.Standard()
			if c.json {
				return c.printJSON(c.sources(l))
			}
			return c.print(c.sourcesText(l))
		},
	}
}

func (c *commands) sources(l *pkpd.Library) sourcesAnswer {
	a := sourcesAnswer{Version: l.Version, Domain: l.Domain}
	for _, t := range pkpd.Topics {
		topic := topicAnswer{Topic: t.Key, Says: c.t("sources.say." + t.Key)}
		for _, r := range l.Rests(t) {
			n := restAnswer{
				Symbol: r.Symbol, Name: c.text.ModelNumber(r.Symbol), Value: r.Value, Unit: r.Unit,
				People: spreadOf(r.People), Doubt: spreadOf(r.Doubt), Grade: r.Grade, Note: r.Note,
			}
			for _, name := range r.Sources {
				n.Sources = append(n.Sources, sourceAnswer{l.Sources[name].Cite, l.Sources[name].URL()})
			}
			topic.Numbers = append(topic.Numbers, n)
		}
		a.Topics = append(a.Topics, topic)
	}
	return a
}

func spreadOf(s *pkpd.Likely) *spreadAnswer {
	if s == nil {
		return nil
	}
	return &spreadAnswer{pkpd.Round(s.Low, 3), pkpd.Round(s.High, 3)}
}

func (c *commands) sourcesText(l *pkpd.Library) string {
	var b strings.Builder
	for _, s := range []string{c.t("sources.lead"), c.t("sources.domain")} {
		b.WriteString(s + "\n")
	}
	for _, t := range pkpd.Topics {
		b.WriteString("\n" + c.t("sources.topic."+t.Key) + "\n" + c.t("sources.say."+t.Key) + "\n")
		for _, r := range l.Rests(t) {
			b.WriteString("  " + c.text.ModelNumber(r.Symbol) + "\n")
			for _, s := range c.text.ModelRest(&r) {
				b.WriteString("    " + s + "\n")
			}
			for _, name := range r.Sources {
				s := l.Sources[name]
				b.WriteString("    " + c.t("sources.paper", "cite", strings.TrimSpace(s.Cite+" "+s.URL())) + "\n")
			}
		}
	}
	return b.String()
}
