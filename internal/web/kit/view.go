package kit

import (
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

// View is what every page needs besides its own data. Its words are the
// catalogue's, as the person set them.
type View struct {
	*locale.Catalogue
	// Path is the page's own, and Part the item of the navigation that it
	// belongs to; empty for none.
	Path, Part string
	// Open says that the journal is open to the one who looks.
	Open bool
	// Demo says that it is a made-up person's.
	Demo bool
	// Framed says that the app runs in a browser without a server: what it keeps
	// lies in that browser.
	Framed   bool
	Settings journal.Settings
	// Now is when the person asked.
	Now    time.Time
	Notice *Notice
	// Found are the words of danger in what the person just wrote; FoundSaved
	// that it was saved all the same.
	Found      []safety.Finding
	FoundSaved bool
	// Lost says what the journal is known to lack; nil when it is whole.
	Lost error
	// AutoLock is after how many idle minutes the journal locks; 0 for never.
	AutoLock int
	// Languages to choose from.
	Languages []Option
	Nav       []NavItem
	// Asset is the address of an asset by its plain name.
	Asset func(name string) string

	formID string
}

// NavItem is a page that the navigation leads to.
type NavItem struct {
	Name, Path string
	// Always shows it to somebody who has no open journal, too.
	Always bool
}

// Notice is shown once, on the page after something was done.
type Notice struct {
	Text string
	// Undo are entries to take out again; Edit is the one to open.
	Undo []journal.ID
	Edit journal.ID
	// Bring are entries that were deleted and can come back.
	Bring []journal.ID
	// Found are words of danger in what was saved.
	Found []safety.Finding
}

// And is both notices in one; either may be nil.
func (n *Notice) And(o *Notice) *Notice {
	if n == nil {
		return o
	}
	if o == nil {
		return n
	}
	return &Notice{Text: n.Text + " " + o.Text, Undo: slices.Concat(n.Undo, o.Undo), Bring: slices.Concat(n.Bring, o.Bring), Found: slices.Concat(n.Found, o.Found)}
}

// FormID tells this rendering of a page from every other. Its forms bring it
// along, so that one that is sent twice is told from two of the same.
func (v *View) FormID() string {
	if v.formID == "" {
		var b [16]byte
		rand.Read(b[:])
		v.formID = hex.EncodeToString(b[:])
	}
	return v.formID
}

// Title of every page is neutral: the page's own name and the app's.
func (v *View) Title(name string) string {
	if name == "" {
		return "Evenkeel"
	}
	return name + " — Evenkeel"
}

// Country is the person's own, "" where it is not known.
func (v *View) Country() string { return journal.Or(v.Settings.Country, "") }

// Hides reports that curves are hidden.
func (v *View) Hides() bool { return journal.Or(v.Settings.HideCurve, false) }

// Today is the date where the person is.
func (v *View) Today() journal.Date { return journal.DateOf(v.Now) }

// IdleMinutes tells the page after how long it should look whether the
// journal has locked itself; empty for never.
func (v *View) IdleMinutes() string {
	if !v.Open || v.AutoLock == 0 {
		return ""
	}
	return strconv.Itoa(v.AutoLock)
}

// Describe puts an entry into words.
func (v *View) Describe(e *journal.Event) locale.Said { return v.Catalogue.Describe(e, v.Now) }

func (v *View) clock24() bool { return v.Clock24(journal.Or(v.Settings.Clock, "")) }

// Clock is the time of day as the person set it.
func (v *View) Clock(t time.Time) string { return v.Catalogue.Clock(t, v.clock24()) }

// Hour is a full hour, "2 PM" or "14:00", for an axis.
func (v *View) Hour(t time.Time) string {
	if v.clock24() {
		return t.Format("15:04")
	}
	return t.Format("3 PM")
}

// Day names a date in full.
func (v *View) Day(d journal.Date) string { return v.Catalogue.Day(d, v.Now) }

// Near names a date from today's side: today, yesterday, or the date.
func (v *View) Near(d journal.Date) string { return v.Catalogue.Near(d, v.Now) }

// When is a time as one says it today.
func (v *View) When(t time.Time) string { return v.Catalogue.When(t, v.Now, v.clock24()) }

// WhenSaid is the same within a sentence.
func (v *View) WhenSaid(t time.Time) string { return v.Catalogue.WhenSaid(t, v.Now, v.clock24()) }

// Offset is a UTC offset as people write it, "UTC−05:00".
func Offset(t time.Time) string { return "UTC" + strings.Replace(t.Format("-07:00"), "-", "−", 1) }
