package copies

import (
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// An event of a calendar that comes back every day at the same local time. It is
// "floating" (RFC 5545, 3.3.5): it names no zone, so that a clock that is put
// forward or back, or a journey, does not move it by an hour.
type event struct {
	uid            string
	first          time.Time // date and time as they are read; the zone is left out
	days           int
	title, details string
}

// lineOctets is how long a line of a calendar may be before it is folded, without
// its end (RFC 5545, 3.1).
const lineOctets = 75

// writeCalendar writes events as an iCalendar stream (RFC 5545).
func writeCalendar(w io.Writer, made time.Time, language string, events []event) error {
	var b strings.Builder
	line := func(name, value string) { fold(&b, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Evenkeel//Calendar//"+strings.ToUpper(language))
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	for _, e := range events {
		line("BEGIN", "VEVENT")
		line("UID", e.uid)
		line("DTSTAMP", made.UTC().Format("20060102T150405Z"))
		line("DTSTART", e.first.Format("20060102T150405"))
		line("DURATION", "PT5M")
		if e.days > 1 {
			line("RRULE", "FREQ=DAILY;COUNT="+strconv.Itoa(e.days))
		}
		line("SUMMARY", escaped(e.title))
		if e.details != "" {
			line("DESCRIPTION", escaped(e.details))
		}
		line("CLASS", "PRIVATE")
		line("TRANSP", "TRANSPARENT")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	_, err := io.WriteString(w, b.String())
	return err
}

// escaped is text as a value of the type TEXT (RFC 5545, 3.3.11). Characters that
// no text may hold are left out.
func escaped(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// fold writes a line in parts of at most 75 octets, none of which cuts a
// character in two. What is folded begins with a space, which counts.
func fold(b *strings.Builder, line string) {
	room := lineOctets
	for len(line) > room {
		cut := room
		for cut > 0 && !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut] + "\r\n ")
		line, room = line[cut:], lineOctets-1
	}
	b.WriteString(line + "\r\n")
}
