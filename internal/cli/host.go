package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/site"
	"github.com/evenkeel/evenkeel/internal/viewer"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// hostFile is where a host keeps its logs unless it is told another place.
const hostFile = "journals.db"

// hostListen is reached from this computer alone, as by a proxy beside it.
const hostListen = "127.0.0.1:8425"

type hostOptions struct {
	store, listen, metrics string
	certificate, key       string
	registration           string
	site                   string
	proxied                bool
	limits                 host.Limits
}

// hostAnswer tells a program where the host is.
type hostAnswer struct {
	URL     string `json:"url"`
	Address string `json:"address"`
	Metrics string `json:"metrics,omitempty"`
	Store   string `json:"store"` // "sqlite" or "postgres"
	PID     int    `json:"pid"`
}

func (c *commands) hostCommand() *cobra.Command {
	o := hostOptions{limits: host.DefaultLimits()}
	cmd := &cobra.Command{
		Use:   "host",
		Short: c.t("cli.host.short"),
		Long:  c.t("cli.host.long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			return c.withHostStore(cmd.Context(), o.store, func(s port.Store) error { return c.host(cmd.Context(), s, o) })
		},
	}
	cmd.PersistentFlags().StringVar(&o.store, "store", "", c.t("cli.host.flag.store"))
	f := cmd.Flags()
	f.StringVar(&o.listen, "listen", hostListen, c.t("cli.host.flag.listen"))
	f.StringVar(&o.certificate, "tls-cert", "", c.t("cli.host.flag.tls_cert"))
	f.StringVar(&o.key, "tls-key", "", c.t("cli.host.flag.tls_key"))
	f.BoolVar(&o.proxied, "proxied", false, c.t("cli.host.flag.proxied"))
	f.StringVar(&o.registration, "register", string(host.Invited), c.t("cli.host.flag.register"))
	f.StringVar(&o.site, "site", "", c.t("cli.host.flag.site"))
	f.StringVar(&o.metrics, "metrics", "", c.t("cli.host.flag.metrics"))
	f.Int64Var(&o.limits.Bytes, "quota-bytes", o.limits.Bytes, c.t("cli.host.flag.quota_bytes"))
	f.Int64Var(&o.limits.Records, "quota-records", o.limits.Records, c.t("cli.host.flag.quota_records"))
	f.IntVar(&o.limits.Devices, "quota-devices", o.limits.Devices, c.t("cli.host.flag.quota_devices"))
	f.IntVar(&o.limits.Shares, "quota-shares", o.limits.Shares, c.t("cli.host.flag.quota_shares"))
	f.Int64Var(&o.limits.ShareBytes, "quota-share-bytes", o.limits.ShareBytes, c.t("cli.host.flag.quota_share_bytes"))
	f.Int64Var(&o.limits.Letters, "quota-letters", o.limits.Letters, c.t("cli.host.flag.quota_letters"))
	f.Float64Var(&o.limits.Posts, "rate-letters", o.limits.Posts, c.t("cli.host.flag.rate_letters"))
	f.Float64Var(&o.limits.PerLog, "rate", o.limits.PerLog, c.t("cli.host.flag.rate"))
	f.IntVar(&o.limits.Remembered, "remember", o.limits.Remembered, c.t("cli.host.flag.remember"))
	f.Float64Var(&o.limits.PerNetwork, "rate-network", o.limits.PerNetwork, c.t("cli.host.flag.rate_network"))
	cmd.AddCommand(c.hostInviteCommand(&o), c.hostBackupCommand(&o), c.hostDoctorCommand(&o), c.hostDestroyCommand(&o))
	return cmd
}

// check refuses what would not do what it looks like. Signed requests protect what
// is stored from a listener in between, and not who asks from being seen: so a host
// that others reach has TLS, or a proxy that has it.
func (o hostOptions) check() error {
	switch host.Registration(o.registration) {
	case host.Open, host.Invited, host.Closed:
	default:
		return usage("cli.host.register_form")
	}
	if (o.certificate == "") != (o.key == "") {
		return usage("cli.host.tls_form")
	}
	for _, address := range []string{o.listen, o.metrics} {
		if _, _, err := net.SplitHostPort(address); err != nil && address != "" {
			return usage("cli.host.listen_form")
		}
	}
	if l := o.limits; l.Bytes <= 0 || l.Records <= 0 || l.Devices <= 0 || l.PerLog <= 0 || l.PerNetwork <= 0 ||
		l.Shares <= 0 || l.ShareBytes <= 0 || l.Letters <= 0 || l.Posts <= 0 || l.Remembered <= 0 {
		return usage("cli.host.limit_form")
	}
	if o.limits.Records > wire.MostRecords {
		return usage("cli.host.most_records")
	}
	if name, _, err := net.SplitHostPort(o.listen); err == nil && o.certificate == "" && !o.proxied {
		if ip := net.ParseIP(name); name != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return usage("cli.host.needs_tls")
		}
	}
	return nil
}

// handler answers devices, shows what was shared, and gives the app where it has one.
func (o hostOptions) handler(h *host.Host) (http.Handler, error) {
	all := h.Handler()
	if o.site != "" {
		files, err := site.Read(o.site)
		if err != nil {
			return nil, err
		}
		all = site.Beside(all, files)
	}
	return viewer.Beside(all)
}

// onServer tells a database server from a file.
func onServer(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// withHostStore opens where a host keeps its logs, and closes it after f.
func (c *commands) withHostStore(ctx context.Context, where string, f func(port.Store) error) error {
	if where == "" {
		dir, err := c.dir()
		if err != nil {
			return err
		}
		where = filepath.Join(dir, hostFile)
	}
	open := c.deps.OpenStore
	if onServer(where) {
		open = c.deps.OpenServer
	}
	s, err := open(ctx, where)
	if err != nil {
		return err
	}
	return errors.Join(f(s), s.Close())
}

func (c *commands) host(ctx context.Context, s port.Store, o hostOptions) error {
	log := slog.New(slog.NewJSONHandler(c.errs, nil))
	h := host.New(host.Config{Store: s, Clock: systemClock{}, Registration: host.Registration(o.registration), Limits: o.limits, Proxied: o.proxied, Log: log})
	listener, err := net.Listen("tcp", o.listen)
	if err != nil {
		return hostPortFault(err)
	}
	defer listener.Close()
	answer := hostAnswer{URL: "http://" + listener.Addr().String(), Address: listener.Addr().String(), Store: "sqlite", PID: os.Getpid()}
	if onServer(o.store) {
		answer.Store = "postgres"
	}
	handler, err := o.handler(h)
	if err != nil {
		return err
	}
	server := host.Server(handler)
	if o.certificate != "" {
		pair := &certificate{files: [2]string{o.certificate, o.key}}
		if _, err := pair.get(nil); err != nil {
			return fault.Wrap(err, fault.Invalid, "cli.host.certificate")
		}
		server.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS13, GetCertificate: pair.get}
		answer.URL = "https://" + listener.Addr().String()
	}
	ended := make(chan error, 2)
	if o.metrics != "" {
		beside, err := net.Listen("tcp", o.metrics)
		if err != nil {
			return hostPortFault(err)
		}
		defer beside.Close()
		mux := http.NewServeMux()
		mux.Handle("GET /metrics", h.Metrics())
		numbers := host.Server(mux)
		defer numbers.Close()
		go func() { ended <- numbers.Serve(beside) }()
		answer.Metrics = beside.Addr().String()
	}
	go func() {
		if server.TLSConfig != nil {
			ended <- server.ServeTLS(listener, "", "")
			return
		}
		ended <- server.Serve(listener)
	}()
	sweeping, stop := context.WithCancel(ctx)
	var sweeps sync.WaitGroup
	sweeps.Go(func() { h.KeepSwept(sweeping) })
	defer sweeps.Wait()
	defer stop()
	if err := c.sayHost(answer); err != nil {
		return errors.Join(err, server.Close())
	}
	select {
	case err := <-ended:
		return fault.Wrap(err, fault.Internal, "cli.serve.ended")
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), goodbye)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		return server.Close() // a device that still reads asks again
	}
	return nil
}

// hostPortFault is portFault for a host, whose address has another flag.
func hostPortFault(err error) error {
	if err = portFault(err); fault.Is(err, fault.Conflict) {
		return fault.Wrap(err, fault.Conflict, "cli.host.port_taken")
	}
	return err
}

func (c *commands) sayHost(a hostAnswer) error {
	if c.json {
		return c.printJSON(a)
	}
	if err := c.say("cli.host.ready", "address", a.URL, "store", a.Store); err != nil || a.Metrics == "" {
		return err
	}
	return c.say("cli.host.metrics", "address", fmt.Sprintf("http://%s/metrics", a.Metrics))
}

// certificate is a key pair in two files, read again when they change, since
// certificates are renewed while a host runs.
type certificate struct {
	files [2]string

	mu     sync.Mutex
	pair   *tls.Certificate
	of     [2]time.Time // when the files that were read were written
	looked time.Time
}

// get gives the pair. A new one that cannot be read leaves the old one in use.
func (p *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pair != nil && time.Since(p.looked) < time.Minute {
		return p.pair, nil
	}
	p.looked = time.Now()
	var of [2]time.Time
	for i, name := range p.files {
		if info, err := os.Stat(name); err == nil {
			of[i] = info.ModTime()
		}
	}
	if p.pair != nil && of == p.of {
		return p.pair, nil
	}
	pair, err := tls.LoadX509KeyPair(p.files[0], p.files[1])
	if err != nil {
		if p.pair != nil {
			return p.pair, nil
		}
		return nil, err
	}
	p.pair, p.of = &pair, of
	return p.pair, nil
}
