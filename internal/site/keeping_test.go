//go:build !js

package site

import (
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

const reminder = `section[data-seen='/keep']`

// Nobody is asked for anything at the first sight. Once there is something to
// lose, Today says how it is kept, asks the browser when the person says so, and
// leads to a backup in one tap, after which it is silent.
func TestKeepingWhatIsWritten(t *testing.T) {
	h := newHost(t, files(t))
	tab := h.open(browser.Open(t), "/")
	h.stop()
	tab.Permit(t, h.url, "persistent-storage", false)
	skip(tab)
	for _, line := range []string{"3 g green leaf", "rough 6 craving 8"} {
		write(tab, line)
		if in[bool](tab, `!!d.querySelector("`+reminder+`")`) {
			t.Fatalf("reminded after %q", line)
		}
	}
	write(tab, "slept 5 h")
	contains(t, tab, "There is no backup yet", "Your journal lies in this browser alone")
	ask := `d.querySelector("` + reminder + ` [data-of=ask] button").click()`
	in[bool](tab, `(`+ask+`, true)`)
	tab.Until(inside + `.document.querySelector("` + reminder + ` [data-of=said]").textContent.startsWith("The browser made no promise")`)
	tab.Permit(t, h.url, "persistent-storage", true)
	in[bool](tab, `(`+ask+`, true)`)
	tab.Until(inside + `.document.querySelector("` + reminder + ` [data-of=kept]").checkVisibility()`)

	lead(tab, `d.querySelector("`+reminder+` a.button").click()`)
	if !in[bool](tab, `d.getElementById("backup-pass").checkVisibility()`) {
		t.Error("the backup is more than one tap away")
	}
	fill(tab, "backup-pass", "another wide river")
	fill(tab, "backup-again", "another wide river")
	tab.Download(func() { in[bool](tab, `(d.querySelector("form[action='/backup'] button[type=submit]").click(), true)`) })
	visit(tab, "/settings")
	contains(t, tab, "The last backup was made on")
	visit(tab, "/")
	if in[bool](tab, `!!d.querySelector("`+reminder+`")`) {
		t.Error("reminded of a backup on the day of one")
	}
}

// A reminder that was seen, or put off, does not come again the same week, and
// none comes once they are not wanted. Safari on a phone is told of as it is.
func TestRemindersRest(t *testing.T) {
	h := newHost(t, files(t))
	b := browser.Open(t)
	for _, c := range []struct{ end, said string }{
		{`d.querySelector("` + reminder + ` [value=later]").click()`, "in a week at the earliest"},
		{`d.querySelector("` + reminder + ` [value=never]").click()`, "No more reminders"},
		{"", ""},
	} {
		tab := b.Tab(t, phone)
		tab.BeforePages(`Object.defineProperty(navigator, "standalone", {value: false})`)
		tab.Go(h.url)
		tab.Until(settled)
		skip(tab)
		for range 3 {
			write(tab, "1 g green leaf")
		}
		contains(t, tab, "Safari clears what a page keeps after seven days")
		if c.end != "" {
			lead(tab, c.end)
			contains(t, tab, c.said)
		} else {
			in[bool](tab, `(d.querySelector("`+reminder+`").scrollIntoView(), true)`)
			time.Sleep(4 * time.Second) // it counts as seen after three
			visit(tab, "/")
		}
		if in[bool](tab, `!!d.querySelector("`+reminder+`")`) {
			t.Errorf("reminded again after %q", c.said)
		}
		visit(tab, "/settings")
		if on := in[bool](tab, `d.querySelector("[name=backup_reminders]").checked`); on != !strings.Contains(c.said, "No more") {
			t.Errorf("after %q reminders are %v", c.said, on)
		}
	}
}
