package form

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
)

var styles = []number.Style{number.Either, number.Point, number.Comma}

func says(err error, key string) bool {
	var f *fault.Error
	return errors.As(err, &f) && f.Key == key
}

// languages are written in each style.
var languages = map[number.Style]string{number.Point: "en", number.Comma: "es-ES", number.Either: "es"}

// A form that is opened and saved changes nothing, whatever the kind and the
// language: every kind has an entry in the journal's golden files.
func TestEveryKindComesBackUnchanged(t *testing.T) {
	for _, k := range journal.EntryKinds() {
		files, err := filepath.Glob(filepath.Join("..", "..", "..", "journal", "testdata", "events", string(k)+"-*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s has no golden file (%v)", k, err)
		}
		for _, name := range files {
			plain, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			e, err := journal.Decode(plain)
			if err != nil {
				t.Fatal(err)
			}
			for _, style := range styles {
				p, err := Read(languages[style], nil, k, Fill(style, k, e.Body), e.Body)
				if err != nil {
					t.Errorf("%s (style %v): %v", name, style, err)
				} else if !reflect.DeepEqual(p, e.Body) {
					t.Errorf("%s (style %v)\nwas    %+v\nbecame %+v", name, style, e.Body, p)
				}
			}
		}
	}
}

func TestFiguresComeBackInEveryStyle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := float64(rapid.Int64Range(0, 1e9).Draw(t, "thousandths")) / 1000
		for _, style := range styles {
			got, ok, err := kit.Decimal(style, url.Values{"n": {kit.Written(style, n)}}, "n")
			if n != got || !ok || err != nil {
				t.Fatalf("%v was written %q in style %v and read as %v (%v)", n, kit.Written(style, n), style, got, err)
			}
		}
	})
}

func TestWhatIsTypedIsRead(t *testing.T) {
	for _, c := range []struct {
		style  number.Style
		kind   journal.Kind
		f      url.Values
		field  string // that is read, or refused
		want   string // "" when it is refused
		refuse string
	}{
		{number.Point, journal.KindDose, url.Values{"amount": {"1,500"}, "unit": {"mg"}}, "amount", "1500", ""},
		{number.Comma, journal.KindDose, url.Values{"amount": {"1.500"}, "unit": {"mg"}}, "amount", "1500", ""},
		{number.Comma, journal.KindDose, url.Values{"amount": {"1,500"}, "unit": {"mg"}}, "amount", "1.5", ""},
		{number.Either, journal.KindDose, url.Values{"amount": {"1,500"}, "unit": {"mg"}}, "amount", "", "number.ambiguous"},
		{number.Either, journal.KindDose, url.Values{"amount": {"0,5"}, "unit": {"g"}}, "amount", "0.5", ""},
		{number.Point, journal.KindDose, url.Values{"amount": {"2 1/2"}, "unit": {"g"}}, "amount", "2.5", ""},
		{number.Point, journal.KindDose, url.Values{"amount": {"lots"}, "unit": {"g"}}, "amount", "", "web.not_a_number"},
		{number.Point, journal.KindDose, url.Values{"amount": {"half"}, "unit": {"tablet"}}, "amount", "0.5", ""},
		{number.Point, journal.KindDose, url.Values{"amount": {"one and a half"}, "unit": {"tablet"}}, "amount", "1.5", ""},
		{number.Either, journal.KindDose, url.Values{"amount": {"media"}, "unit": {"tablet"}}, "amount", "0.5", ""},
		{number.Point, journal.KindDose, url.Values{"amount": {"two or three"}, "unit": {"tablet"}}, "amount", "", "web.not_a_number"},
		{number.Point, journal.KindDose, url.Values{"amount": {" "}, "unit": {"g"}}, "amount", "", "dose.amount.needed"},
		{number.Point, journal.KindDose, url.Values{"amount": {"2"}}, "unit", "", "dose.unit.needed"},
		{number.Point, journal.KindDose, url.Values{"amount": {"2"}, "unit": {"g"}, "product": {"green leaf"}}, "product", "", "web.not_your_product"},
		{number.Point, journal.KindDose, url.Values{"amount": {"2"}, "unit": {"g"}, "product": {"00000000000000000000000000000007"}}, "product", "", "web.product_removed"},
		{number.Point, journal.KindDose, url.Values{"amount": {"2"}, "unit": {"g"}, "reasons": {"pain", "sleep"}}, "reasons", "pain sleep", ""},
		{number.Point, journal.KindCheckIn, url.Values{"s_yawning": {"2"}, "s_anxiety": {"0"}}, "symptoms", "anxiety=0 yawning=2", ""},
		{number.Point, journal.KindCheckIn, url.Values{"s_yawning": {"very"}}, "s_yawning", "", "web.not_an_answer"},
		{number.Point, journal.KindPriorUse, url.Values{"per_day": {"20"}, "unit": {"g"}, "days": {"1.5"}, "span": {"years"}}, "days", "547.5", ""},
		{number.Point, journal.KindPriorUse, url.Values{"per_day": {"20"}, "unit": {"g"}, "span": {"years"}}, "days", "", "history.days.needed"},
		{number.Point, journal.KindSpending, url.Values{"amount": {"12.50"}, "currency": {"eur"}}, "currency", "EUR", ""},
		{number.Point, journal.KindSpending, url.Values{"amount": {"0"}, "currency": {"EUR"}}, "amount", "0", ""},
		{number.Point, journal.KindSubstance, url.Values{"name": {"beer"}}, "class", "", "substance.class.needed"},
		{number.Point, journal.KindBodyChange, url.Values{"change": {"itch"}, "ongoing": {"1"}}, "ongoing", "yes", ""},
		{number.Point, journal.KindBodyChange, url.Values{"change": {"itch"}}, "ongoing", "", ""},
		{number.Point, journal.KindNote, url.Values{"text": {"  "}}, "text", "", "note.text.needed"},
	} {
		p, err := Read(languages[c.style], nil, c.kind, c.f, nil)
		if c.refuse != "" {
			if kit.WrongField(err) != c.field || !says(err, c.refuse) {
				t.Errorf("%s %v: %v at %q, want %s at %q", c.kind, c.f, err, kit.WrongField(err), c.refuse, c.field)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s %v: %v", c.kind, c.f, err)
			continue
		}
		d := journal.Describe(c.kind)
		field, _ := d.Field(c.field)
		if got := field.Get(p); got != c.want {
			t.Errorf("%s %v: %s is %q, want %q", c.kind, c.f, c.field, got, c.want)
		}
	}
}
