//go:build pocket

package site

import _ "embed"

// A release carries the program, made by go generate before it is built with
// this tag, so that it can write the site without the Go toolchain.

//go:generate go run ../../tools/pocket -o built

//go:embed built/app.lzma
var builtApp []byte

//go:embed built/app.sha256
var builtSum string

//go:embed built/wasm_exec.js
var builtExec []byte

// Released is the program of this release; false where it was built without.
func Released() (Program, bool) { return Program{builtApp, builtSum, builtExec}, true }
