package number

import "strings"

// Style is how the writer separates thousands and decimals.
type Style uint8

const (
	// Either is for a writer whose habit is not known.
	Either Style = iota
	// Point is 1,500.5: commas between thousands, a decimal point.
	Point
	// Comma is 1.500,5: points between thousands, a decimal comma.
	Comma
)

// StyleOf is the habit of those who write a language, given as a BCP 47 tag
// such as "en", "es" or "es-MX". Spanish is written in both styles: with a
// region it is that region's, and without one it is Either. So is a language
// that is not in the table. The table follows the number symbols of the
// Unicode CLDR, release 46.
func StyleOf(tag string) Style {
	tag = strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	language, rest, _ := strings.Cut(tag, "-")
	if language == "en" {
		if strings.HasSuffix(rest, "za") {
			return Either
		}
		return Point
	}
	if language != "es" || rest == "" {
		return Either
	}
	region := rest[strings.LastIndexByte(rest, '-')+1:]
	switch region {
	case "419", "br", "bz", "cu", "do", "gt", "hn", "mx", "ni", "pa", "pe", "pr", "sv", "us":
		return Point
	case "ar", "bo", "cl", "co", "cr", "ec", "es", "gq", "py", "uy", "ve":
		return Comma
	}
	return Either
}
