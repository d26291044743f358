package evidence

// Text is what people read of a claim, in one language.
type Text struct {
	// Language is the language the text is in, which is English where there is
	// none in the one asked for.
	Language string `json:"-"`
	// Question is how people ask; Statement, the sentence that the verdict
	// judges, never shown without it.
	Question  string `json:"question"`
	Statement string `json:"statement"`
	// Answer is two or three sentences.
	Answer string `json:"answer"`
	// Why is what the verdict and its grade rest on.
	Why string `json:"why"`
	// Looked says what was looked for and not found; set where Claim.Looked is.
	Looked string `json:"looked,omitempty"`
	// Changes is what would change the verdict.
	Changes string `json:"changes"`
	// Said and Denied are ways in which the statement and its contrary are met,
	// typical and not quoted. They are for searching and matching: nobody is
	// shown them.
	Said   []string `json:"said,omitempty"`
	Denied []string `json:"denied,omitempty"`
}

// english is the language that every claim has.
const english = "en"

// Text is the claim's text in a language ("es"), the English one where there is
// none.
func (c Claim) Text(language string) Text {
	if t, ok := book().texts[language][c.ID]; ok {
		return t
	}
	return book().texts[english][c.ID]
}

// Note is what has to be said for safety, by its id and language; English where
// there is none, empty for an unknown id.
func Note(id, language string) string {
	if n, ok := book().notes[language][id]; ok {
		return n
	}
	return book().notes[english][id]
}

// SafetyNotes are the ids of all safety notes, see Note.
func SafetyNotes() []string { return book().noteIDs }

// Languages are the languages that have texts.
func Languages() []string { return book().languages }
