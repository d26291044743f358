//go:build !js

package site

import (
	"context"
	"os"
	"sync"
	"testing"

	"github.com/evenkeel/evenkeel/internal/site/lzma"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// One browser serves every test of the site.
func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// compiled is what Go made, compiled once for all tests.
var compiled = sync.OnceValues(func() (c struct{ wasm, exec []byte }, err error) {
	c.wasm, c.exec, err = compile(context.Background(), "../..", "test")
	return c, err
})

// built is the program as the site has it, packed quickly and once.
var built = sync.OnceValues(func() (Program, error) {
	c, err := compiled()
	if err != nil {
		return Program{}, err
	}
	return Pack(c.wasm, c.exec, lzma.Quick), nil
})
