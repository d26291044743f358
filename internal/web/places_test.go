package web_test

import "testing"

// A list is brought, looked through by what matters, and what is looked for
// stands in no address.
func TestPlaces(t *testing.T) {
	t.Parallel()
	s := newSite(t, 5)
	s.contains(s.want(200, s.get("/places")), "without sending anything anywhere", "When you call")
	s.contains(s.want(422, s.upload("/places/import", "x.csv", "date,dose\n1,2\n")), "not a list of treatment places")
	s.contains(s.want(200, s.upload("/places/import", "places.csv", aDirectory)), "1 place is here now")
	s.contains(s.want(200, s.post("/places", "where", "62701", "need", "dual")), "Harbor House", `href="tel:2175550100"`, "1 place fits")
	s.contains(s.want(200, s.post("/places", "where", "62701", "need", "free")), "No listed place fits")
}

// Answers are kept as they are given: back, skip, go on later; a sign of danger
// is answered on the very next page.
func TestAQuestionnaire(t *testing.T) {
	t.Parallel()
	s := newSite(t, 5)
	r := s.want(200, s.post("/screen/phq9/ask", "item", "1", "value", "2"))
	s.contains(r, "Feeling down, depressed, or hopeless", "2 of 10", "One question back")
	sitting := field(r, "sitting")
	if sitting == "" {
		t.Fatal("the sitting is not gone on with")
	}
	s.contains(s.want(200, s.post("/screen/phq9/ask", "item", "2", "sitting", sitting, "do", "skip")), "3 of 10")
	s.contains(s.want(200, s.get("/screen/phq9")), "Go on where you stopped")
	s.contains(s.want(200, s.post("/screen/phq9/ask", "item", "9", "sitting", sitting, "value", "1")), "You answered that you had thoughts", "You can talk to a person now", "10 of 10")
	// Also where the answer cannot be kept.
	s.contains(s.want(422, s.post("/screen/phq9/ask", "item", "9", "sitting", sitting, "value", "7")), "You can talk to a person now")
	r = s.want(200, s.post("/screen/phq9/ask", "item", "difficulty", "sitting", sitting, "value", "1"))
	s.contains(r, "7 questions were left out", "left out", "You can talk to a person now")
	s.contains(s.want(422, s.post("/screen/phq9/ask", "item", "1", "sitting", sitting)), "Choose one of the answers")
	s.contains(s.want(200, s.get("/standing")), "better off dead", "Last answered")
}
