package site

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/evenkeel/evenkeel/internal/locale"
)

// manifests writes what a phone shows of the app, a file a language: it has no
// other way to speak two.
func (b *builder) manifests() error {
	form, err := pages.ReadFile("page/app.webmanifest")
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	t, err := locale.Load()
	if err != nil {
		return err
	}
	for _, c := range t.All() {
		pairs := []string{"LANGUAGE", c.Tag()}
		for name, key := range map[string]string{`"SHORTCUT-LOG"`: "pocket.shortcut_log", `"SHORTCUT-CHECK"`: "pocket.shortcut_check"} {
			quoted, err := json.Marshal(c.T(key))
			if err != nil {
				return fmt.Errorf("site: %w", err)
			}
			pairs = append(pairs, name, string(quoted))
		}
		b.files[c.Tag()+".webmanifest"] = []byte(strings.NewReplacer(pairs...).Replace(string(form)))
	}
	return nil
}
