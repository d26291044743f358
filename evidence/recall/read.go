package recall

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// MostBytes is the most that one file may hold: all reports since 2004 are some
// 200 MB.
const MostBytes = 1 << 30

// MostRecord is the most that one value of a file may hold, in bytes. The longest
// records list the codes of their lots, far below it: our choice.
const MostRecord = 8 << 20

// File is what one of the agency's files gave.
type File struct {
	Kind    Kind
	Updated string
	Notices []Notice
	// Records that the file has, and which of them could not be read, counted
	// from 1.
	Records int
	Broken  []int
}

// The errors of Read.
var (
	// ErrNotOne: the file is none of the agency's, or is cut off before its
	// records.
	ErrNotOne = errors.New("recall: no file of openFDA")
	// ErrCut: the file ends in the middle of its records.
	ErrCut = errors.New("recall: the file is cut off")
)

// record has the fields of both files that are used. The files' shape is that of
// the agency's published schemas.
type record struct {
	RecallNumber string `json:"recall_number"`
	Firm         string `json:"recalling_firm"`
	Description  string `json:"product_description"`
	Reason       string `json:"reason_for_recall"`
	Class        string `json:"classification"`
	Status       string `json:"status"`
	Begun        string `json:"recall_initiation_date"`
	Reported     string `json:"report_date"`
	Codes        string `json:"code_info"`

	ReportNumber string   `json:"report_number"`
	Created      string   `json:"date_created"`
	Started      string   `json:"date_started"`
	Reactions    []string `json:"reactions"`
	Products     []struct {
		Brand string `json:"name_brand"`
	} `json:"products"`
}

// Read goes through a file of openFDA record by record, so that memory does not
// grow with what is not about kratom. A record that cannot be read is counted and
// passed over.
func Read(r io.Reader) (*File, error) {
	in := &bounded{from: io.LimitReader(r, MostBytes), left: MostRecord}
	d := json.NewDecoder(in)
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, ErrNotOne
	}
	f := &File{}
	for d.More() {
		in.left = MostRecord
		key, err := d.Token()
		if err != nil {
			return nil, ErrNotOne
		}
		switch key {
		case "meta":
			var meta struct {
				Updated string `json:"last_updated"`
			}
			if err := d.Decode(&meta); err != nil {
				return nil, ErrNotOne
			}
			f.Updated = day(meta.Updated)
		case "results":
			if err := f.records(d, in); err != nil {
				return nil, err
			}
		default:
			var passed json.RawMessage
			if err := d.Decode(&passed); err != nil {
				return nil, ErrNotOne
			}
		}
	}
	if f.Kind == "" {
		return nil, ErrNotOne
	}
	if _, err := d.Token(); err != nil {
		return nil, ErrCut
	}
	return f, nil
}

// bounded reads no more than is left until somebody gives it more, so that a
// small packed file with one endless value does not fill the memory.
type bounded struct {
	from io.Reader
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, ErrNotOne
	}
	n, err := b.from.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

func (f *File) records(d *json.Decoder, in *bounded) error {
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return ErrNotOne
	}
	for d.More() {
		in.left = MostRecord
		var raw json.RawMessage
		switch err := d.Decode(&raw); {
		case errors.Is(err, ErrNotOne):
			return err
		case err != nil:
			return ErrCut
		}
		f.Records++
		var one record
		if err := json.Unmarshal(raw, &one); err != nil || !f.take(&one) {
			f.Broken = append(f.Broken, f.Records)
		}
	}
	if _, err := d.Token(); err != nil {
		return ErrCut
	}
	return nil
}

// take keeps a record that is about kratom; false where it is none of its file.
func (f *File) take(r *record) bool {
	n := Notice{Kind: Recall, Number: r.RecallNumber, Firm: clean(r.Firm), Product: clean(r.Description), Reason: clean(r.Reason), Class: r.Class,
		On: first(r.Begun, r.Reported), Over: r.Status == "Terminated" || r.Status == "Completed", Lots: clean(r.Codes)}
	if r.RecallNumber == "" {
		var brands []string
		for _, p := range r.Products {
			brands = append(brands, clean(p.Brand))
		}
		n = Notice{Kind: Report, Number: r.ReportNumber, Product: strings.Join(brands, "; "), Reason: clean(strings.Join(r.Reactions, ", ")), On: first(r.Started, r.Created)}
	}
	if n.Number == "" || f.Kind != "" && n.Kind != f.Kind {
		return false
	}
	f.Kind = n.Kind
	if about(n.Product) || n.Kind == Recall && about(n.Reason) {
		f.Notices = append(f.Notices, n)
	}
	return true
}

// clean takes line ends, doubled blanks and control characters out.
func clean(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, ""), func(r rune) bool { return r <= ' ' || r == 0x7f || r == 0xa0 }), " ")
}

func first(dates ...string) string {
	for _, s := range dates {
		if d := day(s); d != "" {
			return d
		}
	}
	return ""
}

// day reads "20180309" or "2018-03-09"; empty for anything else.
func day(s string) string {
	for _, layout := range []string{"20060102", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	return ""
}

// String is a notice for messages of tests.
func (n Notice) String() string { return fmt.Sprintf("%s %s", n.Kind, n.Number) }
