package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/evenkeel/evenkeel/internal/cli"
	"github.com/evenkeel/evenkeel/internal/testkit/postgres"
	"github.com/evenkeel/evenkeel/internal/vault"
)

func TestMain(m *testing.M) {
	testscript.Main(tidy{m}, map[string]func(){"evenkeel": cheap})
}

// cheap is the program as it ships, except that guessing a passphrase costs the
// least that is accepted. The other tests run the program itself.
func cheap() {
	d := wiring()
	d.Cost, d.BackupWork = vault.MinCost, 10
	os.Exit(cli.Main(d))
}

// tidy removes the program that some tests built, and ends the server that some started.
type tidy struct{ *testing.M }

func (m tidy) Run() int {
	defer func() { _ = os.RemoveAll(built) }()
	defer postgres.End()
	return m.M.Run()
}

// Each script in testdata is a short story that a reader can follow: what
// somebody types, and what Evenkeel answers.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                scriptCommands,
		Setup: func(env *testscript.Env) error {
			env.Setenv("EVENKEEL_DATA", env.WorkDir+"/data")
			env.Setenv("TZ", "America/New_York")
			return nil
		},
	})
}
