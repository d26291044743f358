package main

import (
	"crypto/sha256"
	"debug/buildinfo"
	"fmt"
	"io"
	"os"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// bom writes what a program is built from, as the Go toolchain noted it in the
// program itself.
func bom(program string, r *release, path string) error {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	b := cdx.NewBOM()
	sum := sha256.Sum256(data)
	// A name that follows from the program, so that the same program has the same.
	b.SerialNumber = uuid(sum[:16])
	b.Metadata = &cdx.Metadata{Timestamp: r.at.Format(time.RFC3339), Component: &cdx.Component{
		BOMRef: "evenkeel", Type: cdx.ComponentTypeApplication, Name: "evenkeel", Version: r.version,
		Hashes: &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: fmt.Sprintf("%x", sum)}},
	}}
	list := []cdx.Component{{BOMRef: "go", Type: cdx.ComponentTypeLibrary, Name: "std", Version: info.GoVersion, PackageURL: "pkg:golang/std@" + info.GoVersion}}
	refs := []string{"go"}
	for _, d := range info.Deps {
		if d.Replace != nil {
			d = d.Replace
		}
		url := "pkg:golang/" + d.Path + "@" + d.Version
		list = append(list, cdx.Component{BOMRef: url, Type: cdx.ComponentTypeLibrary, Name: d.Path, Version: d.Version, PackageURL: url})
		refs = append(refs, url)
	}
	b.Components = &list
	b.Dependencies = &[]cdx.Dependency{{Ref: "evenkeel", Dependencies: &refs}}
	return written(path, func(w io.Writer) error {
		return cdx.NewBOMEncoder(w, cdx.BOMFileFormatJSON).SetPretty(true).EncodeVersion(b, cdx.SpecVersion1_6)
	})
}

// uuid makes a UUID of 16 bytes that say nothing of a time or a machine (version
// 8, RFC 9562).
func uuid(b []byte) string {
	b = append([]byte(nil), b...)
	b[6], b[8] = b[6]&0x0f|0x80, b[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
