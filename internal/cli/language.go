package cli

import (
	"context"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/journal"
)

// languageFlag finds --lang before the flags are read, because the help and
// the complaint about a wrong flag have a language, too.
func languageFlag(args []string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return v
		}
		if a == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
		if a == "--" {
			break
		}
	}
	return ""
}

// languageOf is the language of the terminal, as POSIX has it: the first of
// these that is set. "es_MX.UTF-8" is Spanish; "C" says nothing.
func languageOf(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			v, _, _ = strings.Cut(v, ".")
			v, _, _ = strings.Cut(v, "@")
			if v == "C" || v == "POSIX" {
				return ""
			}
			return v
		}
	}
	return ""
}

func (c *commands) languages() []string {
	var list []string
	for _, l := range c.texts.All() {
		list = append(list, l.Tag())
	}
	return list
}

// checkLanguage refuses a language that there is none of: Match would answer
// it in English without a word.
func (c *commands) checkLanguage() error {
	if _, ok := c.texts.Find(c.language); !ok && c.language != "" {
		return usage("cli.no_such_language", "list", strings.Join(c.languages(), ", "))
	}
	return nil
}

// speak goes on in the language that the person chose in the journal, unless
// the command line chose one. A journal that cannot be read keeps the
// language; the command itself will say what is wrong with it.
func (c *commands) speak(ctx context.Context, a *app.App) {
	if c.language != "" {
		return
	}
	if j, err := a.Read(ctx); err == nil {
		if chosen := journal.Or(j.Settings().Language, ""); chosen != "" {
			c.text = c.texts.Match(chosen)
		}
	}
}
