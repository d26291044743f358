package sqlite

import (
	"runtime/debug"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// The driver is C translated to Go, and its translated C library must be the very
// version that was tested with it: another one can compile and still corrupt data.
const (
	driverPath, driverVersion = "modernc.org/sqlite", "v1.60.1"
	libcPath, libcVersion     = "modernc.org/libc", "v1.78.0"
)

// checkBuild refuses a binary with another pair than the tested one. A build that
// carries no list of its parts cannot be checked and passes.
func checkBuild(info *debug.BuildInfo) error {
	for _, dep := range info.Deps {
		linked := dep
		if dep.Replace != nil {
			linked = dep.Replace
		}
		for path, want := range map[string]string{driverPath: driverVersion, libcPath: libcVersion} {
			if dep.Path == path && (linked.Path != path || linked.Version != want) {
				return fault.New(fault.Internal,
					"store.untested_build", "module", path, "version", linked.Version, "tested", want)
			}
		}
	}
	return nil
}
