package cli

import (
	"context"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/site"
	"github.com/evenkeel/evenkeel/internal/site/lzma"
)

// siteAnswer says what was written.
type siteAnswer struct {
	Place string     `json:"place"`
	Files []siteFile `json:"files"`
	Bytes int        `json:"bytes"`
}

type siteFile struct {
	Name  string `json:"name"`
	Bytes int    `json:"bytes"`
}

func (c *commands) siteCommand() *cobra.Command {
	var source, host string
	cmd := &cobra.Command{
		Use:   "site DIR",
		Short: c.t("cli.site.short"),
		Long:  c.t("cli.site.long"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := c.siteFiles(cmd.Context(), source, host)
			if err != nil {
				return err
			}
			if err := site.Write(args[0], files); err != nil {
				return err
			}
			a := siteAnswer{Place: args[0]}
			for _, f := range files {
				a.Files = append(a.Files, siteFile{f.Name, len(f.Data)})
				a.Bytes += len(f.Data)
			}
			if c.json {
				return c.printJSON(a)
			}
			return c.say("cli.site.written", "place", args[0], "n", len(files), "kb", (a.Bytes+999)/1000)
		},
	}
	cmd.Flags().StringVar(&source, "source", ".", c.t("cli.site.flag.source"))
	cmd.Flags().StringVar(&host, "host", "", c.t("cli.site.flag.host"))
	return cmd
}

// siteFiles are those of the release, or built from source.
func (c *commands) siteFiles(ctx context.Context, source, host string) ([]site.File, error) {
	p, carried := site.Released()
	if !carried {
		var err error
		if p, err = site.Build(ctx, source, c.version().Version, lzma.Best); err != nil {
			return nil, err
		}
	}
	return site.Files(p, host)
}

// serveSite serves a site beside the app, at an address of its own that stays
// the same: what a browser keeps for it belongs to that address. Ended is told
// when it ends by itself.
func serveSite(dir string, port int, ended chan<- error) (*http.Server, error) {
	files, err := site.Read(dir)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, portFault(err)
	}
	server := &http.Server{Handler: site.Handler(files), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	go func() { ended <- server.Serve(listener) }()
	return server, nil
}
