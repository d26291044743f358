package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(tidy{m}, map[string]func(){"evenkeel": main})
}

// tidy removes the program that some tests built.
type tidy struct{ *testing.M }

func (m tidy) Run() int {
	defer func() { _ = os.RemoveAll(built) }()
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
