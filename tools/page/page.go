// Package page puts what a tool has measured into a page of docs.
package page

import (
	"fmt"
	"strings"
)

// Between returns a page with the text between the two markers of a name
// replaced. It is an error when the page has no such markers.
func Between(page, name, text string) (string, error) {
	begin, end := "<!-- begin "+name+" -->\n", "<!-- end "+name+" -->"
	before, rest, ok := strings.Cut(page, begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return "", fmt.Errorf("the page has no markers for %q", name)
	}
	return before + begin + text + end + after, nil
}
