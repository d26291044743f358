package screen

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/internal/app/screen"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

func named(v *shell.Visit) (*instrument.Instrument, error) {
	in, ok := instrument.Find(v.R.PathValue("name"))
	if !ok {
		return nil, fault.New(fault.NotFound, "screen.no_such")
	}
	return in, nil
}

func list(v *shell.Visit) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	v.Notify()
	return v.Show(http.StatusOK, listPage(&v.View, j, screen.Standings(j, v.Now, true)))
}

func intro(v *shell.Visit) error {
	in, err := named(v)
	if err != nil {
		return err
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	begun, _ := screen.Open(j, in, v.Now)
	v.Notify()
	return v.Show(http.StatusOK, introPage(&v.View, in, &begun, screen.History(j, in)))
}

// question is one screen.
type question struct {
	in      *instrument.Instrument
	sitting screen.Sitting // its ID is zero before the first answer
	item    instrument.Item
	refused error
}

// place is how far it is, of the questions that are to be asked so far.
func (q *question) place() (n, all int) {
	list := q.in.Asked(q.sitting.Answers)
	for i, it := range list {
		if it.ID == q.item.ID {
			n = i + 1
		}
	}
	return n, len(list)
}

func (q *question) path(item string) string {
	values := url.Values{"item": {item}}
	if !q.sitting.ID.IsZero() {
		values.Set("sitting", q.sitting.ID.String())
	}
	return "/screen/" + q.in.ID + "/ask?" + values.Encode()
}

// at finds the question that a form or an address names: the first one, or the
// one to go on with, where it names none.
func at(v *shell.Visit, values url.Values) (*question, error) {
	in, err := named(v)
	if err != nil {
		return nil, err
	}
	q := &question{in: in, sitting: screen.Sitting{Instrument: in, Answers: instrument.Answers{}}}
	if s := values.Get("sitting"); s != "" {
		j, err := v.Read()
		if err != nil {
			return nil, err
		}
		id, err := journal.ParseID(s)
		if err != nil {
			return nil, fault.Wrap(err, fault.NotFound, "screen.no_such")
		}
		found, ok := screen.Find(j, id)
		if !ok || found.Instrument != in {
			return nil, fault.New(fault.NotFound, "screen.other")
		}
		q.sitting = found
	}
	name := values.Get("item")
	item, ok := in.Item(name)
	if name == "" {
		item, ok = q.sitting.Resume()
	}
	if !ok || !item.When.Open(q.sitting.Answers) {
		return nil, fault.New(fault.NotFound, "screen.no_item", "item", name)
	}
	q.item = item
	return q, nil
}

func ask(v *shell.Visit) error {
	q, err := at(v, v.R.URL.Query())
	if err != nil {
		return err
	}
	v.Notify()
	return v.Show(http.StatusOK, askPage(&v.View, q))
}

func answer(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	q, err := at(v, f)
	if err != nil {
		return err
	}
	c := screen.Change{Instrument: q.in, Sitting: q.sitting.ID}
	switch value, bad := strconv.Atoi(f.Get("value")); {
	case f.Get("do") == "skip":
		c.Skip = []string{q.item.ID}
	case bad != nil:
		q.refused = fault.New(fault.Invalid, "screen.answer_one")
		return v.Show(http.StatusUnprocessableEntity, askPage(&v.View, q))
	default:
		c.Answers = instrument.Answers{q.item.ID: value}
	}
	// What is still to come follows from the answers with this one among them.
	next := screen.Sitting{Instrument: q.in, Answers: instrument.Answers{}}
	for item, value := range q.sitting.Answers {
		next.Answers[item] = value
	}
	for item, value := range c.Answers {
		next.Answers[item] = value
	}
	for _, item := range c.Skip {
		delete(next.Answers, item)
	}
	following, more := next.Next(q.item.ID)
	c.Finish = !more
	id, saved, err := screen.Answer(v.Ctx(), v.App, c)
	if err != nil {
		v.Found = append(v.Found, saved.Found...)
		return err
	}
	to := "/screen/" + q.in.ID
	if q.sitting.ID = id; more {
		to = q.path(following.ID)
	} else if !id.IsZero() {
		to = "/screen/" + q.in.ID + "/result/" + id.String()
	}
	if len(saved.Found) == 0 {
		return v.Done(to, nil)
	}
	return v.Done(to, &kit.Notice{Text: v.T("screen.saved"), Found: saved.Found})
}

func result(v *shell.Visit) error {
	in, err := named(v)
	if err != nil {
		return err
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	e, err := v.Entry()
	if err != nil {
		return err
	}
	s, ok := screen.Find(j, e.ID)
	if !ok || s.Instrument != in {
		return fault.New(fault.NotFound, "screen.other")
	}
	v.Notify()
	if len(v.Found) == 0 {
		// A sign is answered whenever it is looked at, not once.
		v.Found, v.FoundSaved = screen.Dangers(in, s.Answers), true
	}
	return v.Show(http.StatusOK, resultPage(&v.View, &s, screen.Results(j, &s)))
}
