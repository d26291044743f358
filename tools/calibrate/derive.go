package main

import (
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
)

// derive sets the parameters that follow from one table each by arithmetic.
func derive(l *pkpd.Library, figs map[string]*figure) error {
	receptor, err := readTable("receptor.csv")
	if err != nil {
		return err
	}
	ki := map[string]float64{}
	for _, r := range receptor {
		ki[r["id"]] = r.number("value")
	}
	ratio := ki["obeng2020.m"] / ki["obeng2020.7"] * ki["obeng2021.m"] / ki["obeng2021.7"] * ki["hemby2026.m"] / ki["hemby2026.7"]
	set(l, "K.ratio", round(math.Cbrt(ratio))) // the centre of its prior: see place
	set(l, "E.m", round(ki["lever.m"]/ki["lever.7"]))
	ke0 := round(math.Ln2 / (figs["effect.site"].number("value") / 60))
	set(l, "ke0.m", ke0)
	set(l, "ke0.7", ke0)
	return nil
}

// measureRates returns the model's value of the figures that derive used.
func measureRates(p *pkpd.Params) map[string]float64 {
	return map[string]float64{
		"effect.site": math.Ln2 / p.KeM * 60,
	}
}
