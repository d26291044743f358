package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"html"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/evidence/check/markup"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/shl"
)

// viewAnswer is what a link leads to.
type viewAnswer struct {
	Label       string          `json:"label,omitempty"`
	ContentType string          `json:"content_type"`
	Content     json.RawMessage `json:"content"`
}

// mostFetched bounds what is read of a place that a link names, in bytes.
const mostFetched = 16 << 20

func (c *commands) viewCommand() *cobra.Command {
	var as, file string
	cmd := &cobra.Command{
		Use: "view [LINK]", Short: c.t("cli.view.short"), Long: c.t("cli.view.long"), Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text := strings.Join(args, "")
			if text == "" {
				var err error
				if text, err = c.typed(cmd.Context()); err != nil {
					return err
				}
			}
			link, err := linkOrKey(strings.TrimSpace(text), file != "")
			if err != nil {
				return err
			}
			a := viewAnswer{Label: link.Label}
			jwe, err := c.fileOf(cmd.Context(), link, file, as)
			if err != nil {
				return err
			}
			content, kind, err := shl.Decode(jwe, link.Key)
			if err != nil {
				return err
			}
			if a.ContentType, a.Content = kind, content; !json.Valid(content) {
				return fault.New(fault.Corrupt, "cli.view.not_json")
			}
			if c.json {
				return c.printJSON(a)
			}
			said, ok := c.documentText(content)
			if !ok {
				return fault.New(fault.Invalid, "cli.view.no_document")
			}
			return c.print(said)
		},
	}
	cmd.Flags().StringVar(&as, "as", "", c.t("cli.view.flag.as"))
	cmd.Flags().StringVar(&file, "file", "", c.t("cli.view.flag.file"))
	return cmd
}

// linkOrKey reads a link, or for a file that was handed over its bare key.
func linkOrKey(text string, file bool) (shl.Link, error) {
	if b, err := base64.RawURLEncoding.Strict().DecodeString(text); file && err == nil && len(b) == shl.KeySize {
		return shl.Link{Key: [shl.KeySize]byte(b)}, nil
	}
	return shl.Parse(text)
}

// fileOf is the encrypted file of a link: one that was handed over, or fetched under
// the name of who opens it.
func (c *commands) fileOf(ctx context.Context, link shl.Link, file, as string) (string, error) {
	if file != "" {
		f, err := c.openInput(file)
		if err != nil {
			return "", err
		}
		if f != c.in {
			defer f.Close()
		}
		return readJWE(f)
	}
	switch {
	case link.Has('P'):
		return "", fault.New(fault.Invalid, "cli.view.passcode")
	case !link.Has('U'):
		return "", fault.New(fault.Invalid, "cli.view.manifest")
	case as == "":
		return "", usage("cli.view.as")
	}
	return fetchFile(ctx, link.URL, as)
}

// fetchFile asks the place that a link names, and no other: a place that sends one on
// would have who asks tell yet another.
func fetchFile(ctx context.Context, address, as string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && !(u.Scheme == "http" && onThisComputer(u.Hostname())) {
		return "", fault.Wrap(err, fault.Invalid, "cli.view.address")
	}
	q := u.Query()
	q.Set("recipient", as)
	u.RawQuery = q.Encode()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return "", fault.Wrap(err, fault.Invalid, "cli.view.address")
	}
	web := &http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := web.Do(r)
	if err != nil {
		// The cause would name the address, and with it whose file it is.
		return "", fault.New(fault.NotFound, "cli.view.unreachable")
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusOK:
		return readJWE(answer.Body)
	case http.StatusNotFound, http.StatusGone:
		return "", fault.New(fault.NotFound, "cli.view.ended")
	}
	return "", fault.New(fault.NotFound, "cli.view.unreachable")
}

func onThisComputer(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func readJWE(r io.Reader) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, mostFetched+1))
	if err != nil {
		return "", fault.New(fault.NotFound, "cli.view.unreachable")
	}
	if len(b) > mostFetched {
		return "", fault.New(fault.Invalid, "cli.view.too_big")
	}
	return strings.TrimSpace(string(b)), nil
}

// documentText is what a FHIR document says, as text; false where there is none.
func (c *commands) documentText(content []byte) (string, bool) {
	type section struct {
		Title string `json:"title"`
		Text  struct {
			Div string `json:"div"`
		} `json:"text"`
	}
	var bundle struct {
		Entry []struct {
			Resource struct {
				section
				ResourceType string    `json:"resourceType"`
				Date         string    `json:"date"`
				Section      []section `json:"section"`
			} `json:"resource"`
		} `json:"entry"`
	}
	if json.Unmarshal(content, &bundle) != nil {
		return "", false
	}
	for _, e := range bundle.Entry {
		doc := e.Resource
		if doc.ResourceType != "Composition" {
			continue
		}
		parts := []string{doc.Title + "\n" + doc.Date}
		if said := narrativeText(doc.Text.Div); said != "" {
			parts = append(parts, said)
		}
		for _, s := range doc.Section {
			parts = append(parts, s.Title+"\n"+cmp.Or(narrativeText(s.Text.Div), c.t("cli.view.empty")))
		}
		return printable(strings.Join(parts, "\n\n")), true
	}
	return "", false
}

// narrativeText is what somebody reads of a narrative.
func narrativeText(div string) string {
	var b []byte
	for from := markup.NewReader(strings.NewReader(div), markup.HTML); ; {
		part, err := from.Next()
		b = append(b, part...)
		if err != nil {
			break // the end: a text in memory has no other error
		}
	}
	b = bytes.ReplaceAll(bytes.ReplaceAll(b, []byte{markup.Nothing}, nil), []byte{markup.Break}, []byte{'\n'})
	var lines []string
	for line := range strings.Lines(html.UnescapeString(string(b))) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// printable takes out what would steer a terminal: the text is somebody else's.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
}
