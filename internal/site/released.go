//go:build pocket

package site

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// A release carries the program, made by go generate before it is built with
// this tag, so that it can write the site without the Go toolchain.

//go:generate go run ../../tools/pocket -o built

//go:embed built/app.wasm.gz
var builtWasm []byte

//go:embed built/wasm_exec.js
var builtExec []byte

// Released is the program of this release; false where it was built without.
func Released() (Program, bool, error) {
	z, err := gzip.NewReader(bytes.NewReader(builtWasm))
	if err != nil {
		return Program{}, true, fault.Wrap(err, fault.Internal, "site.build_failed")
	}
	wasm, err := io.ReadAll(z)
	if err != nil {
		return Program{}, true, fault.Wrap(err, fault.Internal, "site.build_failed")
	}
	return Program{wasm, builtExec}, true, nil
}
