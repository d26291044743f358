//go:build !js

package site

import (
	"context"
	"os"
	"sync"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// One browser serves every test of the site.
func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// built is the program, built once for all tests.
var built = sync.OnceValues(func() (Program, error) {
	return Build(context.Background(), "../..", "test")
})
