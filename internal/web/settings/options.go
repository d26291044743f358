package settings

import (
	"slices"
	"strconv"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

func countryOptions(v *shell.Visit) []kit.Option {
	list := []kit.Option{{Value: "", Label: v.T("settings.country_none")}}
	for _, c := range directory.Countries() {
		list = append(list, kit.Option{Value: c.Code, Label: c.NameIn(v.Tag())})
	}
	return list
}

func lockOptions(v *shell.Visit, now string) []kit.Option {
	list := []kit.Option{}
	for _, m := range []int{1, 5, 15, 30, 60} {
		list = append(list, kit.Option{Value: strconv.Itoa(m), Label: v.T("span.minutes", "n", m)})
	}
	if !slices.ContainsFunc(list, func(o kit.Option) bool { return o.Value == now }) && now != "0" {
		if m, err := strconv.Atoi(now); err == nil {
			list = append(list, kit.Option{Value: now, Label: v.T("span.minutes", "n", m)})
		}
	}
	return append(list, kit.Option{Value: "0", Label: v.T("settings.never")})
}
