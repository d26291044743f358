package web_test

import (
	"path/filepath"
	"strconv"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// everySort is a table with a row of every sort: read, odd, bad, a total, and
// with dates, a comma, a unit and a scale that are asked about.
const everySort = "Kratom log\nwhen,strain,AM (g),PM (g),How much,mood,notes,Wife asked\n03/04/2026,red leaf,3,2,\"1,500\",4,a long note about a long evening in the chair,no\n04/04/2026,red leaf,16000,,,3,,no\nsoon,red leaf,a couple,,,3,,no\nTotal,,16003,2,,,,\n"

// The preview of an import and its rows to mend are whole on a phone and free of
// violations in light and dark.
func TestImportPagesInABrowser(t *testing.T) {
	s := newSite(t, 3)
	b := browser.Open(t)
	tab := b.Tab(t, looks[0].Look)
	s.enter(tab)
	check := func(name string) {
		inspect(t, tab, name)
		if *screenshots != "" {
			tab.Look(browser.Look{Width: 360, Height: 640, Scale: 1})
			tab.Screenshot(filepath.Join(*screenshots, name+".png"), true)
		}
	}
	tab.Go(s.url + "/import")
	tab.Until(`(() => { const d = new DataTransfer(); d.items.add(new File([` + strconv.Quote(everySort) + `], "mine.csv")); document.querySelector("#file").files = d.files; return true })()`)
	tab.Submit(`form[action="/import"] button`)
	check("import-preview")
	tab.Until(`(() => { const set = (id, v) => { document.getElementById(id).value = v }
		set("f-order", "day"); set("f-comma", "thousands"); set("unit-4", "mg"); set("low-5", "1"); set("high-5", "5"); return true })()`)
	tab.Submit(`button[value="look"]`)
	check("import-looked-again")
	tab.Submit(`button[value="write"]`)
	tab.Until(`document.body.textContent.includes("Row 4")`)
	check("import-batch")
}
