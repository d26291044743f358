package quick

import (
	"strings"
	"time"
)

// The words the reader knows. A table maps what is meant to the ways people
// write it, phrases separated by "|". To teach it a word, add it here and a
// line to testdata/lines.txt.

// Units of an amount, by the name under which they are stored.
var units = map[string]string{
	"g":       "g|gr|gm|gms|gs|gram|grams|gramm|gramms|grm|grms|gramme|grammes|gramo|gramos",
	"mg":      "mg|mgs|milligram|milligrams|milligramme|milligrammes|miligram|miligrams|miligramo|miligramos",
	"mL":      "ml|mls|cc|ccs|milliliter|milliliters|millilitre|millilitres|mililitro|mililitros",
	"oz":      "oz|ozs|ounce|ounces|fl oz|fluid oz|fluid ounce|fluid ounces|onza|onzas",
	"tsp":     "tsp|tsps|teaspoon|teaspoons|teaspoonful|teaspoonfuls|tea spoon|tea spoons|cucharadita|cucharaditas",
	"tbsp":    "tbsp|tbsps|tbs|tablespoon|tablespoons|tablespoonful|tablespoonfuls|table spoon|table spoons|cucharada|cucharadas",
	"capsule": "capsule|capsules|cap|caps|capsula|capsulas",
	"tablet":  "tablet|tablets|tab|tabs|tableta|tabletas",
	"shot":    "shot|shots",
	"scoop":   "scoop|scoops|scoopful|scoopfuls",
	"serving": "serving|servings|serv|servs",
	"gummy":   "gummy|gummies|gummie|gummys",
	"pill":    "pill|pills",
	"softgel": "softgel|softgels|soft gel|soft gels|gelcap|gelcaps",
	"chew":    "chew|chews|chewable|chewables",
	"drop":    "drop|drops",
	"dropper": "dropper|droppers|dropperful|dropperfuls",
	"lozenge": "lozenge|lozenges",
	"strip":   "strip|strips",
	"square":  "square|squares",
	"piece":   "piece|pieces",
	"stick":   "stick|sticks",
	"vial":    "vial|vials",
	"sachet":  "sachet|sachets",
	"spoon":   "spoon|spoons|spoonful|spoonfuls",
	"pinch":   "pinch|pinches",
	"dose":    "dose|doses",
	"mcg":     "mcg|mcgs|ug|ugs|microgram|micrograms",
	"kg":      "kg|kgs|kilo|kilos|kilogram|kilograms",
	"liter":   "l|liter|liters|litre|litres",
	"can":     "can|cans",
	"bottle":  "bottle|bottles",
	"cup":     "cup|cups|mug|mugs",
	"glass":   "glass|glasses",
	"drink":   "drink|drinks",
	"packet":  "packet|packets|pack|packs",
	"bag":     "bag|bags",
	"hit":     "hit|hits",
	"puff":    "puff|puffs",
	"pint":    "pint|pints",
	"box":     "box|boxes",
	"jar":     "jar|jars",
	"spray":   "spray|sprays",
	"bowl":    "bowl|bowls",
	"sip":     "sip|sips",
	"swig":    "swig|swigs",
	"seltzer": "seltzer|seltzers",
}

// openUnits hold many things besides kratom: by themselves they do not say
// what was taken.
var openUnits = []string{"can", "bottle", "cup", "glass", "drink", "packet", "bag", "hit", "puff", "pint", "box", "jar", "spray", "bowl",
	"sip", "swig", "seltzer", "liter", "kg", "drop", "mcg", "strip", "piece", "square", "stick", "pinch"}

// measures are weights and volumes: before a counted unit they are what one
// of it holds ("two 15 mg tablets").
var measures = []string{"g", "mg", "mL", "oz", "mcg"}

// productNames are words of kratom products: kinds, strains, and the
// alkaloids that products are named after.
var productNames = []string{
	"kratom", "ketum", "mitragyna", "speciosa", "leaf", "leaves", "powder", "powders", "maeng", "da", "md", "bali", "borneo",
	"trainwreck", "malay", "malaysian", "thai", "indo", "indonesian", "sumatra", "sumatran", "kapuas", "hulu", "horn", "horned",
	"bentuangie", "jongkong", "riau", "vietnam", "kali", "extract", "extracts", "isolate", "tincture", "resin", "concentrate", "enhanced",
	"tea", "blend", "strain", "liquid", "veined", "vein", "mitragynine", "mitragynin", "alkaloids", "alkaloid",
	"pseudoindoxyl", "mgm-15", "7-oh",
}

// productTints go with them but name no product by themselves.
var productTints = []string{"red", "green", "white", "yellow", "gold", "golden", "blue", "pink", "purple", "orange", "black", "brown", "grey",
	"gray", "silver", "round", "oval", "premium", "super", "ultra", "strong", "crushed", "fresh", "dried", "raw", "organic", "plain", "flavored",
	"cherry", "berry", "mango", "chocolate", "elephant", "dragon", "stem", "ground"}

// officialNames are written in one way whatever the line says.
var officialNames = map[string]string{"7-oh": "7-OH", "mgm-15": "MGM-15", "mit45": "MIT45", "mitragynin": "mitragynine"}

// unitSizes say how full or big one unit was; they are kept as a note.
const unitSizes = "heaping|heaped|rounded|level|leveled|scant|small|big|large|huge|mini|tiny|little|overflowing"

// substances by class: each name stands for itself unless it follows "=".
var substances = map[string][]string{
	"alcohol": {"beer=beer|beers|cerveza|cervezas", "wine=wine|wines|red wine|white wine|vino", "vodka=vodka|vodkas", "whiskey=whiskey|whisky|whiskeys|bourbon|scotch",
		"rum=rum", "gin=gin", "tequila=tequila", "champagne=champagne|prosecco", "cider=hard cider|cider", "hard seltzer=hard seltzer|hard seltzers|white claw",
		"cocktail=cocktail|cocktails", "margarita=margarita|margaritas", "liquor=liquor|booze|spirits", "alcohol=alcohol|alcoholic drink|alcoholic drinks", "sake=sake", "IPA=ipa|ipas", "brandy=brandy|cognac"},
	"benzodiazepine": {"xanax=xanax|xan|xans|xanny", "alprazolam", "klonopin=klonopin|kpin|kpins", "clonazepam", "ativan", "lorazepam", "valium", "diazepam", "temazepam", "restoril",
		"chlordiazepoxide", "librium", "oxazepam", "triazolam", "halcion", "etizolam", "bromazolam", "clonazolam", "midazolam", "phenazepam", "benzo=benzo|benzos|benzodiazepine|benzodiazepines"},
	"opioid": {"oxycodone=oxycodone|oxy|oxys", "oxycontin", "percocet=percocet|percocets|perc|percs", "hydrocodone", "vicodin", "norco", "tramadol", "codeine", "morphine",
		"heroin", "fentanyl=fentanyl|fent", "methadone", "suboxone=suboxone|subs", "subutex", "buprenorphine=buprenorphine|bupe", "hydromorphone", "dilaudid", "oxymorphone",
		"opana", "tapentadol", "meperidine", "opium", "tianeptine", "nitazene=nitazene|nitazenes", "poppy tea=poppy tea", "opioid=opioid|opioids|opiate|opiates|painkiller|painkillers"},
	"gabapentinoid": {"gabapentin=gabapentin|gabapentins|gaba", "neurontin", "pregabalin", "lyrica", "phenibut"},
	"stimulant": {"coffee=coffee|coffees|cafe|iced coffee", "espresso=espresso|espressos", "latte=latte|lattes", "cappuccino=cappuccino|cappuccinos", "cold brew=cold brew|cold brews",
		"energy drink=energy drink|energy drinks", "caffeine=caffeine|caffeine pill|caffeine pills", "pre-workout=pre workout|preworkout", "black tea=black tea", "matcha=matcha|matcha tea", "yerba mate=yerba mate|yerba",
		"adderall=adderall|addy|addys", "vyvanse", "ritalin", "concerta", "methylphenidate", "amphetamine=amphetamine|amphetamines", "dexedrine", "methamphetamine=methamphetamine|meth",
		"cocaine=cocaine", "modafinil", "armodafinil", "provigil", "nuvigil", "ephedrine", "pseudoephedrine=pseudoephedrine|sudafed", "mdma=mdma|molly|ecstasy"},
	"cannabis": {"weed=weed", "joint=joint|joints", "blunt=blunt|blunts", "bong=bong|bong rip|bong rips", "dab=dab|dabs", "edible=edible|edibles", "cannabis", "marijuana", "thc=thc",
		"hash=hash|hashish", "pot=pot", "thc vape=thc vape|weed vape|thc pen|weed pen", "thc gummy=thc gummy|thc gummies|weed gummy|weed gummies", "hhc", "delta"},
	"nicotine": {"cigarette=cigarette|cigarettes|cig|cigs|smoke|smokes", "cigar=cigar|cigars", "vape=vape|vapes|vaped|vaping|nicotine vape", "nicotine=nicotine", "nicotine gum=nicotine gum", "nicotine patch=nicotine patch",
		"nicotine pouch=nicotine pouch|nicotine pouches", "snus", "tobacco=tobacco|chewing tobacco", "hookah=hookah|shisha"},
	"other": {"ibuprofen=ibuprofen|ibuprofin", "advil=advil|advils", "motrin", "tylenol", "acetaminophen", "paracetamol", "aspirin", "naproxen", "aleve", "benadryl", "diphenhydramine", "doxylamine", "unisom",
		"melatonin", "ambien", "zolpidem", "lunesta", "eszopiclone", "trazodone", "kava", "kanna", "kanna extract=kanna extract", "akuamma", "blue lotus=blue lotus", "clonidine", "lofexidine", "hydroxyzine", "vistaril",
		"ondansetron", "zofran", "loperamide", "imodium", "naltrexone", "naloxone", "narcan", "baclofen", "cyclobenzaprine", "flexeril", "tizanidine", "methocarbamol", "carisoprodol", "soma", "ketamine", "esketamine",
		"mushrooms=mushrooms|shrooms", "psilocybin", "lsd=lsd|acid", "dxm=dxm", "cough syrup=cough syrup", "nyquil", "grapefruit juice=grapefruit juice|grapefruit", "cbd=cbd|cbd oil|cbd gummy|cbd gummies",
		"magnesium", "ashwagandha", "valerian", "ghb", "nitrous=nitrous|whippets", "propranolol", "sertraline", "zoloft", "fluoxetine", "prozac", "escitalopram", "lexapro", "citalopram", "celexa", "duloxetine", "cymbalta",
		"venlafaxine", "effexor", "bupropion", "wellbutrin", "mirtazapine", "remeron", "quetiapine", "seroquel", "lamotrigine", "lithium", "omeprazole", "laxative=laxative|laxatives|miralax", "antacid=antacid|antacids",
		"chamomile tea=chamomile|chamomile tea", "ginger tea=ginger tea", "peppermint tea=peppermint tea|mint tea", "herbal tea=herbal tea", "vitamin c=vitamin c", "vitamin=vitamin|vitamins|multivitamin", "l-theanine=theanine|l theanine"},
}

// bodyChanges by the journal's name.
var bodyChanges = map[string]string{
	"hair_shedding":    "hair shedding|hair loss|hair falling out|hair is falling out|hair thinning|hair is thinning|hair falling|losing hair|losing my hair|lost hair|shedding hair|shedding|shedding a lot of hair|thinning hair|hair coming out",
	"itch":             "itch|itchy|itching|itches|itchiness|itchy skin|skin itches|skin itching|itchy all over",
	"dark_urine":       "dark urine|dark pee|brown urine|brown pee|tea colored urine|tea colored pee|cola colored urine|cola colored pee|orange urine|orange pee|urine dark|urine is dark|pee dark|pee is dark|pee is brown|urine is brown|dark piss|dark colored urine|dark colored pee",
	"yellow_eyes_skin": "yellow eyes|yellow skin|yellow eyes and skin|yellow skin and eyes|eyes yellow|eyes are yellow|eyes look yellow|skin is yellow|skin yellow|skin looks yellow|jaundice|jaundiced|yellowing skin|yellowing eyes|yellow eye",
	"pale_stool":       "pale stool|pale stools|pale poop|clay colored stool|clay colored stools|clay stool|clay stools|white stool|white stools|white poop|light stool|light colored stool|grey stool|gray stool|stool is pale|poop is pale",
	"side_pain":        "side pain|liver pain|right side pain|pain right side|pain in right side|pain in my right side|pain in my side|pain in side|pain under ribs|pain under my ribs|pain under right ribs|pain under my right ribs|upper right pain|upper right belly pain",
	"constipation":     "constipation|constipated|cant poop|cannot poop|cant go to the bathroom|no bowel movement",
	"nausea":           "nausea|nauseous|nauseated|queasy|sick to my stomach|threw up|throwing up|vomited|vomiting|vomit|puked|puking",
	"weight":           "weight|weight gain|weight loss|gained weight|lost weight|gaining weight|losing weight|weigh|weighed",
	"libido":           "libido|low libido|no libido|lost libido|low sex drive|no sex drive|sex drive|sex drive low|libido low",
	"dry_mouth":        "dry mouth|cotton mouth|cottonmouth|mouth dry|mouth is dry",
	"heartbeat":        "palpitations|heart palpitations|racing heart|heart racing|heart is racing|fast heartbeat|fast heart|irregular heartbeat|heart pounding|pounding heart|heartbeat|skipped beats|heart fluttering|heart flutter",
	"dizziness":        "dizzy|dizziness|lightheaded|light headed|lightheadedness|vertigo|woozy|wobbles|the wobbles|faint|fainted|passed out",
	"seizure":          "seizure|seizures|had a fit|convulsion|convulsions|seized",
	"other":            "rash|rashes|swelling|swollen|hives|tremor|tremors|blurry vision|blurred vision|ringing ears|tinnitus|numbness|headache|headaches|acne|bruising|hot flashes|hot flash|night sweats|gagging|acid reflux|heartburn|diarrhea",
}

// metrics are the 0-10 questions.
var metrics = map[string]string{
	"rough":   "rough|roughness",
	"craving": "craving|cravings|crave|urge|urges",
	"mood":    "mood",
	"calm":    "calm|calmness",
	"energy":  "energy",
	"pain":    "pain|pains",
}

// symptoms are the 0-4 questions.
var symptoms = map[string]string{
	"muscle_aches":     "muscle aches|muscle ache|muscle pain|body aches|aches|achy|achiness|aching",
	"trouble_sleeping": "trouble sleeping|insomnia|cant sleep|hard to sleep",
	"upset_stomach":    "upset stomach|stomach|stomach upset|nausea|stomach ache|stomach aches|stomach cramps|cramps|diarrhea",
	"anxiety":          "anxiety|anxious|nervous|nervousness|panic",
	"low_mood":         "low mood|sad|sadness|depression|depressed|down mood",
	"irritability":     "irritability|irritable|anger|angry|irritated|agitation|agitated",
	"runny_nose_eyes":  "runny nose|runny eyes|watery eyes|runny nose or eyes|runny nose and eyes|tearing|teary eyes|sneezing",
	"shakiness":        "shakiness|shaky|shakes|shaking|tremor|tremors",
	"sweats_chills":    "sweats|chills|sweating|sweaty|sweats or chills|sweats and chills|cold sweats|hot and cold|goosebumps|night sweats",
	"restless_legs":    "restless legs|restless leg|rls|restlessness|restless|kicking legs|leg kicks",
	"tiredness":        "tiredness|tired|fatigue|fatigued|exhausted|exhaustion",
	"yawning":          "yawning|yawns|yawn",
}

// reasons by the journal's name.
var reasons = map[string]string{
	"energy":     "energy|tired|tiredness|fatigue|fatigued|exhausted|exhaustion|boost|wake up|waking up|no energy|low energy",
	"pain":       "pain|pains|ache|aches|aching|achy|hurt|hurts|hurting|headache|headaches|migraine|migraines|sore|soreness|cramps|back|knee|knees|neck|shoulder|toothache|cramp|backache|arthritis|sciatica",
	"mood":       "mood|low mood|bad mood|sad|sadness|depressed|depression|anxiety|anxious|stress|stressed|worry|worried|relax|relaxing|relaxation|calm|upset|angry|anger|grief|panic|nerves|nervous|lonely|loneliness|ptsd|trauma",
	"sleep":      "sleep|insomnia|sleeping|cant sleep|fall asleep|sleepless",
	"withdrawal": "withdrawal|withdrawals|wd|wds|withdraw|dopesick|dope sick|craving|cravings|restless legs|rls",
	"social":     "social|socially|party|parties|friends|socialize|socializing|company|date night|social anxiety",
	"habit":      "habit|bored|boredom|routine|habitual|out of habit|just habit|no reason",
}

// reasonWords are the plain names; another word for a reason is also kept as
// a note, because it says more.
var reasonWords = map[string]bool{"energy": true, "pain": true, "pains": true, "mood": true, "sleep": true, "sleeping": true, "withdrawal": true,
	"withdrawals": true, "wd": true, "wds": true, "social": true, "habit": true, "out of habit": true, "just habit": true}

var weekdays = [7]string{"sunday|sun|domingo", "monday|mon|lunes", "tuesday|tue|tues|martes", "wednesday|wed|weds|miercoles", "thursday|thu|thur|thurs|jueves", "friday|fri|viernes", "saturday|sat|sabado"}

var months = [12]string{"january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug", "september|sep|sept",
	"october|oct", "november|nov", "december|dec"}

// dayParts by the name that the clock rules know.
var dayParts = map[string]string{
	"morning":   "morning|mornings|mornin|morn|mrning|mornng",
	"afternoon": "afternoon|afternoons|aftrnoon",
	"evening":   "evening|evenings|eve|evenin|evng",
	"night":     "night|nights|noche|nite|nites|nght|nigth|nihgt",
}

// spans by length: seconds for what a clock measures, "d" and days for what a
// calendar does.
var spans = map[string]string{
	"60":   "m|min|mins|minute|minutes|minuto|minutos",
	"3600": "h|hr|hrs|hour|hours|hora|horas",
	"1":    "s|sec|secs|second|seconds",
	"d1":   "d|day|days|dia|dias",
	"d7":   "w|wk|wks|week|weeks|semana|semanas",
	"m1":   "mo|mos|mth|mths|month|months|mes|meses",
	"m12":  "y|yr|yrs|year|years|ano|anos",
}

var numberWords = map[string]float64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
	"twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
}

var (
	dayWords = map[string]string{
		"0":  "today|hoy|tday|tdy|tody|toda|todya",
		"-1": "yesterday|yday|ayer|yest|yesterdy|yesturday|ystday|ystrday|ystrdy|yestday|yester|yesty|ydy|yestr|ysterday",
		"-2": "day before yesterday|the day before yesterday|anteayer",
		"1":  "tomorrow|tmrw",
	}
	nowWords     = "now|just now|right now|rn|ahora"
	noonWords    = map[string]string{"12": "noon|midday|noontime", "0": "midnight"}
	earlierWords = "earlier|earlier today|recently|a while ago|while ago|a while back|some time ago|sometime ago|a few minutes ago|few minutes ago|a few min ago|a few mins ago|a few hours ago|few hours ago|" +
		"a bit ago|a little while ago|a little bit ago|not long ago|some hours ago|several hours ago|a few days ago|few days ago|the other day|the other night|earlier on|before|a moment ago|moments ago|the last few days"
	laterWords = "later|soon|tomorrow morning|tomorrow night|next week|next time|later today"

	vagueWords     = "some|few|a few|several|a bit|a bit of|bit of|a little|a little bit|a little bit of|lots of|a lot of|lot of|a lot|lots|a handful|a handful of|handful|handful of|many|much|a bunch|a bunch of|bunch of|a ton|a ton of|a small amount of|a dab of|too much|too many|a large amount of|a splash of|unas|unos|algo de|multiple|various"
	approxWords    = "about|around|approx|approximately|roughly|circa|ca|maybe about|like|ish|give or take|probably about"
	boundWords     = "over|under|at least|at most|up to|more than|less than|no more than|no less than|nearly|almost|above|below|close to|fewer than|max|maximum|min of|minimum"
	fillerWords    = "i|ive|im|have|had|has|am|is|was|were|be|been|took|take|taken|taking|drank|ate|eaten|eat|swallowed|dosed|dosing|used|use|using|did|do|got|just|only|of|the|my|this|that|then|so|also|again|it|its|me|to|today|feeling|feels|felt|having|smoked|smoking|popped|downed|sipped|sipping|chugged|ingested|consumed|drinking|parachuted|tossed|washed|mixed|brewed|lol|yay|ugh|ok|okay|please|thanks|hi|hello|hey|log|add|logged|record|enter|entry|for me|all|really|tome|de|con|una|here|there|there was|there is|down|finally|already|straight|single|right|like|so far"
	intensityWords = "very|bad|badly|mild|mildly|severe|severely|slight|slightly|a bit|a little|some|lots of|a lot of|lots|a lot|really|quite|pretty|so|more|worse|extremely|super|kinda|kind of|sort of|little|bit|heavy|again|constant|terrible|awful|minor|strong|intense|much|all over|too|new|weird|light|noticed|noticing|having|got|getting|today|right now|now"
	fewWords       = "more|whole|full|entire|extra|additional|single|other|regular|normal|of|of a|of an|of my|of the|of those|of these|individual|my"

	// guardWords say that what follows, or what stands beside them, may not
	// have been taken by this person at this time.
	guardWords = "not|never|didnt|dont|wont|havent|hasnt|wasnt|wouldnt|couldnt|cant|cannot|no|nor|without|instead|instead of|rather than|will|shall|ill|id|going to|gonna|want|wants|wanted|wanting|wanna|plan|plans|planned|planning|should|could|might|would|maybe|if|whether|possibly|perhaps|probably|skip|skipped|skipping|missed|resisted|refused|resist|avoid|avoided|stopped|quit|left|remaining|leftover|ran out|out of|threw|thrown|threw out|gave|give|sold|selling|limit|goal|target|aim|budget|down to|cut to|cut down to|cut back to|reduce|reduced|tapered to|taper|usually|normally|typically|average|averaging|used to|dream|dreamt|dreamed|expect|expected|until|till|need|needs|needed|needing|thinking|thought|tempted|considering|considered|consider|about to|we|people|except|excluding|forgot|forgotten|spilled|dropped|lost|saved|hid|hidden|order|ordering|buying|restock|twice|thrice|triple|doubled|double|percent|says|said|label|package|per|vs|versus|unlike|compared|than|half off|minus|next|try|trying|hope|hoping|tried|almost took|nearly took|prescribed|offered|should i|can i|is it|how|why|what|when|where|who|wish"

	personWords = "he|she|they|wife|husband|friend|brother|sister|mom|dad|mother|father|son|daughter|kid|someone|somebody|partner|girlfriend|boyfriend|roommate|him|her|them|dog|cat"
	crisisWords = "want to die|wanna die|kill myself|killing myself|end my life|ending my life|suicidal|suicide|hurt myself|harm myself|overdose|overdosed|overdosing|cant breathe|cannot breathe|not breathing|stopped breathing|dont want to live|do not want to live|better off dead"
	usualWords  = "usual|the usual|my usual|usual dose|the usual dose|my usual dose|same as usual|same again|the same again|the usual amount|my usual amount"
	noneWords   = "none|nothing|no kratom|no dose|no doses|none taken|nothing taken|no leaf or 7-oh|took none|took nothing|no use|no intake|kratom free|didnt take any|didnt take anything|didnt take any kratom|didnt take kratom|didnt have any|didnt have any kratom|" +
		"did not take any|did not take anything|did not take any kratom|did not take kratom|did not have any|did not use|didnt use|didnt use any|did not use any|didnt use kratom|havent taken any|havent taken anything|have not taken any|have not taken anything|havent had any|havent had anything|have not had any|have not had anything|havent taken any kratom|have not taken any kratom|havent used|have not used|" +
		"took no kratom|had none|had no kratom|had nothing|used none|used nothing|used no kratom|zero kratom|zero doses|abstained|didnt dose|did not dose|havent dosed|have not dosed|no kratom at all|nothing at all|none at all|nada|nada de kratom"

	glueWords  = "x|ago|hace|desde|a|an|to|and|or|by|since|note|every|per|each|daily|last|am|pm|once|one|between|after|ea|apiece|o|oclock|within|as|if|out|up|off|high|low|than|too|because|helped|helps|worked|size|woke|up|but|however|though|although|when|where|which|these|those|into|onto|upon|through|across|even|yet|always|often|sometimes|went|go|going|gone|came|come|coming|make|makes|made|making|get|gets|getting|kick|kicked|kicking|hits|total|altogether|combined|he|she|you|your|his|her|their|our|about|are|am|not|no|yes|yeah|nope|sorry|oops|haha|maybe|well|because|since|sitting|fasting|wow|damn|late|early|later|sick|sober|clean|relapse|relapsed|slip|slipped|day|days|time|times|more|less|later|until|stuff|things|thing|something|anything|everything|kinda|strange|weird|nice|good|great|worse|better"
	placeWords = "with|in|on|at|before|after|during|while|into|without"
	foodWords  = "water|juice|orange juice|oj|milk|food|no food|a meal|meal|empty stomach|full stomach|soda|honey|yogurt|kefir|smoothie|applesauce|chocolate milk|snack|protein shake|shake|lemonade|lemon|bread|toast|banana|fruit|oatmeal|cereal|" +
		"work|home|school|car|bed alone|office|the car|the couch|couch|a friend|friends|my wife|my husband|family|my friend|hot water|warm water|cold water|mouth|tongue|sugar|crackers|eggs|pizza|gatorade|kool aid|sprite|ginger ale|ice|ginger"
	mealWords = "breakfast|lunch|dinner|supper|brunch|bed|bedtime|gym|the gym|workout|working out|my workout|church|class|shift|my shift|my run|a run|waking|waking up|i woke up|wake up|i wake up|shower|a shower|meeting|a meeting|practice|getting up|therapy|running|work ended|driving|the drive"

	becauseWords = "because|because of|bc|bc of|b/c|cuz|cause|coz|due to|for|against|so i can|so i could|to help with|to help|to get through|in order to|reason|reason was|on account of|thanks to|por|para"
	spendWords   = "spent|spend|spending|paid|pay|bought|buy|cost|costs|purchased|purchase|ordered|gastado|gaste"
	joinWords    = "and|plus|then|also|und|y|n|along with|together with|as well as|followed by|with|after that|and then"
	stillWords   = "still|ongoing|continuing|keeps|keep|continues|is getting worse|getting worse"
	startWords   = "started|starting|began|begun|beginning|start|starts"
	lifeAreas    = map[string]string{"work": "work|job", "home": "home|home life|house", "relationships": "relationships|relationship|marriage|family", "money": "money|finances"}
	lifeEffects  = map[string]string{"better": "better|improved|improving", "worse": "worse|worsened|worsening", "mixed": "mixed"}
	qualityWords = "bad|badly|poor|poorly|well|good|great|ok|okay|fine|terrible|terribly|awful|restless|restlessly|lightly|light|broken|deep|deeply|horrible|horribly|like crap|so so|not well|interrupted|solid"
	currencies   = map[string]string{"$": "dollar|dollars|buck|bucks|usd", "EUR": "euro|euros|eur", "GBP": "pound|pounds|quid|gbp", "CAD": "cad", "AUD": "aud"}
)

func init() {
	for value, phrases := range units {
		learn(roleUnit, value, phrases)
	}
	for _, w := range productNames {
		learn(roleName, w, w)
	}
	for _, w := range productTints {
		learn(roleTint, w, w)
	}
	for class, list := range substances {
		for _, entry := range list {
			name, phrases, several := strings.Cut(entry, "=")
			if !several {
				phrases = name
			}
			learn(roleSubstance, class+"|"+name, phrases)
		}
	}
	learnAll(roleChange, bodyChanges)
	learnAll(roleMetric, metrics)
	learnAll(roleSymptom, symptoms)
	learnAll(roleReason, reasons)
	learnAll(rolePart, dayParts)
	learnAll(roleSpan, spans)
	learnAll(roleDay, dayWords)
	learnAll(roleNoon, noonWords)
	learnAll(roleLife, lifeAreas)
	learnAll(roleEffect, lifeEffects)
	learnAll(roleCurrency, currencies)
	for i, phrases := range weekdays {
		learn(roleWeekday, string(rune('0'+i)), phrases)
	}
	for i, phrases := range months {
		learn(roleMonth, time.Month(i+1).String(), phrases)
	}
	for w := range numberWords {
		learn(roleNumber, w, w)
	}
	for _, t := range []struct {
		role    role
		phrases string
	}{
		{roleNumber, "half|quarter|quarters|third|thirds|couple|pair|dozen|hundred"},
		{roleSize, unitSizes}, {roleSleep, "sleep|slept|sleeping|asleep"}, {roleQuality, qualityWords}, {roleBecause, becauseWords},
		{roleNow, nowWords}, {roleEarlier, earlierWords}, {roleLater, laterWords}, {roleVague, vagueWords}, {roleApprox, approxWords},
		{roleBound, boundWords}, {roleFiller, fillerWords}, {roleIntensity, intensityWords}, {roleGuard, guardWords}, {roleNone, noneWords},
		{rolePlace, placeWords}, {roleFood, foodWords}, {roleMeal, mealWords}, {roleSpend, spendWords}, {roleJoin, joinWords},
		{roleStill, stillWords}, {roleStarted, startWords}, {roleGlue, glueWords}, {roleGuard, personWords}, {rolePerson, personWords}, {roleCrisis, crisisWords}, {roleUsual, usualWords}, {roleFew, fewWords},
	} {
		learn(t.role, "", t.phrases)
	}
	learnCorrectable()
}

func learnAll(r role, table map[string]string) {
	for value, phrases := range table {
		learn(r, value, phrases)
	}
}
