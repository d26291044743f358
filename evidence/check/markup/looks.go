package markup

import "bytes"

// Looks tells from the beginning of a text how it is marked up.
func Looks(b []byte) Kind {
	b = bytes.ToLower(b[:min(len(b), 8<<10)])
	if bytes.Contains(b, []byte("<!doctype html")) || bytes.Contains(b, []byte("<html")) || bytes.Contains(b, []byte("<body")) {
		return HTML
	}
	tags := 0
	for _, t := range []string{"</p>", "</div>", "</li>", "</h1>", "</h2>", "</span>", "</a>", "<br", "</td>"} {
		tags += bytes.Count(b, []byte(t))
	}
	if tags >= 2 {
		return HTML
	}
	signs := bytes.Count(b, []byte("](")) + bytes.Count(b, []byte("**"))/2 + bytes.Count(b, []byte("\n```"))
	for _, head := range []string{"# ", "## ", "### "} {
		signs += bytes.Count(b, []byte("\n"+head))
		if bytes.HasPrefix(b, []byte(head)) {
			signs++
		}
	}
	if signs > 0 {
		return Markdown
	}
	return Plain
}
