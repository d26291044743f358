package cli

import (
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
)

func TestDataDir(t *testing.T) {
	tests := []struct {
		name, goos, flag string
		env              map[string]string
		want             string
	}{
		{name: "linux home", goos: "linux", env: map[string]string{"HOME": "/home/ada"}, want: "/home/ada/.local/share/evenkeel"},
		{name: "linux xdg", goos: "linux", env: map[string]string{"HOME": "/home/ada", "XDG_DATA_HOME": "/data"}, want: "/data/evenkeel"},
		{name: "xdg must be absolute", goos: "linux", env: map[string]string{"HOME": "/home/ada", "XDG_DATA_HOME": "data"}, want: "/home/ada/.local/share/evenkeel"},
		{name: "freebsd is like linux", goos: "freebsd", env: map[string]string{"HOME": "/home/ada"}, want: "/home/ada/.local/share/evenkeel"},
		{name: "macOS", goos: "darwin", env: map[string]string{"HOME": "/Users/ada"}, want: "/Users/ada/Library/Application Support/Evenkeel"},
		{name: "macOS ignores xdg", goos: "darwin", env: map[string]string{"HOME": "/Users/ada", "XDG_DATA_HOME": "/data"}, want: "/Users/ada/Library/Application Support/Evenkeel"},
		{name: "windows", goos: "windows", env: map[string]string{"LocalAppData": `C:\Users\ada\AppData\Local`}, want: `C:\Users\ada\AppData\Local\Evenkeel`},
		{name: "windows profile", goos: "windows", env: map[string]string{"USERPROFILE": `C:\Users\ada`}, want: `C:\Users\ada\AppData\Local\Evenkeel`},
		{name: "variable before convention", goos: "linux", env: map[string]string{"HOME": "/home/ada", "EVENKEEL_DATA": "/stick"}, want: "/stick"},
		{name: "flag before variable", goos: "darwin", flag: "here", env: map[string]string{"HOME": "/Users/ada", "EVENKEEL_DATA": "/stick"}, want: "here"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := dataDir(tt.goos, tt.flag, func(k string) string { return tt.env[k] })
			if err != nil || got != tt.want {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
	for _, goos := range []string{"linux", "darwin", "windows"} {
		if got, err := dataDir(goos, "", func(string) string { return "" }); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s without a home: got %q, %v; want a fault that says so", goos, got, err)
		}
	}
}
