package quick

import "strings"

// clock is the one that the person reads: the one they chose, or else that of
// their language. English and the Spanish of the regions below read twelve
// hours, all others twenty-four: the preferred hour cycles of the Unicode CLDR,
// release 46 (supplemental timeData).
func (c *Context) clock() string {
	if c.Clock != "" {
		return c.Clock
	}
	tag := strings.ToLower(strings.ReplaceAll(c.Language, "_", "-"))
	language, rest, _ := strings.Cut(tag, "-")
	region := rest[strings.LastIndexByte(rest, '-')+1:]
	twelve := language == "" || language == "en"
	switch {
	case language == "en" && (region == "gb" || region == "ie" || region == "za"):
		twelve = false
	case language == "es":
		switch region {
		case "us", "pr", "mx", "co", "ve", "do", "pa", "hn", "ni", "sv", "gt", "py", "cu":
			twelve = true
		}
	}
	if twelve {
		return "12h"
	}
	return "24h"
}
