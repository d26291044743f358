// Package screen asks the questionnaires, one question a screen, and shows what
// was answered.
package screen

import "github.com/evenkeel/evenkeel/internal/web/shell"

// Routes of the questions. Every answer is saved as it is given, so that
// somebody can stop anywhere and come again.
func Routes() []shell.Route {
	return []shell.Route{
		{Pattern: "GET /screen", Do: list, Part: "today"},
		{Pattern: "GET /screen/{name}", Do: intro, Part: "today"},
		{Pattern: "GET /screen/{name}/ask", Do: ask, Part: "today"},
		{Pattern: "POST /screen/{name}/ask", Do: answer, Part: "today", Kept: true},
		{Pattern: "GET /screen/{name}/result/{id}", Do: result, Part: "today"},
	}
}
