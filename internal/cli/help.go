package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// speakHelp has the help of every command in the language of this run: cobra's own
// frame is in English.
func (c *commands) speakHelp(root *cobra.Command) {
	root.PersistentFlags().BoolP("help", "h", false, c.t("cli.flag.help"))
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		_, err := fmt.Fprint(cmd.OutOrStderr(), c.usageOf(cmd))
		return err
	})
	root.InitDefaultHelpCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "help" {
			cmd.Use, cmd.Short, cmd.Long = c.t("cli.help.command", "command", "help"), c.t("cli.help.short"), ""
		}
	}
}

// usageOf is how a command is used: its line, examples, commands and flags.
func (c *commands) usageOf(cmd *cobra.Command) string {
	var b strings.Builder
	part := func(title, body string) {
		fmt.Fprintf(&b, "\n%s\n%s\n", title, strings.TrimRight(body, "\n"))
	}
	line := cmd.Use
	if cmd.HasParent() {
		line = cmd.Parent().CommandPath() + " " + line
	}
	var lines []string
	if cmd.Runnable() {
		lines = append(lines, "  "+c.t("cli.help.line", "command", line))
	}
	if cmd.HasAvailableSubCommands() {
		lines = append(lines, "  "+c.t("cli.help.command", "command", cmd.CommandPath()))
	}
	part(c.t("cli.help.usage"), strings.Join(lines, "\n"))
	if cmd.HasExample() {
		part(c.t("cli.help.examples"), cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		var list strings.Builder
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				fmt.Fprintf(&list, "  %-*s %s\n", sub.NamePadding(), sub.Name(), sub.Short)
			}
		}
		part(c.t("cli.help.commands"), list.String())
	}
	if cmd.HasAvailableLocalFlags() {
		part(c.t("cli.help.flags"), c.flagsIn(cmd.LocalFlags().FlagUsages()))
	}
	if cmd.HasAvailableInheritedFlags() {
		part(c.t("cli.help.global"), c.flagsIn(cmd.InheritedFlags().FlagUsages()))
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s\n", c.t("cli.help.more", "command", cmd.CommandPath()))
	}
	return strings.TrimPrefix(b.String(), "\n")
}

// flagsIn says "default", which is the flag library's one word, in the language of this run.
func (c *commands) flagsIn(usages string) string {
	return strings.ReplaceAll(usages, " (default ", " ("+c.t("cli.help.default")+" ")
}
