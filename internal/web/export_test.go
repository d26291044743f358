package web

import (
	"github.com/evenkeel/evenkeel/internal/app/recalls"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// Routes are all that New mounts, for tests that go over each.
func Routes(c Config) []shell.Route { return routes(c, recalls.On(c.Reference)) }
