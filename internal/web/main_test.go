package web_test

import (
	"os"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// One browser serves every test of the pages.
func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }
