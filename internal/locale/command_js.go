package locale

import "io/fs"

func builtIn() []fs.FS { return []fs.FS{files} }
