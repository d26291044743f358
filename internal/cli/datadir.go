package cli

import (
	"path/filepath"
	"strings"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// The files in the data directory.
const (
	storeFile = "journal.db"
	keyFile   = "device.key"
)

// dataDir chooses where the journal lives: the flag, then EVENKEEL_DATA, then
// what the system's convention says.
//
//	Linux and others: $XDG_DATA_HOME/evenkeel, or ~/.local/share/evenkeel
//	macOS:            ~/Library/Application Support/Evenkeel
//	Windows:          %LocalAppData%\Evenkeel
func dataDir(goos, flag string, getenv func(string) string) (string, error) {
	join := func(parts ...string) string { return filepath.Join(parts...) }
	if goos == "windows" {
		join = func(parts ...string) string { return strings.Join(parts, `\`) }
	}
	if flag != "" {
		return flag, nil
	}
	if dir := getenv("EVENKEEL_DATA"); dir != "" {
		return dir, nil
	}
	switch goos {
	case "windows":
		if local := getenv("LocalAppData"); local != "" {
			return join(local, "Evenkeel"), nil
		}
		if profile := getenv("USERPROFILE"); profile != "" {
			return join(profile, "AppData", "Local", "Evenkeel"), nil
		}
	case "darwin":
		if home := getenv("HOME"); home != "" {
			return join(home, "Library", "Application Support", "Evenkeel"), nil
		}
	default:
		// The XDG base directory specification: a relative path is to be ignored.
		if xdg := getenv("XDG_DATA_HOME"); strings.HasPrefix(xdg, "/") {
			return join(xdg, "evenkeel"), nil
		}
		if home := getenv("HOME"); home != "" {
			return join(home, ".local", "share", "evenkeel"), nil
		}
	}
	return "", fault.New(fault.NotFound, "cli.no_home")
}
