package cli

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

type versionAnswer struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"`
	Modified bool   `json:"modified,omitempty"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func (c *commands) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: c.t("cli.version.short"),
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			v := c.version()
			if c.json {
				return c.printJSON(v)
			}
			commit := v.Commit
			if v.Modified {
				commit = c.t("cli.version.changed", "commit", commit)
			}
			return c.say("cli.version", "version", v.Version, "commit", commit, "go", v.Go, "platform", v.Platform)
		},
	}
}

// version is what the build was told, or else what the toolchain recorded.
func (c *commands) version() versionAnswer {
	v := versionAnswer{Version: c.deps.Version, Commit: c.deps.Commit, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	if v.Version == "" && info.Main.Version != "" && info.Main.Version != "(devel)" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && v.Commit == "":
			v.Commit = s.Value
		case s.Key == "vcs.modified" && c.deps.Commit == "":
			v.Modified = s.Value == "true"
		}
	}
	if v.Version == "" {
		v.Version = "development"
	}
	if v.Commit == "" {
		v.Commit = "unknown"
	}
	return v
}
