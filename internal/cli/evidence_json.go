package cli

import "github.com/evenkeel/evenkeel/evidence"

// The answers of `evidence --json`.
type (
	evidenceFound struct {
		Query string          `json:"query"`
		Found []evidenceBrief `json:"found"`
	}
	evidenceBrief struct {
		ID        string `json:"id"`
		Topic     string `json:"topic"`
		Language  string `json:"language"` // of the texts
		Verdict   string `json:"verdict"`
		Grade     string `json:"grade"`
		Question  string `json:"question"`
		Statement string `json:"statement"`
		Answer    string `json:"answer"`
	}
	evidenceWhole struct {
		evidenceBrief
		About    string           `json:"about"`
		Lowered  []string         `json:"lowered"`
		Raised   []string         `json:"raised"`
		Disputed bool             `json:"disputed"` // sources stand on both sides
		Why      string           `json:"why"`
		Looked   *evidenceLooked  `json:"looked,omitempty"`
		Changes  string           `json:"changes"`
		Safety   []evidenceNote   `json:"safety"`
		For      []evidenceSource `json:"for"`
		Against  []evidenceSource `json:"against"`
		Beside   []evidenceSource `json:"beside"`
		Checked  string           `json:"checked"`
		Review   string           `json:"review"`
	}
	evidenceLooked struct {
		What  string   `json:"what"`
		Where []string `json:"where"`
		On    string   `json:"on"`
	}
	evidenceNote struct {
		ID   string `json:"id"`
		Text string `json:"text"`
	}
	evidenceSource struct {
		ID       string `json:"id"`
		Cite     string `json:"cite"`
		URL      string `json:"url"`
		Design   string `json:"design"`
		People   string `json:"people,omitempty"`
		N        int    `json:"n,omitempty"`
		Interest string `json:"interest,omitempty"`
		Read     string `json:"read"`
	}
)

func (c *commands) evidenceBrief(claim evidence.Claim) evidenceBrief {
	t := claim.Text(c.text.Tag())
	return evidenceBrief{
		ID: claim.ID, Topic: string(claim.Topic), Language: t.Language, Verdict: string(claim.Verdict), Grade: string(claim.Grade),
		Question: t.Question, Statement: t.Statement, Answer: t.Answer,
	}
}

func (c *commands) evidenceWhole(claim evidence.Claim) evidenceWhole {
	t := claim.Text(c.text.Tag())
	a := evidenceWhole{
		evidenceBrief: c.evidenceBrief(claim), About: string(claim.About), Lowered: plain(claim.Lowered), Raised: plain(claim.Raised),
		Disputed: claim.Disputed(), Why: t.Why, Changes: t.Changes, Safety: []evidenceNote{},
		For: evidenceSources(claim.For), Against: evidenceSources(claim.Against), Beside: evidenceSources(claim.Beside),
		Checked: claim.Checked, Review: string(claim.Review),
	}
	if l := claim.Looked; l != nil {
		a.Looked = &evidenceLooked{What: t.Looked, Where: plain(l.Where), On: l.On}
	}
	for _, n := range claim.Safety {
		a.Safety = append(a.Safety, evidenceNote{n, evidence.Note(n, c.text.Tag())})
	}
	return a
}

func evidenceSources(ids []string) []evidenceSource {
	list := []evidenceSource{}
	for _, id := range ids {
		s, _ := evidence.SourceByID(id)
		list = append(list, evidenceSource{s.ID, s.Cite(), s.URL(), string(s.Design), s.People, s.N, s.Interest, string(s.Read)})
	}
	return list
}

// plain is a list of names as strings, never nil.
func plain[T ~string](list []T) []string {
	out := make([]string, 0, len(list))
	for _, x := range list {
		out = append(out, string(x))
	}
	return out
}
