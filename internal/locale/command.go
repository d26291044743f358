//go:build !js

package locale

import (
	"embed"
	"io/fs"
)

// commandFiles are the texts of commands, which a browser has not.
//
//go:embed */command/*.json
var commandFiles embed.FS

func builtIn() []fs.FS { return []fs.FS{files, commandFiles} }
