package entries

import "github.com/evenkeel/evenkeel/internal/web/shell"

// Routes of the journal's pages. A new entry is begun from Today.
func Routes() []shell.Route {
	return []shell.Route{
		{Pattern: "GET /new/{kind}", Do: begin, Part: "today"},
		{Pattern: "POST /new/{kind}", Do: add, Part: "today", Kept: true},
		{Pattern: "GET /journal", Do: list, Part: "journal", Nav: true},
		// What somebody looks for are their own words, and an address is kept in
		// the browser's history.
		{Pattern: "POST /journal", Do: list, Part: "journal", Back: "/journal"},
		{Pattern: "GET /entries/{id}", Do: edit, Part: "journal"},
		{Pattern: "POST /entries/{id}", Do: change, Part: "journal", Kept: true},
		{Pattern: "POST /entries/{id}/delete", Do: remove, Part: "journal", Back: "/journal"},
		{Pattern: "GET /entries/{id}/forget", Do: askForget, Part: "journal"},
		{Pattern: "POST /entries/{id}/forget", Do: forget, Part: "journal", Back: "/journal"},
	}
}
