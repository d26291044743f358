package web

import (
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

// here reports that a page belongs to an item of the navigation.
func here(v *view, path string) bool {
	if path == "/" {
		return v.path == "/" || strings.HasPrefix(v.path, "/quick") || strings.HasPrefix(v.path, "/check-in") || strings.HasPrefix(v.path, "/new/")
	}
	if path == "/journal" && strings.HasPrefix(v.path, "/entries") {
		return true
	}
	if path == "/settings" && (strings.HasPrefix(v.path, "/import") || strings.HasPrefix(v.path, "/delete-everything")) {
		return true
	}
	return v.path == path || strings.HasPrefix(v.path, path+"/")
}

// idleMinutes tells the page after how long it should look whether the
// journal has locked itself; empty for never.
func idleMinutes(v *view) string {
	if v.access != accessOpen || v.autoLock == 0 {
		return ""
	}
	return strconv.Itoa(v.autoLock)
}

func dateOf(v *view) journal.Date { return journal.DateOf(v.now) }

func languages(v *view) []option { return v.languages }
