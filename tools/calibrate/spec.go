package main

import "github.com/evenkeel/evenkeel/pkpd"

// domain of the whole set, shown wherever the model is.
const domain = "Healthy adults who swallow kratom tea, leaf, extract or 7-OH products. Measured at 6.65 to 53.2 mg of mitragynine a day for up to 15 days; beyond that, and for 7-OH taken as such, it is extrapolation."

// sources of the parameters.
var sources = map[string]pkpd.Source{
	"tanna2022":        {Cite: "Tanna et al. 2022, Pharmaceutics 14:620", DOI: "10.3390/pharmaceutics14030620"},
	"huestis2024":      {Cite: "Huestis et al. 2024, Molecules 29:984 (abstract)", DOI: "10.3390/molecules29050984"},
	"huestis2026":      {Cite: "Huestis 2026, extract, single doses (abstract values, read in a restatement)", DOI: "PMID:42266029"},
	"kamble2023":       {Cite: "Kamble et al. 2023, JPET 385:180 (rat)"},
	"obeng2020":        {Cite: "Obeng et al. 2020, J Med Chem (read in a restatement)", DOI: "10.1021/acs.jmedchem.9b01465"},
	"obeng2021":        {Cite: "Obeng et al. 2021, JPET", DOI: "10.1124/jpet.120.000189"},
	"hemby2026":        {Cite: "Hemby 2026, Front Pharmacol (read in a restatement)", DOI: "10.3389/fphar.2026.1763551"},
	"ekblom1993":       {Cite: "Ekblom et al. 1993, JPET 266:244 (rat, morphine)"},
	"ouellet1995":      {Cite: "Ouellet and Pollack 1995 (rat, morphine)", DOI: "10.1007/BF02353460"},
	"frequency2022":    {Cite: "Rogers et al. 2024, Drug Alcohol Depend 260:111329, US survey of July to November 2022, n 395, 95.9 % leaf (abstract)", DOI: "10.1016/j.drugalcdep.2024.111329"},
	"smith2024obs":     {Cite: "Smith et al. 2024, direct observation of a usual morning dose, n 10, SOWS 5.5 (SD 3.3) before it (abstract)"},
	"smith2024ema":     {Cite: "Smith et al. 2024, JAMA Netw Open 7:e2353401, 357 people, 13,401 uses in 15 days (abstract)", DOI: "10.1001/jamanetworkopen.2023.53401"},
	"sharma2025dta":    {Cite: "Sharma et al. 2025, Drug Test Anal, 341 products: mean 31.3, median 25.4 mg of mitragynine a use (abstract)", DOI: "10.1002/dta.3906"},
	"vicknasingam2020": {Cite: "Vicknasingam et al. 2020, Yale J Biol Med 93:229, 26 daily drinkers, no withdrawal in 10 to 20 h (abstract)", DOI: "PMID:32607084"},
	"singh2018":        {Cite: "Singh et al. 2018, J Psychoactive Drugs 50:266, 4 or more glasses of tea hold 76 to 115 mg (abstract)", DOI: "10.1080/02791072.2018.1443234"},
	"mgwd2021":         {Cite: "Universiti Sains Malaysia 2021, Front Pharmacol 12:708019, mitragynine withdrawal of at least five days in rats (abstract)", DOI: "10.3389/fphar.2021.708019"},
	"boyer2008":        {Cite: "Boyer et al. 2008, Addiction 103:1048, one man, ten days of withdrawal from tea (read in a restatement)", DOI: "10.1111/j.1360-0443.2008.02209.x"},
	"sharma2025":       {Cite: "Sharma et al. 2025, Cureus, one man's withdrawal from 7-OH (abstract)", DOI: "10.7759/cureus.98386"},
	"smith7oh2025":     {Cite: "Smith et al. 2025, Addiction 120:387, letter: dependence on 7-OH may differ from the mild to moderate one on leaf", DOI: "10.1111/add.16728"},
	"huestisSafety":    {Cite: "One line about the 2024 leaf study in a restatement: no withdrawal after 15 daily doses up to 53.2 mg, 23 days of follow-up; a paper of its own was not found"},
	"community2026":    {Cite: "Community accounts of stopping 7-OH, 2026 (pages of quitting7oh.org and alkaloidboys.com)"},
	"leafweek":         {Cite: "Community accounts of the first week without leaf (the wiki of r/kratom; r/KratomVibes)"},
	"taperwiki":        {Cite: "Community accounts of tapers (the taper page of the wiki of r/kratom; kratomquitters.com)"},
	"assumed":          {Cite: "No measurement known to us; chosen as the note says"},
}

const (
	anyone = "healthy adults, oral, 6.65 to 53.2 mg of mitragynine"
	direct = "7-OH taken as such: no human measurement exists"
	reach  = "extrapolated from other opioids; not measured for kratom"
)

// specs lists every parameter in file order. The values marked in fitted, and
// those of the family, are starting points that the calibration replaces. F.leaf
// starts near where the family ends: the kinetics are fitted at that level, for
// the tail that an assay still sees grows with it.
var specs = []pkpd.Parameter{
	{Symbol: "CL", Value: 185, Unit: "L/h", Omega: 0.30, Min: 20, Max: 2500, Grade: "OL", Sources: []string{"tanna2022", "kamble2023"}, Note: "Apparent clearance CL/F of mitragynine from tea. The spread moves CL7 too: one enzyme clears both.", Domain: anyone},
	{Symbol: "V1", Value: 1220, Unit: "L", Omega: 0.25, Min: 50, Max: 10000, Grade: "OL", Sources: []string{"tanna2022"}, Note: "Apparent central volume from tea. The spread moves V2 too.", Domain: anyone},
	{Symbol: "Q", Value: 142, Unit: "L/h", Min: 5, Max: 2000, Grade: "OL", Sources: []string{"tanna2022", "huestis2024"}, Note: "Apparent exchange with the deep compartment that makes the long tail.", Domain: anyone},
	{Symbol: "V2", Value: 4880, Unit: "L", Min: 200, Max: 60000, Grade: "OL", Sources: []string{"tanna2022", "huestis2024"}, Note: "Apparent deep volume.", Domain: anyone},
	{Symbol: "fm", Value: 0.0264, Unit: "mol/mol", Min: 0, Max: 1, Grade: "OL", Sources: []string{"tanna2022", "huestis2024"}, Note: "Fraction of later mitragynine elimination that forms 7-OH. Apparent: tied to V7.", Domain: anyone},
	{Symbol: "CL7", Value: 79.6, Unit: "L/h", Omega: 0.15, Min: 5, Max: 2500, Grade: "OL", Sources: []string{"tanna2022", "huestis2024"}, Note: "Apparent clearance of 7-OH; only CL7/V7 is measured.", Domain: anyone},
	{Symbol: "V7", Value: 500, Unit: "L", Min: 20, Max: 10000, Grade: "assumed", Sources: []string{"assumed"}, Note: "Apparent volume of 7-OH. As a metabolite only fp/V7 and fm/V7 can be seen; the scale is assumed and sets what a mg of 7-OH taken as such does.", Domain: direct},
	{Symbol: "ke0.m", Value: 1.66, Unit: "1/h", Min: 0.05, Max: 20, Grade: "AN", Sources: []string{"ekblom1993"}, Note: "Half-life of 25 (8) min to the effect site, morphine in the rat.", Domain: reach},
	{Symbol: "ke0.7", Value: 1.66, Unit: "1/h", Min: 0.05, Max: 20, Grade: "AN", Sources: []string{"ekblom1993"}, Note: "As for mitragynine.", Domain: reach},
	{Symbol: "K7", Value: 30, Unit: "nM", Omega: 0.2, Min: 0.2, Max: 2000, Grade: "S", Sources: []string{"frequency2022", "sharma2025dta", "vicknasingam2020", "singh2018"}, Note: "Total plasma 7-OH that would hold half of the receptors alone. Of the family: laboratories give 7 to 78 nM, leaf users and tea drinkers narrow it. The spread moves both potencies.", Domain: reach},
	{Symbol: "K.ratio", Value: 14.8, Unit: "1", Min: 5, Max: 40, Grade: "IV", Sources: []string{"obeng2020", "obeng2021", "hemby2026"}, Note: "Potency of 7-OH over mitragynine at the mu receptor: geometric mean of the ratios of three laboratories, 22, 9 and 16, moved a little by what people feel.", Domain: "binding at human receptors in vitro"},
	{Symbol: "E.m", Value: 0.72, Unit: "1", Min: 0, Max: 1, Grade: "AN", Sources: []string{"obeng2021"}, Note: "Efficacy of mitragynine relative to 7-OH: 72.3 over 99.7 % morphine-lever responding in rats; in GTPgS it did not stimulate at all. Of the family.", Domain: reach},
	{Symbol: "E.7", Value: 1, Unit: "1", Min: 0, Max: 1, Grade: "assumed", Sources: []string{"assumed"}, Note: "The drive is counted on the scale of 7-OH.", Domain: reach},
	{Symbol: "tau_fast", Value: 37.5, Unit: "h", Omega: 0.3, Min: 6, Max: 240, Grade: "AN", Sources: []string{"ekblom1993", "community2026"}, Note: "Time constant: half-life of 26 (6) h of the tolerance compartment, morphine in the rat; of the family, a factor of three either way.", Domain: reach},
	{Symbol: "tau_slow", Value: 193, Unit: "h", Omega: 0.3, Min: 96, Max: 1500, Grade: "AN", Sources: []string{"ouellet1995", "mgwd2021", "boyer2008"}, Note: "Time constant: response 90 % recovered 18.5 days after morphine in the rat (read as ln 10 time constants); of the family, a factor of two and a half either way.", Domain: reach},
	{Symbol: "w_fast", Value: 0.4, Unit: "1", Min: 0, Max: 1, Grade: "COM", Sources: []string{"community2026"}, Note: "One less w_slow.", Domain: reach},
	{Symbol: "w_slow", Value: 0.3, Unit: "1", Omega: 0.3, Min: 0, Max: 1, Grade: "COM", Sources: []string{"community2026", "leafweek", "boyer2008"}, Note: "Share of the slow adaptation, so that withdrawal from leaf and 7-OH lifts as people tell; of the family. The omega is of its odds, and assumed.", Domain: reach},
	{Symbol: "threshold", Value: 0.18, Unit: "1", Omega: 0.3, Min: 0, Max: 1, Grade: "COM", Sources: []string{"taperwiki", "frequency2022", "vicknasingam2020", "huestisSafety"}, Note: "Imbalance that nobody notices, of the family: tapers that are felt pull it down, hours and trials without withdrawal pull it up. The spread between people is assumed.", Domain: reach},
	{Symbol: "gain", Value: 100, Unit: "SOWS points", Omega: 0.5, Min: 1, Max: 1000, Grade: "S", Sources: []string{"frequency2022", "smith2024obs", "smith2024ema"}, Note: "Points per unit of imbalance above the threshold; of the family.", Domain: "stopping daily leaf use, US adults"},
	{Symbol: "ka.tea", Value: 3.5, Unit: "1/h", Omega: 0.3, Min: 0.1, Max: 15, Grade: "OL", Sources: []string{"tanna2022"}, Note: "Tea. The spread moves every form.", Domain: anyone},
	{Symbol: "tlag.tea", Value: 0.1, Unit: "h", Min: 0, Max: 2, Grade: "assumed", Sources: []string{"assumed"}, Note: "First detectable concentration in the first minutes; the same for everyone.", Domain: anyone},
	{Symbol: "fp.tea", Value: 0.079, Unit: "mol/mol", Omega: 0.25, Min: 0, Max: 1, Grade: "OL", Sources: []string{"tanna2022"}, Note: "7-OH that reaches the blood with each mol of absorbed mitragynine, formed on the way in. Apparent: tied to V7, which is assumed. The spread moves every form.", Domain: anyone},
	{Symbol: "F.tea", Value: 1, Unit: "1", Omega: 0.3, Min: 0.05, Max: 20, Grade: "OL", Sources: []string{"tanna2022"}, Note: "The reference. The spread moves every form.", Domain: anyone},
	{Symbol: "F7.tea", Value: 0.3, Unit: "1", Min: 0, Max: 20, Grade: "assumed", Sources: []string{"assumed"}, Note: "7-OH already in a product: as for a tablet.", Domain: direct},
	{Symbol: "ka.leaf", Value: 2.7, Unit: "1/h", Min: 0.1, Max: 15, Grade: "RCT", Sources: []string{"huestis2024"}, Note: "Capsules of leaf powder.", Domain: anyone},
	{Symbol: "tlag.leaf", Value: 0.2, Unit: "h", Min: 0, Max: 2, Grade: "assumed", Sources: []string{"assumed"}, Note: "A capsule opens in some ten minutes; the same for everyone.", Domain: anyone},
	{Symbol: "fp.leaf", Value: 0.055, Unit: "mol/mol", Min: 0, Max: 1, Grade: "RCT", Sources: []string{"huestis2024"}, Note: "As for tea; the leaf study saw less 7-OH beside mitragynine.", Domain: anyone},
	{Symbol: "F.leaf", Value: 2.9, Unit: "1", Min: 0.05, Max: 20, Grade: "assumed", Sources: []string{"assumed"}, Note: "The concentrations of the leaf study are not yet read: between tea and extract, on the log scale, moved by what leaf users feel; of the family.", Domain: anyone},
	{Symbol: "F7.leaf", Value: 0.3, Unit: "1", Min: 0, Max: 20, Grade: "assumed", Sources: []string{"assumed"}, Note: "7-OH already in a product: as for a tablet.", Domain: direct},
	{Symbol: "ka.extract", Value: 2.8, Unit: "1/h", Min: 0.1, Max: 15, Grade: "RCT", Sources: []string{"huestis2026"}, Note: "Oral extract of 39.5 % mitragynine.", Domain: anyone},
	{Symbol: "tlag.extract", Value: 0.2, Unit: "h", Min: 0, Max: 2, Grade: "assumed", Sources: []string{"assumed"}, Note: "As for leaf.", Domain: anyone},
	{Symbol: "fp.extract", Value: 0.055, Unit: "mol/mol", Min: 0, Max: 1, Grade: "RCT", Sources: []string{"huestis2026"}, Note: "As for leaf.", Domain: anyone},
	{Symbol: "F.extract", Value: 4.5, Unit: "1", Min: 0.05, Max: 20, Grade: "RCT", Sources: []string{"huestis2026"}, Note: "Peak per mg about four times that of tea.", Domain: anyone},
	{Symbol: "F7.extract", Value: 0.3, Unit: "1", Min: 0, Max: 20, Grade: "assumed", Sources: []string{"assumed"}, Note: "7-OH already in a product: as for a tablet.", Domain: direct},
	{Symbol: "ka.seven_oh", Value: 2.8, Unit: "1/h", Min: 0.1, Max: 15, Grade: "assumed", Sources: []string{"assumed"}, Note: "As for extract.", Domain: direct},
	{Symbol: "tlag.seven_oh", Value: 0.2, Unit: "h", Min: 0, Max: 2, Grade: "assumed", Sources: []string{"assumed"}, Note: "As for extract.", Domain: direct},
	{Symbol: "fp.seven_oh", Value: 0.055, Unit: "mol/mol", Min: 0, Max: 1, Grade: "assumed", Sources: []string{"assumed"}, Note: "As for extract.", Domain: direct},
	{Symbol: "F.seven_oh", Value: 4.5, Unit: "1", Min: 0.05, Max: 20, Grade: "assumed", Sources: []string{"assumed"}, Note: "Mitragynine in a 7-OH product: as for extract.", Domain: direct},
	{Symbol: "F7.seven_oh", Value: 0.3, Unit: "1", Omega: 0.4, Min: 0, Max: 20, Grade: "COM", Sources: []string{"community2026", "sharma2025", "smith7oh2025"}, Note: "Share of 7-OH taken as such that reaches the blood, on the scale of V7. No human measurement exists: of the family, known to a factor of two and a half either way at best, from when people feel stopping and how heavy. The spread between people is assumed.", Domain: direct},
}
