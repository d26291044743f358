package journal

import (
	"cmp"
	"slices"
	"strings"
)

// The kinds of what is shared. None is an entry of a day: they stand in lists of
// their own, and nothing that looks at entries meets them.
const (
	// KindShare is something that the person shares.
	KindShare Kind = "share"
	// KindShareEnd takes a share back.
	KindShareEnd Kind = "share_end"
	// KindDisclosure is one version of a share that was written out.
	KindDisclosure Kind = "disclosure"
)

// Shared reports the kinds of what is shared.
func (k Kind) Shared() bool { return k == KindShare || k == KindShareEnd || k == KindDisclosure }

// ShareForms are how something can be shared: sealed to the key of its recipient,
// behind a link, or as a file that the person hands over.
var ShareForms = []string{"sealed", "link", "file"}

// ShareRenewals are when a share gets a new version: when the person says so, or
// when they go to their host a day or a week after the last one.
var ShareRenewals = []string{"by_hand", "daily", "weekly"}

// Share is something that a person shares: what they agreed to, where it lies and
// the keys of it. The keys are this share's alone and open nothing of the journal.
// No table, no search and no page shows them; the export and the backup have them,
// so that a journal that was restored can still take back.
type Share struct {
	Consent Consent `json:"consent"`
	// Form is one of ShareForms, Renew one of ShareRenewals.
	Form  string `json:"form"`
	Renew string `json:"renew"`
	// Host is where it lies, and Address its 64 hexadecimal digits there; both empty
	// for a file.
	Host    string `json:"host,omitempty"`
	Address string `json:"address,omitempty"`
	// Log names the log that it belongs to there, without leading to it: only devices
	// of this log can end it.
	Log string `json:"log,omitempty"`
	// To is the card of the recipient that it is sealed to; nil for a link or a file.
	To *ShareCard `json:"to,omitempty"`
	// Sender is the seed of the key that signs this share, 32 bytes; empty for a link
	// or a file.
	Sender []byte `json:"sender,omitempty"`
	// Key opens what a link or a file holds, 32 bytes; empty for one that is sealed,
	// and for a file in the clear.
	Key []byte `json:"key,omitempty"`
}

// ShareCard is the card of a program or clinician as it was when the person
// compared its words.
type ShareCard struct {
	Version int    `json:"version"`
	Name    string `json:"name"`
	// Kind is one of Recipients.
	Kind string `json:"kind"`
	// Seal is the public key that shares are sealed to.
	Seal []byte `json:"seal"`
	// Host and Inbox, 64 hexadecimal digits, are where letters are left.
	Host  string `json:"host"`
	Inbox string `json:"inbox"`
}

// ShareEnd takes a share back. It holds from the moment it was written, on every
// device that has it; a correction of it says how far the host and the recipient
// know.
type ShareEnd struct {
	// Share is the id of the share's entry.
	Share ID `json:"share"`
	// Destroyed says that the host holds none of it any more.
	Destroyed bool `json:"destroyed,omitempty"`
	// Told says that a letter to the recipient says so, Closed that they take none
	// any more.
	Told   bool `json:"told,omitempty"`
	Closed bool `json:"closed,omitempty"`
}

// Disclosure is one version of a share that was written out: the person's own
// accounting of what went to whom (42 CFR 2.25 asks it of programs). It is written
// before the version leaves, and corrected once it has arrived, so that a lost
// answer loses nothing.
type Disclosure struct {
	// Share is the id of the share's entry, Number that of the version, from 1.
	Share  ID  `json:"share"`
	Number int `json:"number"`
	// Recipient, Purpose, Parts and Sections are those of the consent at the time.
	Recipient string   `json:"recipient"`
	Purpose   string   `json:"purpose"`
	Parts     []string `json:"parts"`
	Sections  []string `json:"sections,omitempty"`
	// Arrived says that the host has it, or that the file was written.
	Arrived bool `json:"arrived,omitempty"`
	// Told says that the recipient has a letter about the share.
	Told bool `json:"told,omitempty"`
}

// Kind is KindShare.
func (*Share) Kind() Kind { return KindShare }

// Kind is KindShareEnd.
func (*ShareEnd) Kind() Kind { return KindShareEnd }

// Kind is KindDisclosure.
func (*Disclosure) Kind() Kind { return KindDisclosure }

// Share is the event's share; nil when it is about something else.
func (e *Event) Share() *Share { return of[Share](e) }

// ShareEnd is the end of a share; nil when the event is about something else.
func (e *Event) ShareEnd() *ShareEnd { return of[ShareEnd](e) }

// Disclosure is what was written out; nil when the event is about something else.
func (e *Event) Disclosure() *Disclosure { return of[Disclosure](e) }

var (
	_ = register(Descriptor{Kind: KindShare, New: func() Payload { return new(Share) }, Check: func(p Payload) error { return p.(*Share).check() }})
	_ = register(Descriptor{Kind: KindShareEnd, New: func() Payload { return new(ShareEnd) }, Check: func(p Payload) error {
		if p.(*ShareEnd).Share.IsZero() {
			return bad("share", "event.share")
		}
		return nil
	}})
	_ = register(Descriptor{Kind: KindDisclosure, New: func() Payload { return new(Disclosure) }, Check: func(p Payload) error { return p.(*Disclosure).check() }})
)

// Sizes of what a share names, in bytes. A public key of the hybrid KEM has 1216;
// there is room for the next one.
const (
	shareKey = 32
	maxSeal  = 8192
	maxPlace = 300
)

func (s *Share) check() error {
	if err := first(s.Consent.check(), oneOf("form", s.Form, ShareForms), oneOf("renew", s.Renew, ShareRenewals), text("host", s.Host, maxPlace), text("log", s.Log, MaxWord)); err != nil {
		return err
	}
	lies := s.Form != "file"
	if lies != (s.Host != "") || lies != address(s.Address) || !lies && s.Address != "" {
		return bad("address", "event.share")
	}
	if sealed := s.Form == "sealed"; sealed != (s.To != nil) || sealed != (len(s.Sender) == shareKey) || !sealed && len(s.Sender) > 0 {
		return bad("to", "event.share")
	}
	if n := len(s.Key); n != shareKey && n != 0 || (s.Form == "link") != (n == shareKey) && s.Form != "file" {
		return bad("key", "event.share")
	}
	if s.To == nil {
		return nil
	}
	return s.To.Check()
}

// Check refuses a card that cannot be right; the error is a *FieldError.
func (c *ShareCard) Check() error {
	if c.Version < 1 || len(c.Seal) == 0 || len(c.Seal) > maxSeal || c.Host == "" || !address(c.Inbox) {
		return bad("to", "event.share")
	}
	return first(word("to.name", c.Name), oneOf("to.kind", c.Kind, Recipients), text("to.host", c.Host, maxPlace))
}

func (d *Disclosure) check() error {
	if d.Share.IsZero() || d.Number < 1 || len(d.Parts) > len(SharedParts) || len(d.Sections) > mostSections {
		return bad("share", "event.share")
	}
	for _, p := range d.Parts {
		if err := oneOf("parts", p, SharedParts); err != nil {
			return err
		}
	}
	for _, s := range d.Sections {
		if !slug(s) {
			return bad("sections", "event.share")
		}
	}
	return first(word("recipient", d.Recipient), text("purpose", d.Purpose, MaxWord))
}

// address reports the 64 hexadecimal digits of a place on a host.
func address(s string) bool { return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" }

// Shared is a share with what was done with it.
type Shared struct {
	Entry
	// Disclosures are its versions, the first one first.
	Disclosures []Entry
	// Ends are what took it back: one for each device that did, before they had
	// heard of each other. None while it holds.
	Ends []Entry
}

// Ended reports that the person took it back.
func (s *Shared) Ended() bool { return len(s.Ends) > 0 }

// Over reports that its last day has passed.
func (s *Shared) Over(today Date) bool { return s.Share().Consent.Until < today }

// Shares lists what the person shared, the last first.
func (j *Journal) Shares() []Shared {
	var list []Shared
	at := map[ID]int{}
	for _, e := range slices.Backward(j.shared) {
		if e.Share() != nil {
			at[e.ID] = len(list)
			list = append(list, Shared{Entry: *e})
		}
	}
	for _, e := range j.shared {
		if d := e.Disclosure(); d != nil {
			if i, ok := at[d.Share]; ok {
				list[i].Disclosures = append(list[i].Disclosures, *e)
			}
		}
		if d := e.ShareEnd(); d != nil {
			if i, ok := at[d.Share]; ok {
				list[i].Ends = append(list[i].Ends, *e)
			}
		}
	}
	for i := range list {
		slices.SortStableFunc(list[i].Disclosures, func(a, b Entry) int { return cmp.Compare(a.Disclosure().Number, b.Disclosure().Number) })
	}
	return list
}
