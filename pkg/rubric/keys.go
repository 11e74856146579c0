package rubric

import (
	"sync"

	"github.com/touchstone-health/touchstone/pkg/exact"
	"github.com/touchstone-health/touchstone/pkg/source"
)

// The keys of each kind of file, each declared once: name, type, whether it must be there, meaning.

type (
	criterion = Criterion
	key       = source.Key[Criterion]
)

// rubricType is made at first use, so that commands which read no rubric do not pay for it.
var rubricType = sync.OnceValue(func() *source.Type[Rubric] {
	keys := []source.Key[Rubric]{
		source.KindKey[Rubric](Kind),
		source.Field("id", source.Ident, func(r *Rubric) *string { return &r.ID }, "the short name that others use it by").Required(),
		source.Field("version", source.Version, func(r *Rubric) *string { return &r.Version }, "a semantic version such as 1.0.0").Required(),
		source.Field("status", source.Enum("draft", "published", "retired"), func(r *Rubric) *string { return &r.Status }, "draft, published or retired"),
		source.Field("title", source.Word, func(r *Rubric) *string { return &r.Title }, "what people call it").Required(),
		source.Field("purpose", source.Word, func(r *Rubric) *string { return &r.Purpose }, "the question that it answers"),
		source.Field("guidance", source.Word, func(r *Rubric) *string { return &r.Guidance }, "how to read its levels"),
		source.Field("issuer", source.Word, func(r *Rubric) *string { return &r.Issuer }, "who stands behind it"),
		source.Field("licence", source.Word, func(r *Rubric) *string { return &r.Licence }, "what others may do with its text"),
		source.Field("source", source.Word, func(r *Rubric) *string { return &r.Source }, "where it comes from"),
		source.Field("unverified", source.ListOf(source.Word), func(r *Rubric) *[]string { return &r.Unverified }, "what in it was not checked against its source"),
		source.Field("jurisdictions", source.ListOf(source.Word), func(r *Rubric) *[]string { return &r.Jurisdictions }, "where it holds"),
		source.Field("in_force", periodType, func(r *Rubric) *Period { return &r.InForce }, "from when to when it holds"),
		source.Field("review_by", source.Date, func(r *Rubric) *dateType { return &r.ReviewBy }, "from that day it counts as stale"),
		source.Field("import", source.ListOf(source.Word), func(r *Rubric) *[]string { return &r.Imports }, "files of shared words"),
		source.Field("stages", source.ListOf(source.Ident), func(r *Rubric) *[]string { return &r.Stages }, "the stages of an innovation, in order"),
		source.Field("scales", scalesType, func(r *Rubric) *[]source.Entry[string, []Point] { return &r.Scales }, "scales by name"),
		source.Field("facts", factsType, func(r *Rubric) *[]source.Entry[string, Fact] { return &r.Facts }, "what a record states once"),
		source.Field("kinds", kindsType, func(r *Rubric) *[]source.Entry[string, EvidenceKind] { return &r.Kinds }, "kinds of evidence"),
		source.Field("roles", rolesType, func(r *Rubric) *[]source.Entry[string, Role] { return &r.Roles }, "who can help"),
	}
	keys = append(keys, groupKeys(func(r *Rubric) *Group { return &r.Group }, criterionType())...)
	keys = append(keys,
		source.Field("weight_rules", source.ListOf(weightRuleType), func(r *Rubric) *[]WeightRule { return &r.WeightRules }, "bounds on shares of the total"),
		source.Field("gates", source.ListOf(gateType), func(r *Rubric) *[]Gate { return &r.Gates }, "conditions that no mean buys back"),
		source.Field("flags", source.ListOf(flagType), func(r *Rubric) *[]Flag { return &r.Flags }, "warning signs"),
		source.Field("bands", source.ListOf(bandType), func(r *Rubric) *[]Band { return &r.Bands }, "ranges of scores, lowest first"),
		source.AllowKey(func(r *Rubric) *[]source.Allowance { return &r.Allow }),
	)
	return source.Object("rubric", keys...)
})

var criterionType = sync.OnceValue(func() *source.Type[Criterion] {
	return source.Recursive("criterion", func(self *source.Type[criterion]) []key {
		keys := []key{
			source.Field("id", source.Ident, func(c *criterion) *string { return &c.ID }, "its short name, unique in the rubric"),
			source.Field("title", source.Word, func(c *criterion) *string { return &c.Title }, "what people call it"),
			source.Field("ask", source.Word, func(c *criterion) *string { return &c.Ask }, "the question"),
			source.Field("why", source.Word, func(c *criterion) *string { return &c.Why }, "why it matters, in one line"),
			source.Field("guidance", source.Word, func(c *criterion) *string { return &c.Guidance }, "an example of good evidence"),
			source.Field("weight", source.Maybe(source.Number), func(c *criterion) **exact.Number { return &c.Weight }, "how much it counts beside its siblings; 1 if not said"),
			source.Field("scale", source.Maybe(scaleRefType), func(c *criterion) **ScaleRef { return &c.Scale }, "the levels that it is answered with"),
			source.Field("reverse", source.YesNo, func(c *criterion) *bool { return &c.Reverse }, "yes if the lowest level is the best"),
			source.Field("measure", source.Maybe(measureType), func(c *criterion) **Measure { return &c.Measure }, "the number that it is answered with"),
			source.Field("price", source.Maybe(priceType), func(c *criterion) **Price { return &c.Price }, "how the price is scored"),
			source.Field("rule", source.Word, func(c *criterion) *string { return &c.Rule }, "an expression that stands in for the answer"),
			source.Field("levels", source.MapOf(source.Number, source.Word), func(c *criterion) *[]source.Entry[exact.Number, string] { return &c.Levels }, "what is seen at each level"),
			source.Field("met", source.Word, func(c *criterion) *string { return &c.Met }, "from which level it counts as met"),
			source.Field("minimum", source.Word, func(c *criterion) *string { return &c.Minimum }, "the level below which the innovation is held back"),
			source.Field("evidence", source.Partly(evidenceType), func(c *criterion) **EvidenceRules { return &c.Evidence }, "what an answer must be shown by"),
			source.Field("when", source.Word, func(c *criterion) *string { return &c.When }, "it applies only if this holds"),
			source.Field("from_stage", source.Ident, func(c *criterion) *string { return &c.FromStage }, "it is not expected earlier"),
			source.Field("duty", dutyType, func(c *criterion) *string { return &c.Duty }, "who must act"),
			source.Field("respondents", source.Maybe(respondentsType), func(c *criterion) **Respondents { return &c.Respondents }, "how many must have answered"),
			source.Field("na", source.Maybe(naType), func(c *criterion) **NA { return &c.NA }, "reasons for which it may not apply"),
			source.Field("maps", source.ListOf(mapType), func(c *criterion) *[]Map { return &c.Maps }, "the items of references that it covers"),
			source.Field("improve", source.MapOf(source.Number, stepType), func(c *criterion) *[]source.Entry[exact.Number, Step] { return &c.Improve }, "how to reach each level"),
			source.AllowKey(func(c *criterion) *[]source.Allowance { return &c.Allow }),
		}
		keys = append(keys, groupKeys(func(c *criterion) *Group { return &c.Group }, self)...)
		keys = append(keys, useKeys()...)
		// A group says how its criteria combine before all that a leaf may say too.
		return source.Leading(keys, "id", "use", "as", "title", "ask", "why", "guidance", "combine", "show", "unknown", "min_answered")
	})
})

func useKeys() []key {
	return []key{
		source.Field("use", source.Word, func(c *criterion) *string { return &c.Use }, "another rubric, by id or path"),
		source.Field("as", source.Ident, func(c *criterion) *string { return &c.As }, "its name here, to use a rubric twice"),
		source.Field("only", source.ListOf(source.Word), func(c *criterion) *[]string { return &c.Only }, "the criteria to take from it"),
		source.Field("except", source.MapOf(source.Word, source.Word), func(c *criterion) *[]source.Entry[string, string] { return &c.Except }, "the criteria to leave out, and why"),
		source.Field("weights", source.MapOf(source.Word, source.Number), func(c *criterion) *[]source.Entry[string, exact.Number] { return &c.Weights }, "other weights"),
		source.Field("stages", source.MapOf(source.Ident, source.Ident), func(c *criterion) *[]source.Entry[string, string] { return &c.Stages }, "its stages in ours"),
		source.Field("bands", source.MapOf(source.Ident, source.Ident), func(c *criterion) *[]source.Entry[string, string] { return &c.Bands }, "its bands in ours"),
		source.Field("without", source.Maybe(withoutType), func(c *criterion) **Without { return &c.Without }, "gates and flags that are not checked here, and why"),
	}
}

func groupKeys[T any](group func(*T) *Group, criterionType *source.Type[Criterion]) []source.Key[T] {
	combine := source.Enum("mean", "sum", "min", "max", "geometric", "all", "any", "count", "ladder", "profile")
	return []source.Key[T]{
		source.Field("combine", combine, func(t *T) *string { return &group(t).Combine }, "how the criteria below make one value"),
		source.Field("show", source.Maybe(showType), func(t *T) **Show { return &group(t).Show }, "how the score is displayed; 0 to 100 if not said"),
		source.Field("unknown", source.Enum("exclude", "midpoint"), func(t *T) *string { return &group(t).Unknown }, "how the displayed score treats what is not known"),
		source.Field("min_answered", source.Maybe(source.Number), func(t *T) **exact.Number { return &group(t).MinAnswered }, "the share that must be answered, 0 to 1"),
		source.Field("criteria", source.ListOf(criterionType), func(t *T) *[]Criterion { return &group(t).Criteria }, "the criteria"),
	}
}

var periodType = source.Object("period",
	source.Field("from", source.Date, func(p *Period) *dateType { return &p.From }, "the first day"),
	source.Field("to", source.Date, func(p *Period) *dateType { return &p.To }, "the last day"))

var showType = source.Object("show",
	source.Field("from", source.Maybe(source.Number), func(s *Show) **exact.Number { return &s.From }, "the worst score"),
	source.Field("to", source.Maybe(source.Number), func(s *Show) **exact.Number { return &s.To }, "the best score"),
	source.Field("decimals", source.Maybe(source.Number), func(s *Show) **exact.Number { return &s.Decimals }, "how many decimals are shown"))

// pointType is a level of a scale: `{value: 1, label: Planned}`, or only the label.
var pointType = source.Either(
	source.As(source.Word, func(label string) (Point, error) { return Point{Label: label}, nil }),
	source.Object("level",
		source.Field("value", source.Maybe(source.Number), func(p *Point) **exact.Number { return &p.Value }, "its value").Required(),
		source.Field("label", source.Word, func(p *Point) *string { return &p.Label }, "its name").Required()))

var (
	pointsType   = source.ListOf(pointType)
	scalesType   = source.MapOf(source.Ident, pointsType)
	scaleRefType = source.Listed(
		source.As(pointsType, func(p []Point) (ScaleRef, error) { return ScaleRef{Points: p}, nil }),
		source.As(source.Ident, func(name string) (ScaleRef, error) { return ScaleRef{Name: name}, nil }))
)

var factsType = source.MapOf(source.FactName, source.Object("fact",
	source.Field("type", source.Enum("yes-no", "choice", "integer", "number", "text", "date"), func(f *Fact) *string { return &f.Type }, "yes-no, choice, integer, number, text or date").Required(),
	source.Field("of", source.ListOf(source.Choice), func(f *Fact) *[]string { return &f.Of }, "the choices"),
	source.Field("ask", source.Word, func(f *Fact) *string { return &f.Ask }, "the question"),
	source.Field("why", source.Word, func(f *Fact) *string { return &f.Why }, "why it matters"),
	source.Field("part", source.Enum(PartBenefitTimeline, PartAccountable), func(f *Fact) *string { return &f.Part }, "the part of the report that leads with it"),
	source.Field("evidence", source.Partly(evidenceType), func(f *Fact) **EvidenceRules { return &f.Evidence }, "what it must be shown by")))

var kindsType = source.MapOf(source.Ident, source.Object("kind of evidence",
	source.Field("title", source.Word, func(k *EvidenceKind) *string { return &k.Title }, "what people call it").Required(),
	source.Field("note", source.Word, func(k *EvidenceKind) *string { return &k.Note }, "what counts as one"),
	source.Field("expires", source.As(source.YesNo, yesOrNo), func(k *EvidenceKind) *string { return &k.Expires }, "yes if it goes out of date, as a certificate does")))

func yesOrNo(yes bool) (string, error) {
	if yes {
		return "yes", nil
	}
	return "no", nil
}

var rolesType = source.MapOf(source.Ident, source.Object("role",
	source.Field("title", source.Word, func(r *Role) *string { return &r.Title }, "what people call it").Required(),
	source.Field("find", source.Word, func(r *Role) *string { return &r.Find }, "where to find one")))

var measureType = source.Object("measure",
	source.Field("unit", source.Word, func(m *Measure) *string { return &m.Unit }, "what is counted"),
	source.Field("worst", source.Maybe(source.Number), func(m *Measure) **exact.Number { return &m.Worst }, "the number that gives nothing"),
	source.Field("best", source.Maybe(source.Number), func(m *Measure) **exact.Number { return &m.Best }, "the number that gives all"),
	source.Field("points", source.ListOf(source.ListOf(source.Number)), func(m *Measure) *[][]exact.Number { return &m.Points }, "pairs of a number and its value, 0 to 100"),
	source.Field("limits", source.ListOf(source.Number), func(m *Measure) *[]exact.Number { return &m.Limits }, "the lowest and highest possible number"))

var priceType = source.Object("price",
	source.Field("model", source.Enum("lowest-ratio", "differential", "min-max", "benchmark"), func(p *Price) *string { return &p.Model }, "the formula").Required(),
	source.Field("cap", source.Maybe(source.Number), func(p *Price) **exact.Number { return &p.Cap }, "the price that gives nothing"),
	source.Field("floor", source.Maybe(source.Number), func(p *Price) **exact.Number { return &p.Floor }, "the price that gives all"),
	source.Field("decimals", source.Maybe(source.Number), func(p *Price) **exact.Number { return &p.Decimals }, "decimals of its contribution"))

var respondentsType = source.Object("respondents",
	source.Field("min", source.Count, func(r *Respondents) *int { return &r.Min }, "how many, at least").Required())

var ruleType = source.Object("evidence rule",
	source.Field("from", source.Word, func(e *EvidenceRule) *string { return &e.From }, "the level from which it holds"),
	source.Field("kinds", source.ListOf(source.Ident), func(e *EvidenceRule) *[]string { return &e.Kinds }, "the kinds that count"),
	source.Field("min", source.Count, func(e *EvidenceRule) *int { return &e.Min }, "how many items, at least"),
	source.Field("max_age", source.Duration, func(e *EvidenceRule) *spanType { return &e.MaxAge }, "how old an item may be"),
	source.Field("independent", source.YesNo, func(e *EvidenceRule) *bool { return &e.Independent }, "yes if it must come from somebody independent"),
	source.Field("checked", source.YesNo, func(e *EvidenceRule) *bool { return &e.Checked }, "yes if a reader must have checked it"),
	source.Field("version", source.Enum("stated", "any"), func(e *EvidenceRule) *string { return &e.Version }, "stated if it must cover the product's version, any if it may be about another"),
	source.Field("valid_until", source.Enum("stated"), func(e *EvidenceRule) *string { return &e.ValidUntil }, "stated if an item must say on which day it ends"),
	source.Field("check", source.Word, func(e *EvidenceRule) *string { return &e.Check }, "a condition on the item"))

// evidenceType is `none`, one rule, or a list of rules.
var evidenceType = source.Either(
	source.As(source.Enum("none"), func(string) (EvidenceRules, error) { return EvidenceRules{None: true}, nil }),
	source.Into(source.OneOrMore(ruleType), func(r []EvidenceRule) EvidenceRules { return EvidenceRules{Rules: r} }))

var dutyType = source.Enum("supplier", "buyer", "adopter", "shared")

var naType = source.Either(
	source.As(source.Enum("never"), func(string) (NA, error) { return NA{Never: true}, nil }),
	source.Object("na",
		source.Field("reasons", source.ListOf(source.Word), func(n *NA) *[]string { return &n.Reasons }, "the reasons that are accepted"),
		source.Field("counts", source.Enum("best"), func(n *NA) *string { return &n.Counts }, "best if it then counts as best")))

var mapType = source.Either(
	source.As(source.Word, func(to string) (Map, error) { return Map{To: to}, nil }),
	source.Object("map",
		source.Field("to", source.Word, func(m *Map) *string { return &m.To }, "reference:item").Required(),
		source.Field("how", source.Enum("meets", "partly", "supports", "cites"), func(m *Map) *string { return &m.How }, "meets, partly, supports or cites")))

var effortType = source.Whole("an effort from 1 (an hour) to 5 (many months)", 1, 5)

var stepType = source.Object("advice",
	source.Field("advice", source.Word, func(s *Step) *string { return &s.Advice }, "what to do").Required(),
	source.Field("effort", effortType, func(s *Step) *int { return &s.Effort }, "1 to 5"),
	source.Field("help", source.ListOf(source.Ident), func(s *Step) *[]string { return &s.Help }, "roles that can help"))

var withoutType = source.Object("without",
	source.Field("gates", source.ListOf(source.Ident), func(w *Without) *[]string { return &w.Gates }, "the gates"),
	source.Field("flags", source.ListOf(source.Ident), func(w *Without) *[]string { return &w.Flags }, "the flags"),
	source.Field("because", source.Word, func(w *Without) *string { return &w.Because }, "why they are not checked here").Required())

var weightRuleType = source.Object("weight rule",
	source.Field("of", source.ListOf(source.Word), func(w *WeightRule) *[]string { return &w.Of }, "the criteria together").Required(),
	source.Field("min", source.Maybe(source.Number), func(w *WeightRule) **exact.Number { return &w.Min }, "per cent of the total, at least"),
	source.Field("max", source.Maybe(source.Number), func(w *WeightRule) **exact.Number { return &w.Max }, "per cent of the total, at most"),
	source.Field("because", source.Word, func(w *WeightRule) *string { return &w.Because }, "why"))

var capType = source.Object("cap",
	source.Field("cap", source.Ident, func(e *Effect) *string { return &e.Cap }, "the highest band that can be reached").Required())

func effectType(words ...string) *source.Type[Effect] {
	return source.Either(source.As(source.EnumOr("{cap: BAND}", words...), func(w string) (Effect, error) { return Effect{Word: w}, nil }), capType)
}

var waivableType = source.Object("waivable",
	source.Field("max", source.Duration, func(w *Waivable) *spanType { return &w.Max }, "how long a waiver may hold").Required(),
	source.Field("by", source.ListOf(source.Ident), func(w *Waivable) *[]string { return &w.By }, "the roles that may own one").Required())

var gateType = source.Object("gate",
	source.Field("id", source.Ident, func(g *Gate) *string { return &g.ID }, "its short name").Required(),
	source.Field("needs", source.Word, func(g *Gate) *string { return &g.Needs }, "what must hold").Required(),
	source.Field("when", source.Word, func(g *Gate) *string { return &g.When }, "it applies only if this holds"),
	source.Field("from_stage", source.Ident, func(g *Gate) *string { return &g.FromStage }, "it is not expected earlier"),
	source.Field("otherwise", effectType("fail", "conditional"), func(g *Gate) *Effect { return &g.Otherwise }, "fail, conditional or {cap: BAND}"),
	source.Field("because", source.Word, func(g *Gate) *string { return &g.Because }, "why, in one sentence"),
	source.Field("waivable", source.Maybe(waivableType), func(g *Gate) **Waivable { return &g.Waivable }, "who may waive it, and for how long"),
	source.Field("duty", dutyType, func(g *Gate) *string { return &g.Duty }, "who must act"),
	source.Field("maps", source.ListOf(mapType), func(g *Gate) *[]Map { return &g.Maps }, "the items of references that it covers"),
	source.AllowKey(func(g *Gate) *[]source.Allowance { return &g.Allow }))

var flagType = source.Object("flag",
	source.Field("id", source.Ident, func(f *Flag) *string { return &f.ID }, "its short name").Required(),
	source.Field("title", source.Word, func(f *Flag) *string { return &f.Title }, "what people call it"),
	source.Field("when", source.Word, func(f *Flag) *string { return &f.When }, "what raises it").Required(),
	source.Field("from_stage", source.Ident, func(f *Flag) *string { return &f.FromStage }, "it is not looked for earlier"),
	source.Field("severity", source.Enum("low", "medium", "high"), func(f *Flag) *string { return &f.Severity }, "low, medium or high").Required(),
	source.Field("effect", effectType("inform"), func(f *Flag) *Effect { return &f.Effect }, "inform or {cap: BAND}"),
	source.Field("say", source.Word, func(f *Flag) *string { return &f.Say }, "what the reader is told").Required(),
	source.Field("clears", source.Word, func(f *Flag) *string { return &f.Clears }, "what takes it away"),
	source.Field("maps", source.ListOf(mapType), func(f *Flag) *[]Map { return &f.Maps }, "the items of references that it covers"),
	source.AllowKey(func(f *Flag) *[]source.Allowance { return &f.Allow }))

var bandType = source.Object("band",
	source.Field("id", source.Ident, func(b *Band) *string { return &b.ID }, "its short name").Required(),
	source.Field("label", source.Word, func(b *Band) *string { return &b.Label }, "what people read").Required(),
	source.Field("from", source.Number, func(b *Band) *exact.Number { return &b.From }, "the lowest score in it").Required(),
	source.Field("from_stage", source.Ident, func(b *Band) *string { return &b.FromStage }, "it cannot be reached earlier"))
