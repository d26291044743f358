package fhir

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/locale"
)

// document is a bundle in the making.
type document struct {
	p care.Projection
	c *locale.Catalogue
	// share stands for the share, so that the same thing has the same id in each of
	// its versions and in no other share.
	share   [sha256.Size]byte
	entries []entry
	taken   map[string]bool // ids in use
	patient reference
	// recipient of the share, and its consent.
	recipient, consent reference
	// answered are the responses of p.Answers, in its order.
	answered []answered
	sections []section
}

// Bundle is a projection as a FHIR R4 document, in the projection's language. A
// projection with a day that is none is fault.Invalid.
func Bundle(p care.Projection, texts *locale.Texts) ([]byte, error) {
	b, err := compile(p, texts)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(b); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "fhir.not_a_share")
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// Narrative is what a reader of the document sees of one section: XHTML, in which all
// that a person wrote is escaped. It has no name of its own, so that a page can show it
// without knowing of FHIR.
type Narrative = struct{ Title, Div string }

// Narratives are the document of a projection as somebody reads it, section by
// section. Errors are those of Bundle.
func Narratives(p care.Projection, texts *locale.Texts) (list []Narrative, err error) {
	b, err := compile(p, texts)
	if err != nil {
		return nil, err
	}
	for _, s := range b.Entry[0].Resource.(*composition).Section {
		list = append(list, Narrative{s.Title, s.Text.Div})
	}
	return list, nil
}

// compile makes the document of a projection; its first entry is the composition.
func compile(p care.Projection, texts *locale.Texts) (*bundle, error) {
	if err := checkDays(p); err != nil {
		return nil, err
	}
	// A share is known by its consent, which is signed once and stays the same.
	consent, err := json.Marshal(p.Consent)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "fhir.not_a_share")
	}
	d := &document{p: p, c: texts.Match(p.Language), share: sha256.Sum256(consent), taken: map[string]bool{}}
	// The composition has to come first, and is filled last.
	comp := &composition{base: base{ResourceType: "Composition"}}
	this := d.add(d.version(), comp)
	d.people()
	d.notice()
	d.contact()
	d.flags()
	d.responses()
	d.scores()
	d.answers()
	d.days()
	d.plan()
	d.sheet()
	d.notAsked()
	d.disclosure(this)
	d.compose(comp)

	b := &bundle{base: d.base("Bundle", d.version()), Type: "document", Timestamp: instant(p.Made), Entry: d.entries}
	b.Identifier = identifier{System: "urn:ietf:rfc:3986", Value: urn(b.ID)}
	return b, nil
}

// version is the name of what each version of a share has anew. One that was made
// again, because its first try got no answer, has the same number and a later time.
func (d *document) version() string {
	return strconv.FormatInt(d.p.Number, 10) + " " + instant(d.p.Made)
}

// base is what a resource begins with. Its id is a UUID of version 8 (RFC 9562): a
// hash of the share, the type and the name within it.
func (d *document) base(kind, name string) base {
	hash := sha256.Sum256([]byte("evenkeel fhir 1\x00" + string(d.share[:]) + kind + "\x00" + name))
	id := hash[:16]
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return base{
		ResourceType: kind, ID: fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:]),
		Meta: meta{Security: labels()}, Language: d.c.Tag(),
	}
}

// add puts a resource, whose type is set, into the document under a name of its type.
// What has the same name as something before it, such as a questionnaire answered
// twice on a day, is told apart by its place.
func (d *document) add(name string, r resource) reference {
	h := r.head()
	filled := d.base(h.ResourceType, name)
	for n := 2; d.taken[filled.ID]; n++ {
		filled = d.base(h.ResourceType, name+"\x00"+strconv.Itoa(n))
	}
	d.taken[filled.ID] = true
	filled.Text = h.Text
	*h = filled
	d.entries = append(d.entries, entry{FullURL: urn(h.ID), Resource: r})
	return reference{Reference: urn(h.ID)}
}

func urn(id string) string { return "urn:uuid:" + id }

// people are the person and who it is for.
func (d *document) people() {
	consent := d.p.Consent
	d.patient = d.add("", &patient{base: base{ResourceType: "Patient"}, Name: []humanName{{d.named(consent.Patient)}}})
	name := d.named(consent.Recipient)
	switch consent.RecipientKind {
	case "program":
		d.recipient = d.add("recipient", &organization{base{ResourceType: "Organization"}, name})
	case "clinician":
		d.recipient = d.add("recipient", &practitioner{base{ResourceType: "Practitioner"}, []humanName{{name}}})
	default:
		d.recipient = d.add("recipient", &relatedPerson{base{ResourceType: "RelatedPerson"}, d.patient, []humanName{{name}}})
	}
}

// named is a name, or the words for one that was not given.
func (d *document) named(name string) string {
	if name = text(name); name != "" {
		return name
	}
	return d.c.T("fhir.unnamed")
}

// known is a text, or the words for not knowing.
func (d *document) known(s string) string {
	if s = text(s); s != "" {
		return s
	}
	return d.c.T("fhir.not_known")
}

// observed is an observation that the person made of themselves.
func (d *document) observed(code concept, on string) *observation {
	return &observation{
		base: base{ResourceType: "Observation"}, Status: "final",
		Category: []concept{hl7Concept("observation-category", "survey")},
		Code:     code, Subject: d.patient, Effective: on, Performer: []reference{d.patient},
	}
}
