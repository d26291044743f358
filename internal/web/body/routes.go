// Package body shows what is in a body, how far it has adjusted, and what the
// days to come may bring.
package body

import "github.com/evenkeel/evenkeel/internal/web/shell"

// Routes are the Body page, its what-if, and what is said of curves.
func Routes() []shell.Route {
	return []shell.Route{
		{Pattern: "GET /body", Do: show, Part: "body", Nav: true},
		{Pattern: "GET /body/ahead", Do: ahead, Part: "body", Back: "/body"},
		{Pattern: "POST /curve", Do: setCurve, Part: "body"},
		{Pattern: "POST /strength", Do: strength, Part: "body", Kept: true},
	}
}
