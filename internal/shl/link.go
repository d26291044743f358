package shl

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/evenkeel/evenkeel/internal/fault"
)

const (
	scheme = "shlink:/"

	maxURL   = 128 // characters of the URL within
	maxLabel = 80  // characters
	// maxLink bounds what Parse looks at, in bytes: the longest link that Check
	// allows has under a thousand; others may carry extensions.
	maxLink = 16 << 10
)

// Link is a SMART Health Link.
type Link struct {
	// URL of the file, or of the manifest where Flag has no U; at most 128
	// characters, with 256 random bits in it that nobody can guess.
	URL string
	Key [KeySize]byte
	// Exp is when the link ends, in seconds since 1970; 0 where it does not say.
	Exp int64
	// Flag is letters in alphabetical order: L long-term, P passcode, U one file.
	// P and U exclude each other.
	Flag string
	// Label of at most 80 characters says what the file is.
	Label string
}

// payload is what a link holds, in the order of the specification's examples.
type payload struct {
	URL     string      `json:"url"`
	Flag    string      `json:"flag,omitempty"`
	Key     string      `json:"key"`
	Exp     json.Number `json:"exp,omitempty"`
	Label   string      `json:"label,omitempty"`
	Version *int        `json:"v,omitempty"`
}

// Check tells whether the link keeps the rules: fault.Invalid where it does not.
func (l Link) Check() error {
	u, err := url.Parse(l.URL)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || utf8.RuneCountInString(l.URL) > maxURL:
		return fault.New(fault.Invalid, "shl.url")
	case utf8.RuneCountInString(l.Label) > maxLabel || !utf8.ValidString(l.Label):
		return fault.New(fault.Invalid, "shl.label", "n", maxLabel)
	case !slices.IsSorted([]byte(l.Flag)) || l.Has('P') && l.Has('U') || !letters(l.Flag) || l.Exp < 0:
		return errLink
	}
	return nil
}

// letters tells whether every flag is a capital letter that stands once.
func letters(flag string) bool {
	for i, r := range flag {
		if r < 'A' || r > 'Z' || strings.ContainsRune(flag[:i], r) {
			return false
		}
	}
	return true
}

// Has tells whether the link carries a flag.
func (l Link) Has(flag rune) bool { return strings.ContainsRune(l.Flag, flag) }

// String is the link as text, "shlink:/...". Who has it can read the file.
func (l Link) String() string {
	p := payload{URL: l.URL, Flag: l.Flag, Key: base64url.EncodeToString(l.Key[:]), Label: l.Label}
	if l.Exp != 0 {
		p.Exp = json.Number(strconv.FormatInt(l.Exp, 10))
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(p); err != nil {
		panic(err) // texts and a number cannot fail
	}
	return scheme + base64url.EncodeToString(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// At is the link behind the page of a viewer. Browsers keep what follows the "#" to
// themselves, so the viewer's server never gets the key.
func (l Link) At(viewer string) string { return strings.TrimSuffix(viewer, "#") + "#" + l.String() }

var errLink = fault.New(fault.Invalid, "shl.not_a_link")

// Parse reads a link of Evenkeel or of others, with or without a viewer's page in
// front. What it does not know of is passed over; what breaks a rule is
// fault.Invalid, and a version above 1 fault.NewerVersion.
func Parse(text string) (Link, error) {
	text = strings.TrimSpace(text)
	if len(text) > maxLink {
		return Link{}, errLink
	}
	at := strings.Index(text, scheme)
	if at < 0 || at > 0 && text[at-1] != '#' {
		return Link{}, errLink
	}
	raw, err := base64url.DecodeString(strings.TrimRight(text[at+len(scheme):], "="))
	if err != nil {
		return Link{}, errLink
	}
	var p payload
	if json.Unmarshal(raw, &p) != nil {
		return Link{}, errLink
	}
	if p.Version != nil && *p.Version != 1 {
		return Link{}, fault.New(fault.NewerVersion, "shl.newer_link")
	}
	key, err := base64url.DecodeString(p.Key)
	if err != nil || len(key) != KeySize {
		return Link{}, errLink
	}
	l := Link{URL: p.URL, Key: [KeySize]byte(key), Flag: p.Flag, Label: p.Label}
	if p.Exp != "" {
		// A hint only; some write it with a fraction or as text.
		exp, err := strconv.ParseFloat(p.Exp.String(), 64)
		if err != nil || exp < 0 || exp > 1<<53 {
			return Link{}, errLink
		}
		l.Exp = int64(exp)
	}
	return l, l.Check()
}
