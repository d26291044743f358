package web

import "github.com/evenkeel/evenkeel/internal/web/shell"

func (s *pages) today() []shell.Route {
	return s.area("today",
		route{Pattern: "GET /{$}", Do: (*visit).today, Nav: true},
		route{Pattern: "POST /dose", Do: (*visit).tapped, Kept: true},
		route{Pattern: "POST /quick", Do: (*visit).quickAdd, Kept: true},
		route{Pattern: "POST /quick/preview", Do: (*visit).preview},
		route{Pattern: "POST /none", Do: (*visit).none, Kept: true},
		route{Pattern: "POST /check-in", Do: (*visit).quickCheckIn, Kept: true},
		route{Pattern: "POST /undo", Do: (*visit).undo},
		route{Pattern: "POST /undelete", Do: (*visit).undelete, Kept: true})
}
