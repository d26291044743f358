package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// goodbye is how long requests that are under way may take to end.
const goodbye = 5 * time.Second

// sitePort is where a site is served unless somebody says otherwise: always the
// same, because a browser keeps what it has for one address.
const sitePort = 8421

type serveOptions struct {
	port      int
	noBrowser bool
	plain     bool
	site      string
	sitePort  int
}

// serveAnswer tells a program where the app is.
type serveAnswer struct {
	URL     string `json:"url"`
	Address string `json:"address"`
	PID     int    `json:"pid"`
	Site    string `json:"site,omitempty"`
}

func (c *commands) serveCommand() *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: c.t("cli.serve.short"),
		Long:  c.t("cli.serve.long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.port < 0 || o.port > 65535 || o.sitePort < 0 || o.sitePort > 65535 {
				return usage("cli.serve.port_form")
			}
			ctx := cmd.Context()
			a, err := c.open(ctx)
			if err != nil {
				return err
			}
			return c.closing(a, func() error { return c.serve(ctx, a, o) })
		},
	}
	c.serveFlags(cmd, &o)
	cmd.Flags().StringVar(&o.site, "site", "", c.t("cli.serve.flag.site"))
	cmd.Flags().IntVar(&o.sitePort, "site-port", sitePort, c.t("cli.serve.flag.site_port"))
	return cmd
}

// serveFlags are those of every app for the browser.
func (c *commands) serveFlags(cmd *cobra.Command, o *serveOptions) {
	cmd.Flags().IntVar(&o.port, "port", 0, c.t("cli.serve.flag.port"))
	cmd.Flags().BoolVar(&o.plain, "plain-address", false, c.t("cli.serve.flag.plain"))
	cmd.Flags().BoolVar(&o.noBrowser, "no-browser", false, c.t("cli.serve.flag.no_browser"))
}

func (c *commands) serve(ctx context.Context, a *app.App, o serveOptions) error {
	dir, err := c.dir()
	if err != nil {
		return err
	}
	return c.serveWeb(ctx, o, func(w WebOptions) (Web, error) {
		w.Reference = c.deps.Reference(filepath.Join(dir, referenceFolder))
		w.Union = func(a *app.App) *union.Union { return c.unionIn(dir, a) }
		w.Sharing = func(a *app.App) *share.Sharing { return c.sharingOver(c.unionIn(dir, a)) }
		w.Texts = c.texts
		return c.deps.NewWeb(a, w)
	})
}

// serveWeb serves an app for the browser until the context ends.
func (c *commands) serveWeb(ctx context.Context, o serveOptions, newWeb func(WebOptions) (Web, error)) error {
	listener, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(o.port)))
	if err != nil {
		return portFault(err)
	}
	defer listener.Close()
	addr := listener.Addr().String()
	web, err := newWeb(WebOptions{Addr: addr, Plain: o.plain, Version: c.version().Version})
	if err != nil {
		return err
	}
	server := web.HTTP()
	door := newDoor(web.Link, c.text)
	server.Handler = survive(door.before(server.Handler), slog.New(slog.NewTextHandler(c.errs, nil)), c.t("fault.unknown"))
	ended := make(chan error, 2)
	go func() { ended <- server.Serve(listener) }()
	siteURL := ""
	if o.site != "" {
		beside, err := serveSite(o.site, o.sitePort, ended)
		if err != nil {
			return errors.Join(err, server.Close())
		}
		defer beside.Close()
		siteURL = "http://localhost:" + strconv.Itoa(o.sitePort)
	}

	watching, stopWatching := context.WithCancel(ctx)
	defer stopWatching()
	go web.Watch(watching)

	if err := c.announce(web.Link(), addr, siteURL); err != nil {
		return errors.Join(err, server.Close())
	}
	if !o.noBrowser && !c.json && desktopLikely() {
		close, err := openBrowser(web.Origin()+door.path, c.text)
		if err != nil {
			fmt.Fprintln(c.errs, c.t("cli.serve.no_browser"))
		} else {
			defer close()
		}
	}
	if term.IsTerminal(int(c.in.Fd())) {
		go c.freshLinks(web.Link)
	}
	select {
	case err := <-ended:
		return fault.Wrap(err, fault.Internal, "cli.serve.ended")
	case <-ctx.Done():
	}
	return c.stop(server)
}

// stop lets requests that are under way end: what they answer as saved is.
func (c *commands) stop(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), goodbye)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		// Somebody still downloads; nothing is lost by cutting that off.
		return errors.Join(server.Close(), c.farewell())
	}
	return c.farewell()
}

func (c *commands) farewell() error {
	if c.json {
		return nil
	}
	return c.say("cli.serve.stopped")
}

func (c *commands) announce(link, addr, site string) error {
	if c.json {
		return c.printJSON(serveAnswer{link, addr, os.Getpid(), site})
	}
	if site != "" {
		if err := c.say("cli.serve.site", "address", site); err != nil {
			return err
		}
	}
	if term.IsTerminal(int(c.in.Fd())) {
		return c.say("cli.serve.ready_terminal", "link", link)
	}
	return c.say("cli.serve.ready", "link", link)
}

func (c *commands) freshLinks(link func() string) {
	lines := bufio.NewScanner(c.in)
	for lines.Scan() {
		fmt.Fprintf(c.out, "  %s\n", link())
	}
}

func portFault(err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fault.Wrap(err, fault.Conflict, "cli.serve.port_taken")
	case errors.Is(err, os.ErrPermission):
		return fault.Wrap(err, fault.ReadOnly, "cli.serve.port_forbidden")
	}
	return fault.Wrap(err, fault.Internal, "cli.serve.no_address")
}

// survive answers a request whose handler panicked with a sentence, and logs where. It logs
// neither the request nor the panic's value: both may hold what a person wrote.
func survive(next http.Handler, log *slog.Logger, sorry string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v) // net/http's own way to cut a connection
			default:
				log.Error("a page failed", "method", r.Method, "page", r.Pattern, "panic", fmt.Sprintf("%T", v), "stack", string(debug.Stack()))
				http.Error(w, sorry, http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}
