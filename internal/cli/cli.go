package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
)

// Exit codes of every command.
const (
	exitDone    = 0
	exitProblem = 1 // with the input or the data
	exitUsage   = 2
)

// Deps is what the commands need from the rooms next door.
type Deps struct {
	// Version and Commit are set at build time; empty falls back to what the
	// Go toolchain wrote into the binary.
	Version, Commit string
	// OpenStore opens the store file, which is made when it is not there.
	OpenStore func(ctx context.Context, path string) (port.Store, error)
	// OpenServer opens the database of a host at a postgres:// address.
	OpenServer func(ctx context.Context, address string) (port.Store, error)
	// DeviceKeys keeps the device keys at a path.
	DeviceKeys func(path string) port.DeviceKeys
	// Reference keeps public files in a folder.
	Reference func(dir string) port.Reference
	// Notes keeps sealed notes of this device in a folder.
	Notes func(dir string) port.Notes
	// Bundle writes what is shared as a FHIR document.
	Bundle func(p care.Projection, texts *locale.Texts) ([]byte, error)
	// NewWeb makes the app for the browser.
	NewWeb func(a *app.App, o WebOptions) (Web, error)
	// NewDeskWeb makes the pages of a program's desk.
	NewDeskWeb func(d *desk.Desk, o WebOptions) (Web, error)
	// NewDeskDemo opens the desk of a made-up program, in memory, in a language.
	NewDeskDemo func(ctx context.Context, text *locale.Catalogue, clock port.Clock) (*desk.Desk, error)
	// Cost chooses how hard a new passphrase is to guess, and BackupWork how hard
	// that of a backup is, as for transfer.BackupAt.
	Cost       func() vault.Cost
	BackupWork int
}

// Web is the app for the browser.
type Web interface {
	// HTTP is its server, which does not listen yet.
	HTTP() *http.Server
	// Origin is where it is reached, such as "http://NAME.localhost:8420".
	Origin() string
	// Link makes a link that lets one browser in, once.
	Link() string
	// Watch locks a journal that was left alone, until the context ends.
	Watch(ctx context.Context)
}

// WebOptions say where the app for the browser is.
type WebOptions struct {
	// Addr is the loopback host:port that it listens on.
	Addr string
	// Plain reaches it at Addr itself, and not by a name that nobody can guess.
	Plain   bool
	Version string
	// Reference keeps public files that the person brings.
	Reference port.Reference
	// Demo says that the people of a desk are made up.
	Demo bool
	// Union is a journal and the way to its host.
	Union func(*app.App) *union.Union
	// Sharing is a journal with its ways to the hosts of what is shared, and Texts the
	// languages that it is shared in.
	Sharing func(*app.App) *share.Sharing
	Texts   *locale.Texts
}

// Main runs the program and gives its exit code.
func Main(d Deps) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second Ctrl+C ends the program at once, whatever it is waiting for.
	context.AfterFunc(ctx, stop)
	c := &commands{deps: d, in: os.Stdin, out: os.Stdout, errs: os.Stderr}
	return c.run(ctx, os.Args[1:])
}

// commands is what all commands share.
type commands struct {
	deps Deps
	in   *os.File
	out  io.Writer
	errs io.Writer

	dataFlag       string
	personFlag     string
	passphraseFile string
	language       string
	json           bool

	// texts are all languages, and text is the one that this run speaks.
	texts *locale.Texts
	text  *locale.Catalogue

	// begun is true once a command has its arguments: an error from then on is
	// about the input or the data, before it about the usage.
	begun bool
}

func (c *commands) run(ctx context.Context, args []string) int {
	var err error
	if c.texts, err = locale.Load(); err != nil {
		// A program whose own texts are broken has none to say so with.
		fmt.Fprintln(c.errs, err)
		return exitProblem
	}
	c.text = c.texts.Match(languageFlag(args), languageOf(os.Getenv))
	root := c.root()
	root.SetArgs(linesNotFlags(args))
	root.SetIn(c.in)
	root.SetOut(c.out)
	root.SetErr(c.errs)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitDone
	}
	// A flag that could not be read may stand before --json.
	asJSON := c.json || slices.Contains(args, "--json")
	if usage := c.asUsage(cmd, err); usage != nil {
		c.printUsage(asJSON, usage)
		return exitUsage
	}
	c.printFault(asJSON, err)
	return exitProblem
}

// linesNotFlags keeps "-3 g" in a line of add from being taken for flags: the
// line is to be answered in words, not with a complaint about usage.
func linesNotFlags(args []string) []string {
	i := slices.Index(args, "add")
	if i < 0 || slices.Contains(args[:i], "product") {
		return args
	}
	out := slices.Clone(args)
	for k, a := range out[i+1:] {
		if len(a) > 1 && a[0] == '-' && a[1] >= '0' && a[1] <= '9' {
			out[i+1+k] = "\u2212" + a[1:] // the minus sign proper
		}
	}
	return out
}

func (c *commands) root() *cobra.Command {
	// Started from a file manager there is no terminal, and serving is right.
	cobra.MousetrapHelpText = ""
	root := &cobra.Command{
		Use:               "evenkeel",
		Short:             c.t("cli.short"),
		Long:              c.t("cli.long"),
		Args:              cobra.NoArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(*cobra.Command, []string) error { c.begun = true; return c.checkLanguage() },
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	flags := root.PersistentFlags()
	flags.StringVar(&c.personFlag, "person", "", c.t("cli.flag.person"))
	flags.StringVar(&c.dataFlag, "data", "", c.t("cli.flag.data"))
	flags.StringVar(&c.passphraseFile, "passphrase-file", "", c.t("cli.flag.passphrase_file"))
	flags.StringVar(&c.language, "lang", "", c.t("cli.flag.lang", "list", strings.Join(c.languages(), ", ")))
	flags.BoolVar(&c.json, "json", false, c.t("cli.flag.json"))
	serve := c.serveCommand()
	root.RunE = serve.RunE
	root.Flags().AddFlagSet(serve.Flags())
	root.AddCommand(
		serve,
		c.addCommand(),
		c.nowCommand(),
		c.logCommand(),
		c.trendsCommand(), c.insightCommand(),
		c.productCommand(),
		c.exportCommand(),
		c.summaryCommand(),
		c.importCommand(),
		c.backupCommand(),
		c.restoreCommand(),
		c.passphraseCommand(),
		c.recoveryCommand(),
		c.doctorCommand(),
		c.siteCommand(),
		c.simulateCommand(),
		c.deleteEverythingCommand(),
		c.screenCommand(),
		c.directoryCommand(),
		c.sourcesCommand(),
		c.evidenceCommand(),
		c.checkCommand(),
		c.standingCommand(),
		c.mixingCommand(),
		c.planCommand(),
		c.urgeCommand(),
		c.hostCommand(), c.syncCommand(), c.shareCommand(), c.deskCommand(), c.viewCommand(),
		c.versionCommand(),
	)
	c.speakHelp(root)
	return root
}
